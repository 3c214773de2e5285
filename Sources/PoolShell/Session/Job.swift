import ChildProcess
import ConcurrentFutures
import Synchronization

/// What only some tasks need: the programs that a task runs, the attempts of one that is repeated, and who wants it to
/// end.
///
/// Made when it is first needed, by the task itself or by whoever kills it.
final class Job: Sendable {
  /// How a task is to be ended.
  struct Killing: Sendable {
    /// What its program is sent first.
    var signal: Int32
    /// How long that has until SIGKILL.
    var grace: Duration

    /// TERM, and KILL if that has not helped after two seconds.
    static let usual = Killing(signal: Signals.terminate, grace: .seconds(2))
  }

  private struct State {
    var killing: Killing?
    /// Wakes the task where it waits.
    var interrupt: Interrupt?
    /// What the failure says, if there is more to say than that it was killed.
    var message: String?
    var isOver = false
    var wasKilled = false

    var child: ChildProcess?
    var programs = JobOutput()
    /// What is known of the run that goes on.
    var current = Attempt(start: 0)
    var attempts: [Attempt] = []
  }

  private let state = Monitor(State())
  private let killing = Atomic(false)

  // MARK: Killing

  /// Ends the task, as far as it can be: its program by signals, what it waits for at once, and no next command.
  func kill(_ killing: Killing) {
    let (child, interrupt) = state.withLock { state -> (ChildProcess?, Interrupt?) in
      guard !state.isOver else { return (nil, nil) }
      if state.killing == nil { state.killing = killing }
      self.killing.store(true, ordering: .sequentiallyConsistent)
      return (state.child, state.interrupt)
    }
    child?.terminate(grace: killing.grace, signal: killing.signal)
    interrupt?.fire(isForPrompt: false)
    VirtualTime.stir()
  }

  /// Whether somebody has asked for its end; looked at before every command.
  var isBeingKilled: Bool { killing.load(ordering: .relaxed) }

  /// What to wait for beside anything else.
  var interrupt: Interrupt {
    let (interrupt, isLate) = state.withLock { state -> (Interrupt, Bool) in
      let interrupt = state.interrupt ?? Interrupt()
      state.interrupt = interrupt
      return (interrupt, state.killing != nil)
    }
    if isLate { interrupt.fire(isForPrompt: false) }
    return interrupt
  }

  /// What the failure of the task says.
  var message: String { state.withLock { $0.message ?? "killed" } }

  /// The failure of a program that was killed, which becomes that of the task.
  func note(killed message: String) { state.withLock { $0.message = message } }

  /// The task is over; from now on nobody can kill it.
  ///
  /// - Returns: Its failure, if somebody has.
  func end() -> ShellError? {
    state.withLock { state in
      state.isOver = true
      state.wasKilled = state.killing != nil
      return state.wasKilled ? ShellError(state.message ?? "killed") : nil
    }
  }

  /// Whether that was its end.
  var wasKilled: Bool { state.withLock { $0.wasKilled } }

  // MARK: Programs

  /// A program runs; on the thread that waits for it.
  func begins(_ child: ChildProcess) {
    let killing = state.withLock { state in
      state.child = child
      state.programs.begin(child)
      return state.killing
    }
    if let killing { child.terminate(grace: killing.grace, signal: killing.signal) }
  }

  func ended(_ outcome: ChildOutcome) {
    state.withLock { state in
      state.child = nil
      state.programs.end(outcome)
      state.current.status = outcome.status
      state.current.bytesWritten += outcome.output.count
    }
  }

  /// What its programs have written, as far as it is kept.
  var output: JobOutput { state.withLock { $0.programs } }

  // MARK: Attempts

  /// What is known of the run that goes on, or of the last.
  var current: Attempt { state.withLock { $0.current } }

  /// All runs, if they were counted.
  var attempts: [Attempt] { state.withLock { $0.attempts } }

  func beginAttempt(at now: UInt64) {
    state.withLock { state in
      state.current = Attempt(start: now)
      state.attempts.append(state.current)
    }
  }

  func endAttempt(_ error: String?, at now: UInt64) {
    state.withLock { state in
      state.current.end = now
      state.current.error = error
      state.attempts[state.attempts.count - 1] = state.current
    }
  }
}
