/// The indices of futures that have ended, first in, first out; shared by a set's consumer and by the threads
/// that end futures.
final class Arrivals: Sendable {
  private struct State {
    var indices: [Int] = []
    /// A consumer that is suspended, not asleep.
    var suspended: CheckedContinuation<Void, Never>?
  }

  private let state = Monitor(State())

  func append(_ index: Int) {
    let (isFirst, suspended) = state.withLock { state in
      state.indices.append(index)
      defer { state.suspended = nil }
      return (state.indices.count == 1, state.suspended)
    }
    // The one consumer takes everything, so it sleeps only while there is nothing.
    if isFirst { state.wakeOne() }
    suspended?.resume()
  }

  /// Whether something has arrived and was not fetched.
  var hasSome: Bool { state.withLock { !$0.indices.isEmpty } }

  /// Fetches everything that has arrived, in exchange for an empty array.
  func fetch(_ indices: inout [Int]) {
    state.withLock { swap(&$0.indices, &indices) }
  }

  /// The same, but waits until something has arrived; nothing at the deadline.
  func fetch(_ indices: inout [Int], until deadline: Deadline) {
    // Who only looks must not sleep: a timed wait into the past costs 50 µs of timer slack.
    if deadline.hasPassed { return fetch(&indices) }
    _ = state.wait(until: deadline) { state -> Bool? in
      if state.indices.isEmpty { return nil }
      swap(&state.indices, &indices)
      return true
    }
  }

  /// The same without blocking a thread; nothing also if the task is cancelled.
  func fetch(until deadline: Deadline) async -> [Int] {
    while true {
      if let indices = look(isOver: deadline.hasPassed || Task.isCancelled) { return indices }
      await arrival(until: deadline)
    }
  }

  /// What has arrived, which is nothing if the waiting is over; `nil` if it goes on.
  ///
  /// The clock is read before the look: what ends between the two is handed out (AC-08).
  func look(isOver: @autoclosure () -> Bool) -> [Int]? {
    let isOver = isOver()
    var indices: [Int] = []
    fetch(&indices)
    return isOver || !indices.isEmpty ? indices : nil
  }

  /// Suspends until something arrives, the deadline passes or the task is cancelled.
  private func arrival(until deadline: Deadline) async {
    let alarm = deadline == .never ? nil : Task { try await ring(at: deadline) }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let mustGoOn = state.withLock { state in
          // What ends the wait and came before this has met nobody: so it is looked at under the lock.
          if !state.indices.isEmpty || deadline.hasPassed || Task.isCancelled { return true }
          state.suspended = continuation
          return false
        }
        if mustGoOn { continuation.resume() }
      }
    } onCancel: {
      resumeConsumer()
    }
    alarm?.cancel()
  }

  /// Not before the deadline has passed on our clock, or nobody would ring again.
  private func ring(at deadline: Deadline) async throws {
    while let remaining = deadline.remaining, remaining > .zero {
      try await Task.sleep(for: remaining)
    }
    resumeConsumer()
  }

  private func resumeConsumer() {
    let suspended = state.withLock { state in
      defer { state.suspended = nil }
      return state.suspended
    }
    suspended?.resume()
  }
}
