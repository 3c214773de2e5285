import ConcurrentFutures

/// A record of jobs in a file that existing scripts can read: GNU parallel's `--joblog`.
///
/// One line for each attempt, written when it ends and before anybody hears of its end. A line is there whole or not
/// at all, also if this process is killed; several maps, and several processes, may write into one file.
final class JobLog: Sendable {
  let path: String
  private let session: Session
  private let file: AppendedFile
  /// Whether it was told that the file takes no more; taken while a line is written.
  private let hasComplained = Monitor(false)

  /// Opens a joblog, or begins it.
  ///
  /// - Throws: `FileSystem.Failure` if it cannot be written, or holds something else.
  init(_ path: String, in session: Session) throws {
    self.path = path
    self.session = session
    file = try AppendedFile(path)
    if try Self.prepare(file, path) {
      session.complain(.notice("joblog \(path): removed its last line, which was not whole"))
    }
  }

  /// Has the file begin with the header and end with a whole line.
  ///
  /// - Returns: Whether it ended with a line that was not.
  private static func prepare(_ file: AppendedFile, _ path: String) throws -> Bool {
    guard file.isRegular else {
      try file.append(JobLogLine.header)
      return false
    }
    var isMended = false
    try file.ifAlone {
      try checkHeader(file, path, isWhole: false)
      isMended = try removeTornLine(file)
      if file.size == 0 { try file.append(JobLogLine.header) }
    }
    try checkHeader(file, path, isWhole: true)
    return isMended
  }

  private static func checkHeader(
    _ file: AppendedFile, _ path: String, isWhole: Bool
  ) throws {
    let header = JobLogLine.header
    let beginning = try file.bytes(at: 0, upTo: header.count)
    let isHeader = isWhole ? beginning == header : header.starts(with: beginning)
    if !isHeader { throw FileSystem.Failure(path, "not a joblog") }
  }

  private static func removeTornLine(_ file: AppendedFile) throws -> Bool {
    let size = file.size
    var end = size
    while end > 0 {
      let start = max(0, end - 4096)
      let bytes = try file.bytes(at: start, upTo: end - start)
      if let last = bytes.lastIndex(of: UInt8(ascii: "\n")) {
        end = start + last + 1
        break
      }
      end = start
    }
    if end == size { return false }
    try file.truncate(to: end)
    return true
  }

  /// Appends the line of an attempt.
  ///
  /// If that fails it is told once, and the jobs go on.
  func append(_ line: JobLogLine) {
    let bytes = line.bytes
    let failure = hasComplained.withLock { hasComplained -> FileSystem.Failure? in
      do {
        try file.append(bytes)
        return nil
      } catch {
        defer { hasComplained = true }
        return hasComplained ? nil : error as? FileSystem.Failure
      }
    }
    if let failure {
      session.complain(
        .notice("joblog \(failure.message); the jobs go on, their lines are missing"))
    }
  }
}

extension JobLog {
  /// A whole log, to resume from.
  ///
  /// - Throws: `FileSystem.Failure` if it cannot be read, or is none.
  static func contents(of path: String) throws -> [UInt8] {
    guard FileSystem.isRegular(path) else {
      throw FileSystem.Failure(path, "no regular file, so nothing to resume from")
    }
    let bytes = try FileSystem.contents(of: path)
    guard bytes.starts(with: JobLogLine.header) || bytes.isEmpty else {
      throw FileSystem.Failure(path, "not a joblog")
    }
    // What a crash has torn is no line.
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1
    return Array(bytes.prefix(end + 1))
  }
}
