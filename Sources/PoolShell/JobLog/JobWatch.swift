import ChildProcess
import ConcurrentFutures

/// One job whose end is of interest: it is logged, counted by `--halt`, and may be ended from elsewhere.
///
/// Only such jobs have one.
final class JobWatch: Sendable {
  private struct State {
    var attempt: Attempt
    /// Whether somebody ends it.
    var isEnding = false
    /// Why a program of it was ended before its time.
    var cut: JobExit.Cut?
    /// `nil` once the job is done: the watch is kept as long as the future, and a file must not be.
    var log: JobLog?
    var halt: Halt?
  }

  /// The job's place in its list, from 1.
  let number: Int
  /// The file of its log, which `retry` writes to, too.
  let logPath: String?
  private let text: String
  private let session: Session
  private let state: Monitor<State>

  init(_ task: TaskCommand, log: JobLog?, halt: Halt?, in session: Session) {
    number = task.number
    text = task.text
    logPath = log?.path
    self.session = session
    state = Monitor(State(attempt: Attempt(start: 0), log: log, halt: halt))
  }

  // MARK: Told by the task

  /// Runs an attempt, and writes down how it ended before anybody else knows.
  func attempting(_ limit: JobLimit?, _ body: () throws -> Value) throws -> Value {
    state.withLock { state in
      state.attempt = Attempt(start: session.clock.now)
      state.cut = nil
    }
    do {
      let value = try body()
      endAttempt(nil, hasTimedOut: false)
      return value
    } catch {
      let failure = ShellError(wrapping: error)
      endAttempt(failure, hasTimedOut: failure.message == limit?.error.message)
      throw error
    }
  }

  /// A program that it has run has ended.
  func ended(_ outcome: ChildOutcome) {
    state.withLock { state in
      state.attempt.status = outcome.status
      state.attempt.bytesWritten += outcome.output.count
      // Once it was stopped, whatever it does after that does not make it done.
      switch outcome.ending {
      case .terminated: state.cut = .stopped
      case .timedOut where state.cut == nil: state.cut = .timedOut
      default: break
      }
    }
  }

  /// - Parameters:
  ///   - error: Why it failed; `nil` if it did not.
  ///   - hasTimedOut: Whether it took longer than it may.
  private func endAttempt(_ error: ShellError?, hasTimedOut: Bool) {
    let (attempt, cut, log) = state.withLock { state in
      state.attempt.end = session.clock.now
      state.attempt.error = error?.message
      if hasTimedOut, state.cut == nil { state.cut = .timedOut }
      // It may have been its try that caught what was its program's.
      if error == nil, state.cut == .timedOut { state.cut = nil }
      if error != nil, state.isEnding || session.isStopping { state.cut = .stopped }
      return (state.attempt, state.cut, state.log)
    }
    log?.append(line(attempt, cut))
  }

  /// The job is over.
  func end(isFailure: Bool) {
    state.withLock { $0.halt }?.ended(self, isFailure: isFailure)
  }

  private func line(_ attempt: Attempt, _ cut: JobExit.Cut?) -> JobLogLine {
    let now = session.clock.now
    let age = now - min(attempt.start, now)
    let start = HostProcess.wallClock
    let end = attempt.end ?? now
    return JobLogLine(
      seq: number, start: (start - min(age, start) + 500_000) / 1_000_000,
      runtime: (end - min(attempt.start, end)) / 1_000_000, receive: attempt.bytesWritten,
      exit: JobExit(attempt, cut: cut), command: JobLogLine.column(text))
  }

  // MARK: From elsewhere

  /// The future is done, whether its job has begun or not.
  func letGo() {
    state.withLock { state in
      state.log = nil
      state.halt = nil
    }
  }

  /// Somebody is about to end it: that says nothing about the job.
  func willBeEnded() { state.withLock { $0.isEnding = true } }
}

extension Session {
  /// Whether what still runs is being stopped, by an error or a signal.
  var isStopping: Bool { stopping.future.isDone }

  /// Ends jobs that run, as `kill` does, without waiting for their ends.
  func endRunning(_ records: [FutureRecord]) {
    for record in records {
      record.progress.watch?.willBeEnded()
      record.progress.makeJob().kill(.usual)
    }
  }
}
