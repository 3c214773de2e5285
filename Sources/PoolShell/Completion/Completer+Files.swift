// Paths and programs.

extension Completer {
  /// So many files are offered.
  private static let mostFiles = 500

  /// The directory that a word names so far, and where the name in it begins.
  struct PartialPath {
    /// With its slash.
    var directory: String
    /// How many bytes of the word come before the name.
    var count: Int
  }

  /// The path in a word that has a slash in it.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - count: How many bytes at the beginning are no part of the path.
  /// - Returns: `nil` if there is no slash, or if a variable has no text.
  func path(in word: CursorWord, after count: Int) -> PartialPath? {
    guard let slash = word.bytes[count...].lastIndex(of: UInt8(ascii: "/")) else { return nil }
    var directory: [UInt8] = []
    var position = count
    for variable in word.variables where variable.position <= slash {
      directory += word.bytes[position..<max(variable.position, position)]
      position = max(variable.position, position)
      guard let value = text(of: variable.name) else { return nil }
      directory += value.utf8
    }
    directory += word.bytes[position...slash]
    return PartialPath(directory: String(decoding: directory, as: UTF8.self), count: slash + 1)
  }

  /// The text of a variable, if it has one that is at hand.
  private func text(of name: String) -> String? {
    if case .text(let text)? = scope.value(of: name) { return text }
    return scope.value(of: name) == nil ? HostProcess.environment(name) : nil
  }

  func files(_ path: PartialPath, in word: CursorWord, onlyPrograms: Bool) -> Offer {
    let namesVariable = word.variables.contains { $0.position >= path.count }
    guard !namesVariable, !word.isOpaque else { return Offer(start: cursor) }
    let fragment = WordFragment(of: word, after: path.count, in: text, cursor: cursor)
    return Offer(
      start: fragment.start,
      candidates: files(in: path.directory, for: fragment, onlyPrograms: onlyPrograms))
  }

  func fileCandidates(_ fragment: WordFragment) -> [Candidate] {
    files(in: "", for: fragment, onlyPrograms: false)
  }

  private func files(
    in directory: String, for fragment: WordFragment, onlyPrograms: Bool
  ) -> [Candidate] {
    var names = Folder.names(in: directory, beginningWith: fragment.prefix)
    if onlyPrograms {
      names.removeAll { name in
        let path = directory + name
        return !Folder.isDirectory(path) && !Folder.isProgram(path)
      }
    }
    var candidates = Self.few(names).map { name in
      let isDirectory = Folder.isDirectory(directory + name)
      return fragment.candidate(
        name, suffix: isDirectory ? "/" : "", note: isDirectory ? "directory" : "file")
    }
    if fragment.prefix.elementsEqual("..".utf8) {
      candidates.append(fragment.candidate("..", suffix: "/", note: "directory"))
    }
    return candidates
  }

  /// As many as can be shown; the last one is always there, so that all begin alike as far as these do.
  private static func few(_ names: [String]) -> [String] {
    guard names.count > mostFiles, let last = names.last else { return names }
    return names.prefix(mostFiles - 1) + [last]
  }

  /// Programs in the folders of `PATH`.
  func programs(_ fragment: WordFragment) -> [Candidate] {
    var folders: [String: String] = [:]
    for folder in Folder.searchPath {
      for name in Folder.names(in: folder, beginningWith: fragment.prefix)
      where folders[name] == nil { folders[name] = folder }
    }
    let names = folders.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let programs = names.filter { name in
      Folder.isProgram((folders[name].map { $0.isEmpty ? "." : $0 } ?? ".") + "/" + name)
    }
    return Self.few(programs).map { fragment.candidate($0, note: folders[$0] ?? "") }
  }
}
