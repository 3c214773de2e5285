/// What `--joblog`, `--resume` and `--resume-failed` ask for: where attempts are written down, and which jobs the log
/// says are done.
///
/// Used by the thread of the command; only the log itself is used by all.
final class JobRecord {
  /// `nil` in a dry run, which writes nothing.
  let log: JobLog?
  private let path: String
  private var history: JobHistory?
  private(set) var skipped = 0

  /// Takes the options; the last thing that a command does before it runs, because it makes the file.
  ///
  /// - Returns: `nil` if nothing is to be logged.
  /// - Throws: `ShellError` if the file is none, or the options do not go together.
  static func take(_ arguments: Arguments) throws -> JobRecord? {
    let rule: JobHistory.Rule? =
      arguments.has("--resume-failed") ? .succeeded : arguments.has("--resume") ? .ran : nil
    guard let path = try arguments.text(of: "--joblog") else {
      if rule == nil { return nil }
      let option = rule == .ran ? "--resume" : "--resume-failed"
      throw arguments.error("\(option) needs --joblog FILE")
    }
    if path.isEmpty || path == "-" {
      throw arguments.error("--joblog needs the name of a file")
    }
    // A job has failed when it has no attempt left.
    let tries = min(try arguments.count(of: "--retries", atLeast: 0) ?? 0, .max - 1) + 1
    do {
      let isDryRun = arguments.has("--dry-run")
      let session = arguments.context.session
      return try JobRecord(path, isDryRun, rule: rule, tries: tries, in: session)
    } catch let failure as FileSystem.Failure {
      throw arguments.error("--joblog \(failure.message)")
    }
  }

  private init(
    _ path: String, _ isDryRun: Bool, rule: JobHistory.Rule?, tries: Int, in session: Session
  ) throws {
    self.path = path
    log = isDryRun ? nil : try JobLog(path, in: session)
    guard let rule, !isDryRun || FileSystem.exists(path) else { return }
    let history = JobHistory(try JobLog.contents(of: path), rule: rule, tries: tries)
    self.history = history
    if history.malformed > 0 {
      let lines = Counted.text(history.malformed, "line")
      session.complain(.notice("joblog \(path): \(lines) not understood, and passed over"))
    }
  }

  /// Whether the log says that a job is done; then it is not to be run.
  func skips(_ task: TaskCommand) -> Bool {
    guard history?.claim(task.text) == true else { return false }
    skipped += 1
    return true
  }

  /// Says how many jobs were skipped by the command that would have run them.
  func tellSkipped(by command: String, in session: Session) {
    guard skipped > 0 else { return }
    let jobs = Counted.text(skipped, "job")
    session.complain(
      .notice(
        "\(command): skipped \(jobs) that \(path) says \(skipped == 1 ? "is" : "are") done"))
  }
}

extension Declaration.Option {
  /// The record of jobs, and going on from it.
  static let record = [
    Declaration.Option(
      "--joblog", value: "FILE", takes: .file,
      "append a line for each attempt, in the columns of GNU parallel"),
    Declaration.Option("--resume", "skip what the joblog says has run, by the command's text"),
    Declaration.Option("--resume-failed", "the same, but run again what has failed"),
  ]
}
