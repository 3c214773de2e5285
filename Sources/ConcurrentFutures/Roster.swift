/// Which workers of a pool there are, for their names and for who waits for their end.
final class Roster: Sendable {
  private struct State {
    var started = 0
    var nextNumber = 0
    var living: [Worker] = []
    /// Tasks that await the end of all workers.
    var suspended: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Monitor(State())

  /// How many workers were ever started.
  var startedCount: Int { state.withLock { $0.started } }

  /// The names of the workers that have not ended, in order of their start.
  var livingNames: [String] { state.withLock { $0.living }.map(\.name) }

  /// Adds a worker that is about to start; it is given the number of those before it (TH-07).
  func enlist(_ make: (Int) -> Worker) -> Worker {
    state.withLock { state in
      let worker = make(state.nextNumber)
      state.nextNumber += 1
      state.started += 1
      state.living.append(worker)
      return worker
    }
  }

  /// Takes back one that the system did not start; its number is given again if it was the last.
  func strike(_ worker: Worker) {
    remove(worker) { state in
      if state.living.last === worker { state.nextNumber -= 1 }
      state.started -= 1
    }
  }

  /// A worker has ended.
  func leave(_ worker: Worker) {
    remove(worker) { _ in }
  }

  private func remove(_ worker: Worker, _ change: (inout State) -> Void) {
    let suspended = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      change(&state)
      state.living.removeAll { $0 === worker }
      guard state.living.isEmpty else { return [] }
      defer { state.suspended = [] }
      return state.suspended
    }
    state.wakeAll()
    for continuation in suspended { continuation.resume() }
  }

  /// Blocks until no worker is left.
  ///
  /// - Parameter isOver: Asked too: a worker that is about to be enlisted is counted elsewhere already.
  func waitUntilEmpty(_ isOver: () -> Bool) {
    _ = state.wait { $0.living.isEmpty && isOver() ? true : nil }
  }

  /// Suspends until no worker is left.
  func untilEmpty() async {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        if !state.living.isEmpty { state.suspended.append(continuation) }
        return state.living.isEmpty
      }
      if isEmpty { continuation.resume() }
    }
  }
}
