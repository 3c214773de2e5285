import Synchronization

/// How a future is run and ended, by who has the right to.
extension AnyFuture {
  /// Takes up the task.
  ///
  /// False if it was cancelled.
  @inline(__always)
  final func start() -> Bool { state.update { $0.start() } }

  /// Runs the task and keeps its outcome.
  ///
  /// Only for the winner of `start`.
  @inline(__always)
  final func runBody() { evaluate(self) }

  /// Shows the outcome that was written.
  ///
  /// - Returns: Whether somebody registered, and is now to be told.
  @inline(__always)
  final func showOutcome() -> Bool { state.update { $0.finish() } }

  /// Shows the outcome that was written, and tells everybody who registered.
  final func finish() {
    if showOutcome() { notifyObservers() }
  }

  /// Ends a future that nobody runs with an error of its own.
  ///
  /// False if it is done or taken already.
  @discardableResult
  final func fail(_ error: any Error) -> Bool {
    guard state.update({ $0.claim() }) else { return false }
    discardBody()
    failure = error
    finish()
    return true
  }

  /// Takes the whole list, then tells the waiters, then the callbacks, each in order of registration.
  ///
  /// Exactly once: only one transition reaches "done", and the list is taken whole.
  func notifyObservers(beforeCallbacks: () -> Void = {}) {
    let (waiters, callbacks) = takeRegistrations()
    tell(waiters)
    if callbacks != nil { beforeCallbacks() }
    tell(callbacks)
  }

  /// Cancels for a task that awaits this future and is cancelled itself.
  ///
  /// That happens inside the runtime, and the task cannot go on before it is over. So user code, the
  /// callbacks, runs in a task of its own, where it can delay nobody.
  final func cancelFromTask() {
    guard case .now(let isObserved) = state.update({ $0.cancel() }) else { return }
    discardBody()
    guard isObserved else { return }
    let (waiters, callbacks) = takeRegistrations()
    tell(waiters)
    guard callbacks != nil else { return }
    let taken = TakenRegistrations(first: callbacks)
    Task.detached { self.tell(taken.first) }
  }

  private func tell(_ list: Registration?) {
    var rest = list
    while let registration = rest {
      rest = registration.next
      registration.next = nil
      registration.completed(self)
    }
  }

  /// The two lists in order of registration, which is the reverse of how they are kept.
  private func takeRegistrations() -> (waiters: Registration?, callbacks: Registration?) {
    var remaining = RegistrationLocks.stripe(for: self).withLock { _ in
      let taken = registrations
      registrations = nil
      return taken
    }
    var waiters: Registration?
    var callbacks: Registration?
    while let registration = remaining {
      remaining = registration.next
      if registration.isCallback {
        registration.next = callbacks
        callbacks = registration
      } else {
        registration.next = waiters
        waiters = registration
      }
    }
    return (waiters, callbacks)
  }
}
