import TestSupport

@testable import ConcurrentFutures

/// A thread that asks a future something and sleeps until the future answers.
struct Asking<Answer: Sendable>: Sendable {
  private let answer = OrderLog<Result<Answer, any Error>>()

  /// Returns when the thread sleeps: one more than before is registered with the future.
  init(_ future: AnyFuture, _ ask: @escaping @Sendable () throws -> Answer) throws {
    let before = future.registrationCount
    startThread { [answer] in answer.append(Result { try ask() }) }
    try eventually("somebody to wait for the future") { future.registrationCount > before }
  }

  /// The answer, which must come.
  func get() throws -> Answer { try answer.wait(for: 1)[0].get() }
}

extension AnyFuture {
  /// How many are registered with the future: a registration is linked to the one before it.
  var registrationCount: Int {
    let probe = Registration()
    guard register(probe) else { return 0 }
    defer { withdraw(probe) }
    return RegistrationLocks.stripe(for: self).withLock { _ in
      var count = 0
      var next = probe.next
      while let registration = next {
        count += 1
        next = registration.next
      }
      return count
    }
  }

  var hasRegistrations: Bool { registrationCount > 0 }
}
