import ConcurrentFutures

/// Functions that want to know when something happens.
package final class Listeners: Sendable {
  private let functions = Monitor<[@Sendable () -> Void]>([])

  package init() {}

  /// Has a function called each time, on the thread on which it happens.
  package func add(_ function: @escaping @Sendable () -> Void) {
    functions.withLock { $0.append(function) }
  }

  /// It has happened.
  package func tell() {
    for function in functions.withLock({ $0 }) { function() }
  }
}
