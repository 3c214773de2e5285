/// Holds tasks back until it is opened: how a test decides when something happens, without sleeping.
package final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var arrivals = 0
  }

  private let state = Guarded(State())

  /// Creates a closed gate.
  package init() {}

  /// Lets everybody through, now and later.
  package func open() { state.withLock { $0.isOpen = true } }

  /// Whether it is open.
  package var isOpen: Bool { state.withLock { $0.isOpen } }

  /// How many have come to the gate so far.
  package var arrivals: Int { state.withLock { $0.arrivals } }

  /// Blocks until the gate is open.
  package func wait(timeout: Duration = patience) throws {
    state.withLock { $0.arrivals += 1 }
    guard state.wait(timeout, until: \.isOpen) else { throw OutOfPatience("the gate to open") }
  }

  /// Blocks until so many have come to the gate.
  package func waitForArrivals(_ count: Int, timeout: Duration = patience) throws {
    guard state.wait(timeout, until: { $0.arrivals >= count }) else {
      throw OutOfPatience("\(count) to arrive at the gate, \(arrivals) did")
    }
  }
}

/// Lets nobody through before everybody has come.
package final class Rendezvous: Sendable {
  private let missing: Guarded<Int>

  /// Creates a meeting point.
  package init(of count: Int) { missing = Guarded(count) }

  /// Blocks until as many have called this as were announced.
  package func meet(timeout: Duration = patience) throws {
    missing.withLock { $0 -= 1 }
    guard missing.wait(timeout, until: { $0 <= 0 }) else {
      throw OutOfPatience("a meeting, \(missing.withLock { $0 }) missing")
    }
  }
}
