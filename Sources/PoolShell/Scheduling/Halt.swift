import ConcurrentFutures
import Synchronization

/// A map that may halt: its jobs that have not ended, and what is done to them when it does.
///
/// The end of a job is told on its worker, so that it is no matter what the map is waiting for.
final class Halt: Sendable {
  /// What has become of a job because of the halt.
  enum Fate {
    /// It never began.
    case notStarted
    /// It was ended while it ran.
    case terminated
  }

  private struct State {
    var policy: HaltPolicy
    /// By job number.
    var live: [Int: FutureRecord] = [:]
    /// The ids of those that ran when they were to be ended.
    var ending = IDSet()
  }

  private let session: Session
  private let state: Monitor<State>
  private let flag = Atomic(false)

  init(_ policy: HaltPolicy, in session: Session) {
    self.session = session
    state = Monitor(State(policy: policy))
  }

  /// Whether no more jobs are to be started; asked before each, without the lock.
  var hasHalted: Bool { flag.load(ordering: .acquiring) }

  /// What it was, and what has come of it.
  var policy: HaltPolicy { state.withLock { $0.policy } }

  /// A job was submitted; before it may begin.
  func add(_ record: FutureRecord, number: Int) {
    let isLate = state.withLock { state in
      state.live[number] = record
      return state.policy.hasHalted
    }
    if isLate { record.future.cancel() }
  }

  /// A job is over, on its worker.
  func ended(_ watch: JobWatch, isFailure: Bool) {
    let halts = state.withLock { state in
      let record = state.live.removeValue(forKey: watch.number)
      // It was not its own end.
      if let record, state.ending.contains(record.id) { return false }
      return state.policy.ended(isFailure: isFailure)
    }
    if halts { act() }
  }

  /// All jobs are submitted.
  func learn(total: Int) {
    if state.withLock({ $0.policy.learn(total: total) }) { act() }
  }

  /// What has not begun is cancelled; what runs is ended, or finishes.
  private func act() {
    flag.store(true, ordering: .releasing)
    let (policy, records) = state.withLock { ($0.policy, $0.live.values.map { $0 }) }
    let running = records.filter { !$0.future.cancel() && !$0.future.isDone }
    switch policy.when {
    case .soon:
      guard !running.isEmpty else { return }
      session.complain(
        .notice(
          "map: starting no more jobs; waiting for \(Counted.text(running.count, "job")) to finish")
      )
    case .now:
      state.withLock { state in for record in running { state.ending.insert(record.id) } }
      session.endRunning(running)
    }
  }

  /// Whether the halt has ended a job, which then has nothing to show; `nil` if it has its own end.
  func fate(of record: FutureRecord) -> Fate? {
    guard hasHalted else { return nil }
    if record.future.isCancelled { return .notStarted }
    let isEnded = state.withLock { $0.ending.contains(record.id) }
    return isEnded && record.state == .failed ? .terminated : nil
  }
}
