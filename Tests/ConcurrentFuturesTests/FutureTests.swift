import ConcurrentFutures
import TestSupport
import Testing

/// What a future answers in each of its states.
@Suite("Future", .timeLimit(.minutes(5)))
struct FutureTests {
  @Test("C-39 predicates in the six sample states (FU-01)", arguments: SampleFuture.allCases)
  func predicates(sample: SampleFuture) throws {
    let future = try sample.make()
    #expect(future.isRunning == (sample == .running))
    #expect(future.isCancelled == [.cancelled, .cancelledAndNotified].contains(sample))
    #expect(future.isDone == SampleFuture.done.contains(sample))
  }

  @Test("C-38 cancel in the six sample states (FU-02..FU-04)", arguments: SampleFuture.allCases)
  func cancel(sample: SampleFuture) throws {
    let future = try sample.make()
    let before = future.description
    let succeeds = [.pending, .cancelled, .cancelledAndNotified].contains(sample)
    #expect(future.cancel() == succeeds)
    #expect(future.cancel() == succeeds)
    #expect(future.isCancelled == succeeds)
    #expect(sample == .pending || future.description == before)
  }

  static let timeouts: [Duration] = [
    .zero, .milliseconds(-1), .seconds(Int64.min), .milliseconds(2),
  ]

  @Test(
    "C-40 result with a timeout in the six sample states (FU-08, FU-10)",
    arguments: SampleFuture.allCases, timeouts)
  func result(sample: SampleFuture, timeout: Duration) async throws {
    try await onThread {
      let future = try sample.make()
      switch sample {
      case .pending, .running:
        #expect(throws: TimeoutError()) { try future.result(timeout: timeout) }
      case .cancelled, .cancelledAndNotified:
        #expect(throws: CancelledError()) { try future.result(timeout: timeout) }
      case .failed: #expect(throws: Boom()) { try future.result(timeout: timeout) }
      case .succeeded: #expect(try future.result(timeout: timeout) == 42)
      }
    }
  }

  @Test(
    "C-41 exception with a timeout in the six sample states (FU-09, FU-10)",
    arguments: SampleFuture.allCases, timeouts)
  func exception(sample: SampleFuture, timeout: Duration) async throws {
    try await onThread {
      let future = try sample.make()
      switch sample {
      case .pending, .running:
        #expect(throws: TimeoutError()) { try future.exception(timeout: timeout) }
      case .cancelled, .cancelledAndNotified:
        #expect(throws: CancelledError()) { try future.exception(timeout: timeout) }
      case .failed: #expect(try future.exception(timeout: timeout) as? Boom == Boom())
      case .succeeded: #expect(try future.exception(timeout: timeout) == nil)
      }
    }
  }

  @Test("FU-10 a huge timeout waits and is no error")
  func hugeTimeout() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let answer = try Asking(promise.future) {
        try promise.future.result(timeout: .seconds(Int64.max))
      }
      try promise.setResult(3)
      #expect(try answer.get() == 3)
    }
  }

  @Test(
    "C-37 description in the six sample states (RP-01..RP-03)", arguments: SampleFuture.allCases)
  func description(sample: SampleFuture) throws {
    let state =
      switch sample {
      case .pending, .running: sample.rawValue
      case .cancelled, .cancelledAndNotified: "cancelled"
      case .failed: "finished raised Boom"
      case .succeeded: "finished returned Int"
      }
    let text = try sample.make().description
    #expect(text.hasPrefix("<Future at 0x"))
    #expect(text.hasSuffix(" state=\(state)>"))
  }

  @Test("C-13 an empty failure is a failure, a nil or void value is a value (FU-19)")
  func emptyOutcomes() async throws {
    try await onThread {
      let failed = Promise<Int?>()
      try failed.setException(Boom(""))
      #expect(throws: Boom("")) { try failed.future.result(timeout: .zero) }
      #expect(failed.future.description.contains("raised Boom"))
      let nothing = Promise<Int?>()
      try nothing.setResult(nil)
      #expect(try nothing.future.result(timeout: .zero) == nil)
      #expect(try nothing.future.exception(timeout: .zero) == nil)
      let void = Promise<Void>()
      try void.setResult()
      try void.future.result(timeout: .zero)
      #expect(void.future.description.contains("returned ()"))
    }
  }

  @Test("FU-08 the same error object comes each time")
  func sameError() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let error = ErrorObject()
      try promise.setException(error)
      for _ in 0..<3 {
        let thrown = #expect(throws: ErrorObject.self) { try promise.future.result() }
        #expect(thrown === error)
        #expect(try promise.future.exception() as? ErrorObject === error)
      }
    }
  }

  @Test("FU-22 futures are equal by identity and usable as keys")
  func identity() {
    let (one, other) = (Promise<Int>().future, Promise<Int>().future)
    #expect(one == one && one != other)
    let states: [AnyFuture: String] = [one: "one", other: "other"]
    #expect(states[one] == "one" && states[other] == "other")
    #expect(Set([one, other, one]).count == 2)
  }
}
