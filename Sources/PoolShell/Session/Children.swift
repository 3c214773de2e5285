import ChildProcess
import ConcurrentFutures

/// Running programs, for `exec`, `sh`, `fetch` and `!`.
extension Context {
  /// Runs a program and captures what it writes.
  ///
  /// - Parameters:
  ///   - program: A path, or a name that is looked for in PATH.
  ///   - arguments: Without the program's name.
  ///   - name: What to call it in the failure.
  ///   - title: What to call it while it is waited for; on one line.
  ///   - isPrintedWhenDropped: See `ProgramOutput`.
  /// - Returns: What it has written.
  /// - Throws: `ShellError` if it could not be started, ended with another status than 0, was killed, or
  ///   took longer than this job may.
  func capture(
    _ program: String, _ arguments: [String], name: String, title: @autoclosure () -> String,
    isPrintedWhenDropped: Bool = true
  ) throws -> ProgramOutput {
    try refuseProgram(name)
    var command = ChildCommand(program: program, arguments: arguments)
    command.timeout = limit?.deadline.remaining
    command.diesWithThread = true
    if let options {
      command.environment = options.environment
      command.directory = options.directory
      if let input = options.input { command.input = .file(input) }
    }
    let outcome = try showingProgress({ .plain(title()) }) { try run(command) }
    let output = ProgramOutput(
      standardOutput: outcome.output, standardError: outcome.errorOutput,
      isPrintedWhenDropped: isPrintedWhenDropped)
    if isOnSessionThread, session.interrupt.hasHappened { throw ControlFlow.interrupted }
    guard case .exited(0) = outcome.status, outcome.ending == .byItself else {
      // What it wrote before it failed is still the user's.
      if isPrintedWhenDropped, !outcome.output.isEmpty { emit(.dropped(output.withoutError)) }
      try checkKilled(outcome, name: name)
      throw failure(of: outcome, name: name)
    }
    return output
  }

  private func run(_ command: ChildCommand) throws -> ChildOutcome {
    guard isOnSessionThread else { return try runInTask(command) }
    return try session.children.run(
      command, endedBy: session.interrupt, alarm: ticker.map { ticker in { ticker.alarm() } })
  }

  private func runInTask(_ command: ChildCommand) throws -> ChildOutcome {
    guard let job = progress?.makeJob() else {
      return try session.children.run(command, endedBy: nil)
    }
    if job.isBeingKilled { throw ControlFlow.interrupted }
    let live = isSubstituting ? nil : live
    let outcome = try session.children.run(
      command, endedBy: nil, tap: live.map { live in { live.take($0, $1) } }, attend: job.begins)
    live?.endOfProgram()
    job.ended(outcome)
    progress?.watch?.ended(outcome)
    return outcome
  }

  /// A program that was ended by `kill` ends the task, too.
  private func checkKilled(_ outcome: ChildOutcome, name: String) throws {
    guard let job = progress?.job, job.isBeingKilled, outcome.ending == .terminated else { return }
    job.note(killed: "\(name): killed (\(outcome.status.shortText))")
    throw ControlFlow.interrupted
  }

  private func failure(of outcome: ChildOutcome, name: String) -> ShellError {
    switch outcome.ending {
    case .timedOut: return limit?.error ?? ShellError("\(name): timed out")
    case .terminated: return ShellError("\(name): terminated")
    case .failed(let reason): return ShellError("\(name): \(reason)")
    case .byItself: break
    }
    let lines = outcome.errorOutput.lastLines
    let tail = lines.last.map { ": \($0)" } ?? ""
    return ShellError(
      "\(name): \(outcome.status)\(tail)", errorOutput: lines.count > 1 ? outcome.errorOutput : nil)
  }
}

extension ProgramOutput {
  /// The same without what goes to standard error.
  var withoutError: ProgramOutput {
    ProgramOutput(
      standardOutput: standardOutput, standardError: nil,
      isPrintedWhenDropped: isPrintedWhenDropped)
  }
}

extension CapturedOutput {
  /// The last lines that say something, for a message; at most ten.
  var lastLines: [String] {
    String(decoding: tail(4096), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
      .filter { $0.contains { !$0.isWhitespace } }
      .suffix(10)
  }
}
