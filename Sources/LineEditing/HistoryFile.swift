/// The commands of all sessions, in a file.
///
/// Several sessions may use it at once: each adds whole lines under a lock. A file that is not poolsh's is never
/// changed. After the first failure nothing is kept any more, so that the user is told once. For one thread.
package final class HistoryFile {
  /// The file cannot be used.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    /// One line for the user, which names the file.
    package let message: String

    package var description: String { message }

    init(_ message: String) { self.message = message }
  }

  private let path: String
  private let limit: Int
  private var hasFailed = false

  /// Nothing is read or created yet.
  ///
  /// - Parameters:
  ///   - path: Its folders are created with the file, for the user alone.
  ///   - limit: How many commands are kept in the long run.
  package init(path: String, limit: Int = 10_000) {
    (self.path, self.limit) = (path, limit)
  }

  /// Where the file is by the XDG rules.
  ///
  /// - Parameters:
  ///   - environment: The value of a variable.
  ///   - isFolder: Whether there is a folder of that name. A home that does not exist is not made.
  /// - Returns: `nil` if the environment names no folder.
  package static func standardPath(
    _ environment: (String) -> String?, isFolder: (String) -> Bool = LockedFile.isFolder
  ) -> String? {
    func folder(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }  // others are to be ignored
    }
    let home = folder("HOME").flatMap { isFolder($0) ? $0 : nil }
    return (folder("XDG_STATE_HOME") ?? home.map { $0 + "/.local/state" })
      .map { $0 + "/poolsh/history" }
  }

  /// The commands, the oldest first, each once; none if there is no file.
  ///
  /// A file that has grown long is written anew, with what is returned, if that can be done. One that cannot be
  /// written to is read all the same.
  ///
  /// - Throws: `Failure`; nothing is kept then.
  package func load() throws -> [String] {
    try once {
      guard let file = try LockedFile(path, for: .reading) else { return [] }
      let contents = try file.contents()
      try check(contents)
      let (all, lines) = HistoryFormat.entries(contents)
      let entries = HistoryList(all, limit: limit).entries
      if lines > 2 * limit { try? file.replace(with: Self.contents(of: entries)) }
      return entries
    } ?? []
  }

  /// Adds a command.
  ///
  /// Does nothing after a failure.
  ///
  /// - Throws: `Failure`, once.
  package func append(_ entry: String) throws {
    guard !entry.isEmpty else { return }
    try once {
      guard let file = try LockedFile(path, for: .adding) else { return }
      let missing = try check(try file.bytes(HistoryFormat.mark.count, at: 0))
      // One write, so that a crash cannot cut it where another session goes on.
      try file.append(missing + (try spoiler(for: file)) + HistoryFormat.line(entry))
    }
  }

  /// Ends a line that was cut.
  private func spoiler(for file: LockedFile) throws -> [UInt8] {
    let size = try file.size
    guard size > HistoryFormat.mark.count else { return [] }
    return try file.bytes(1, at: size - 1) == [UInt8(ascii: "\n")] ? [] : HistoryFormat.spoiler
  }

  /// - Returns: What is missing of the first line.
  /// - Throws: `Failure` if the file is somebody else's.
  @discardableResult
  private func check(_ contents: [UInt8]) throws -> ArraySlice<UInt8> {
    let beginning = Array(contents.prefix(HistoryFormat.mark.count))
    guard let missing = HistoryFormat.missingMark(after: beginning) else {
      throw Failure("\(path): not a history of poolsh; it is left as it is")
    }
    return missing
  }

  private func once<R>(_ body: () throws -> R) throws -> R? {
    guard !hasFailed else { return nil }
    do {
      return try body()
    } catch {
      hasFailed = true
      throw error as? Failure ?? Failure("\(path): \(error)")
    }
  }

  private static func contents(of entries: [String]) -> [UInt8] {
    entries.reduce(into: HistoryFormat.mark) { $0 += HistoryFormat.line($1) }
  }
}
