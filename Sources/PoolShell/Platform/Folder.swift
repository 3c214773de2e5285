import Glibc

/// The names in a directory, for completion: nothing here throws, and the work has a bound.
enum Folder {
  /// So many names of one directory are looked at.
  private static let mostRead = 100_000

  /// The names that begin with some bytes, in order of their bytes.
  ///
  /// Without `.` and `..`, without names that are not UTF-8 and so can be no word, and hidden ones only if the
  /// beginning asks for them. A directory that cannot be read is empty.
  ///
  /// - Parameters:
  ///   - path: The directory; empty is the current one.
  ///   - beginning: What the names begin with.
  /// - Returns: The names, without the path.
  static func names(in path: String, beginningWith beginning: some Collection<UInt8>) -> [String] {
    guard !path.utf8.contains(0), let folder = opendir(path.isEmpty ? "." : path) else { return [] }
    defer { closedir(folder) }
    let showsHidden = beginning.first == UInt8(ascii: ".")
    var names: [String] = []
    for _ in 0..<mostRead {
      guard let entry = readdir(folder) else { break }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
      guard bytes.starts(with: beginning), showsHidden || bytes.first != UInt8(ascii: "."),
        bytes != [46], bytes != [46, 46], let name = String(validating: bytes, as: UTF8.self)
      else { continue }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a path leads to a directory.
  static func isDirectory(_ path: String) -> Bool { mode(path) & S_IFMT == S_IFDIR }

  /// Whether a path leads to a file that can be run.
  static func isProgram(_ path: String) -> Bool {
    mode(path) & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  /// 0 if nothing is there.
  private static func mode(_ path: String) -> mode_t {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 ? status.st_mode : 0
  }

  /// The directories in which programs are looked for.
  static var searchPath: [String] {
    (HostProcess.environment("PATH") ?? "/bin:/usr/bin")
      .split(separator: ":", omittingEmptySubsequences: false).prefix(64).map(String.init)
  }

  /// Whether a name without a slash is that of a program.
  static func hasProgram(_ name: String) -> Bool {
    !name.isEmpty && searchPath.contains { isProgram(($0.isEmpty ? "." : $0) + "/" + name) }
  }
}
