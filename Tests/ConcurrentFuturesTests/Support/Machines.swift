@testable import ConcurrentFutures

/// A future's word, to be driven by hand. (A class, because `#expect` cannot call mutating members.)
final class FutureMachine {
  var state: FutureState

  init(_ phase: UInt64) { state = FutureState(rawValue: phase) }

  var phase: FutureState.Phase { state.phase }

  func start() -> Bool { state.start() }
  func cancel() -> FutureState.Cancelling { state.cancel() }
  func claim() -> Bool { state.claim() }
  func finish() -> Bool { state.finish() }
  func observe() -> Bool { state.observe() }
}

/// A pool's word and its workers' roles, to be driven by hand.
final class PoolMachine {
  let limit: Int
  var state = ThreadPoolState()
  /// The role of each worker, as that worker knows it.
  var roles: [ThreadPoolState.Role] = []

  init(limit: Int, sleepers: Int = 0) {
    self.limit = limit
    for _ in 0..<sleepers { _ = enqueue() }
    for _ in 0..<sleepers { _ = next(arrive()) }
    for worker in 0..<sleepers { _ = next(worker, maySearch: false) }
  }

  func enqueue() -> ThreadPoolState.Effect { state.enqueue(limit: limit) }

  /// A started worker runs for the first time; its number.
  func arrive() -> Int {
    roles.append(.idle)
    return roles.count - 1
  }

  func next(_ worker: Int, maySearch: Bool = true) -> ThreadPoolState.Next {
    state.next(&roles[worker], maySearch: maySearch, limit: limit)
  }

  func standBy(_ worker: Int) -> ThreadPoolState.Role {
    state.standBy(&roles[worker])
    return roles[worker]
  }

  func stepBack(_ worker: Int) -> ThreadPoolState.Effect {
    state.stepBack(&roles[worker], limit: limit)
  }

  func startFirst() -> Bool { state.startFirst() }
  func startFailed() { state.startFailed() }
  func close() -> Int { state.close() }
  func `break`() -> Int? { state.break() }
  func drain() -> Int { state.drain() }
}
