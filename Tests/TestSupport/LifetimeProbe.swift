/// Counts how many of its objects live: capture one where something must not be kept.
package final class LifetimeProbe: Sendable {
  /// An object that is counted.
  package final class Tracked: Sendable {
    private let counter: Guarded<Int>

    fileprivate init(_ counter: Guarded<Int>) {
      self.counter = counter
      counter.withLock { $0 += 1 }
    }

    deinit { counter.withLock { $0 -= 1 } }

    /// Does nothing: keeps the object captured.
    package func touch() {}
  }

  private let counter = Guarded(0)

  /// Creates a probe without objects.
  package init() {}

  /// A new object.
  package func make() -> Tracked { Tracked(counter) }

  /// How many objects live.
  package var living: Int { counter.withLock { $0 } }

  /// Blocks until so many objects live.
  package func waitUntilLiving(_ count: Int, timeout: Duration = patience) throws {
    guard counter.wait(timeout, until: { $0 == count }) else {
      throw OutOfPatience("\(count) objects to live, \(living) do")
    }
  }
}
