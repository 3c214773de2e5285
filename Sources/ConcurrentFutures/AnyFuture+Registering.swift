import Synchronization

/// How somebody is told of the end, asleep or suspended or by a callback.
extension AnyFuture {
  /// Asks to be told of the end.
  ///
  /// - Returns: False if the future is done already; the caller goes on at once and is not told.
  final func register(_ registration: Registration) -> Bool {
    RegistrationLocks.stripe(for: self).withLock { _ in
      guard state.update({ $0.observe() }) else { return false }
      registration.next = registrations
      registrations = registration
      return true
    }
  }

  /// Takes a registration back.
  ///
  /// Nothing happens if it was told or is being told.
  ///
  /// - Complexity: O(n) in the number of registrations on this future.
  final func withdraw(_ registration: Registration) {
    RegistrationLocks.stripe(for: self).withLock { _ in
      if registrations === registration {
        registrations = registration.next
        registration.next = nil
        return
      }
      var previous = registrations
      while let candidate = previous, candidate.next !== registration { previous = candidate.next }
      guard let previous else { return }
      previous.next = registration.next
      registration.next = nil
    }
  }

  /// How often a waiter looks before it sleeps: about as long as the sleep and the wake-up would cost.
  private static let looksBeforeSleep = 200

  /// Waits for the end.
  @usableFromInline
  final func waitUntilDone(timeout: Duration?) throws(TimeoutError) {
    if isDone { return }
    guard isDone(by: Deadline(after: timeout)) else { throw TimeoutError() }
  }

  /// Waits for the end, and says whether it came in time.
  @usableFromInline
  final func isDone(by deadline: Deadline) -> Bool {
    for _ in 0..<Self.looksBeforeSleep {
      if isDone { return true }
      Processor.spinPause()
    }
    guard !deadline.hasPassed else { return isDone }
    let latch = Latch()
    guard register(latch), !latch.wait(until: deadline) else { return true }
    withdraw(latch)
    // It may have ended between the deadline and here: done beats too late.
    return isDone
  }

  /// Suspends the task until the end; see `Future.value` for cancellation.
  @usableFromInline
  final func untilDone() async {
    if isDone { return }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if !register(Resumption(continuation)) { continuation.resume() }
      }
    } onCancel: {
      cancelFromTask()
    }
    // Who reads the outcome has loaded "done" himself: Thread Sanitizer does not always see that the task was
    // resumed after the end.
    precondition(isDone, "resumed before the end")
  }
}
