import ConcurrentFutures

/// Named gates: `gate NAME` waits until somebody says `open NAME`.
///
/// A gate that was opened stays open.
final class Gates: Sendable {
  private struct State {
    var gates: [String: Promise<Void>] = [:]
    var isClosed = false
    var mayBeOpenedOutside = false
    /// The gates at which tasks stand, by the ids of their futures.
    var standing: [Int: String] = [:]
  }

  private let state = Monitor(State())

  /// The future that is done when the gate is open.
  func future(_ name: String) -> Future<Void> {
    let (promise, isClosed) = state.withLock { state in
      let promise = state.gates[name] ?? Promise()
      state.gates[name] = promise
      return (promise, state.isClosed)
    }
    if isClosed { fail(name, promise) }
    return promise.future
  }

  func open(_ name: String) {
    let promise = state.withLock { state in
      let promise = state.gates[name] ?? Promise()
      state.gates[name] = promise
      return promise
    }
    try? promise.setResult()  // opening an open gate changes nothing
  }

  /// From now on nobody waits at a closed gate: it fails at once.
  func close() { state.withLock { $0.isClosed = true } }

  /// Fails every gate that is closed.
  func failClosed() {
    let gates = state.withLock { state in state.gates.filter { !$0.value.future.isDone } }
    for (name, promise) in gates { fail(name, promise) }
  }

  private func fail(_ name: String, _ promise: Promise<Void>) {
    try? promise.setException(ShellError("gate \(name) was never opened"))
  }
}

extension Gates {
  /// The task of a future stands at a gate during `body`.
  func standing<R>(_ id: Int, at name: String, _ body: () throws -> R) rethrows -> R {
    state.withLock { $0.standing[id] = name }
    defer { state.withLock { $0.standing[id] = nil } }
    return try body()
  }

  func gate(ofTask id: Int) -> String? { state.withLock { $0.standing[id] } }

  /// Whether somebody opens gates who is none of the session's commands.
  var mayBeOpenedOutside: Bool {
    get { state.withLock { $0.mayBeOpenedOutside } }
    set { state.withLock { $0.mayBeOpenedOutside = newValue } }
  }

  /// Every gate that somebody has named, in no order.
  var states: [(name: String, isOpen: Bool)] {
    state.withLock { $0.gates }.map { ($0.key, $0.value.future.isDone) }
  }
}
