import ConcurrentFutures
import Synchronization

/// Ctrl-C, as something that can be waited for together with futures.
package final class Interrupt: Sendable {
  private let promise = Monitor(Promise<Void>())
  /// Whether there is something to clear: asked before every line of a script, without the lock.
  private let hasFired = Atomic(false)
  private let listeners = Monitor<[@Sendable () -> Void]>([])

  package init() {}

  /// The future that is done once the user interrupts.
  var future: Future<Void> { promise.withLock { $0.future } }

  var hasHappened: Bool { future.isDone }

  /// The same a moment later, without the lock: for who never waits, and asks again and again.
  var hasBeenFired: Bool { hasFired.load(ordering: .relaxed) }

  /// Has a function called at every interrupt that is for the prompt, on the thread that watches signals.
  package func onInterrupt(_ listener: @escaping @Sendable () -> Void) {
    listeners.withLock { $0.append(listener) }
  }

  /// The user interrupts.
  ///
  /// - Parameter isForPrompt: Whether a line was being typed. Whoever is at the prompt by the time the others are told
  ///   has nothing to do with an interrupt that has just ended a command: it would lose what was typed since.
  package func fire(isForPrompt: Bool = true) {
    try? promise.withLock { $0 }.setResult()
    // After the result, so that whoever clears one finds the flag of every later one.
    hasFired.store(true, ordering: .sequentiallyConsistent)
    if isForPrompt { for listener in listeners.withLock({ $0 }) { listener() } }
  }

  /// The interrupt has been dealt with; the next one is a new one.
  package func clear() {
    guard hasFired.load(ordering: .sequentiallyConsistent) else { return }
    hasFired.store(false, ordering: .sequentiallyConsistent)
    promise.withLock { if $0.future.isDone { $0 = Promise() } }
  }
}
