extension ChildCommand {
  /// The program as shown in messages.
  var shownProgram: String { program.isEmpty ? "''" : program }

  /// Finds the program's file, as `execvp` does.
  ///
  /// Done here and not by `posix_spawnp`, which looks at this process's PATH only, and in whose one
  /// error number all that was tried is mixed up.
  ///
  /// - Returns: The path to start, relative ones as seen from `directory`. A program with a slash is
  ///   not looked at.
  /// - Throws: `SpawnError` if no directory in PATH has an executable file of that name.
  func findProgram() throws(SpawnError) -> String {
    if program.utf8.contains(UInt8(ascii: "/")) { return program }
    if let directory, let error = SpawnError.directoryFault(directory) { throw error }
    guard !program.isEmpty else { throw SpawnError.notFound(self) }
    var foundUnusable = false
    for entry in searchPath.split(separator: ":", omittingEmptySubsequences: false) {
      let candidate = entry.isEmpty ? "./" + program : entry + "/" + program
      switch FileKind(of: seenFromHere(candidate)) {
      case .executable: return candidate
      case .notExecutable: foundUnusable = true
      case .missing, .directory: break
      }
    }
    throw foundUnusable ? SpawnError.notPermitted(self) : SpawnError.notFound(self)
  }

  /// How a path that the child starts is to be looked at from this process, which is in another
  /// directory.
  func seenFromHere(_ path: String) -> String {
    guard let directory, !path.utf8.starts(with: "/".utf8) else { return path }
    return directory + "/" + path
  }

  /// Whether a string of this command would be cut off by C.
  var containsNullByte: Bool {
    var strings = [program, directory ?? ""] + arguments + (environment ?? [])
    if case .file(let path) = input { strings.append(path) }
    return strings.contains { $0.utf8.contains(0) }
  }

  /// The directories to search, separated by colons.
  private var searchPath: String {
    let name = "PATH="
    let standard = "/bin:/usr/bin"
    guard let environment else { return environmentVariable("PATH") ?? standard }
    let entry = environment.first { $0.utf8.starts(with: name.utf8) }
    return entry.map { String($0.dropFirst(name.count)) } ?? standard
  }
}
