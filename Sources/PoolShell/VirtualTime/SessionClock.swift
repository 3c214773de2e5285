import ConcurrentFutures
import Synchronization

/// The clock of a session: the system's, or a virtual one.
///
/// What users can see of time goes through it: sleeps, timeouts, limits, pauses, the columns of `jobs`. What they cannot
/// (how often a progress line is drawn, how long a signal is waited for) is the system's.
package final class SessionClock: Sendable {
  /// Which clock a session has.
  package enum Choice: String, Sendable, CaseIterable {
    case real, virtual
  }

  /// `nil` is the system's: one load is all that it costs.
  private let reference = Atomic<Unmanaged<VirtualTime>?>(nil)
  /// The same once it was used: threads may still look at one that is switched off.
  private let virtualTime = Monitor<VirtualTime?>(nil)

  /// The virtual time, if that is in use.
  var virtual: VirtualTime? {
    guard let reference = reference.load(ordering: .acquiring) else { return nil }
    return reference.takeUnretainedValue()
  }

  var isVirtual: Bool { reference.load(ordering: .relaxed) != nil }

  /// Begins or ends virtual time.
  ///
  /// - Parameters:
  ///   - choice: The clock from now on.
  ///   - make: Makes the virtual time when it is first used.
  func use(_ choice: Choice, _ make: () -> VirtualTime) {
    let new = choice == .real ? nil : virtualTime.withLock { $0 } ?? make()
    if let new { virtualTime.withLock { $0 = new } }
    reference.store(new.map(Unmanaged.passUnretained), ordering: .releasing)
  }

  // MARK: Moments

  /// The time, in nanoseconds; only differences mean anything.
  var now: UInt64 { virtual?.now ?? Deadline.now() }

  /// The moment so long from now; `nil` is never.
  func deadline(after timeout: Duration?) -> Deadline {
    guard let virtual else { return Deadline(after: timeout) }
    return Deadline(nanoseconds: timeout.map(virtual.moment(after:)))
  }

  func hasPassed(_ deadline: Deadline) -> Bool {
    guard let end = deadline.nanoseconds else { return false }
    return now >= end
  }

  /// How long it is until then; `nil` if it never comes.
  func remaining(until deadline: Deadline) -> Duration? {
    guard let end = deadline.nanoseconds else { return nil }
    let now = now
    return end > now ? .nanoseconds(Int64(clamping: end - now)) : .zero
  }

  /// The worker that this thread is, as users see it; `nil` if it is none.
  ///
  /// With virtual time it is one that depends on nothing but the order of jobs.
  var workerName: String? {
    guard let name = ThreadPoolExecutor.currentWorkerName else { return nil }
    return virtual?.workerName ?? name
  }
}
