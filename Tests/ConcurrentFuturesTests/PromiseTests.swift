import ConcurrentFutures
import TestSupport
import Testing

/// The write end.
@Suite("Promise", .timeLimit(.minutes(5)))
struct PromiseTests {
  @Test("FU-23 a promise's future is pending and belongs to no executor")
  func pending() {
    let future = Promise<Int>().future
    #expect(!future.isDone && !future.isRunning && !future.isCancelled)
  }

  @Test("FU-15 an outcome may be given from pending and from running", arguments: [false, true])
  func outcome(isRunning: Bool) async throws {
    try await onThread {
      let succeeded = Promise<Int>()
      let failed = Promise<Int>()
      if isRunning {
        #expect(try succeeded.setRunningOrNotifyCancel())
        #expect(try failed.setRunningOrNotifyCancel())
      }
      try succeeded.setResult(1)
      try failed.setException(Boom())
      #expect(try succeeded.future.result(timeout: .zero) == 1)
      #expect(try failed.future.exception(timeout: .zero) as? Boom == Boom())
    }
  }

  /// Expects an `InvalidStateError` that starts with a word and ends with the future's state.
  private func expectInvalidState(
    _ state: String, _ text: String, _ body: () throws(InvalidStateError) -> Void
  ) throws {
    let error = try #require(#expect(throws: InvalidStateError.self) { try body() })
    #expect(error.message.hasPrefix("\(state): <Future at 0x"))
    #expect(error.message.hasSuffix(" state=\(text)>"))
  }

  @Test("C-45 a second setResult is an error and changes nothing (FU-16)")
  func secondResult() async throws {
    try await onThread {
      let promise = try SampleFuture.succeeded.promise()
      try expectInvalidState("FINISHED", "finished returned Int") { () throws(InvalidStateError) in
        try promise.setResult(2)
      }
      #expect(try promise.future.result(timeout: .zero) == 42)
    }
  }

  @Test("C-46 a second setException is an error and changes nothing (FU-16)")
  func secondException() async throws {
    try await onThread {
      let promise = try SampleFuture.failed.promise()
      try expectInvalidState("FINISHED", "finished raised Boom") { () throws(InvalidStateError) in
        try promise.setException(Boom("second"))
      }
      #expect(throws: Boom()) { try promise.future.result(timeout: .zero) }
    }
  }

  @Test(
    "FU-16 an outcome for a cancelled future is an error",
    arguments: [SampleFuture.cancelled, .cancelledAndNotified])
  func outcomeAfterCancel(sample: SampleFuture) throws {
    let promise = try sample.promise()
    try expectInvalidState("CANCELLED", "cancelled") { () throws(InvalidStateError) in
      try promise.setResult(1)
    }
    try expectInvalidState("CANCELLED", "cancelled") { () throws(InvalidStateError) in
      try promise.setException(Boom())
    }
    #expect(promise.future.isCancelled)
  }

  @Test("FU-17 setRunningOrNotifyCancel in the six sample states", arguments: SampleFuture.allCases)
  func setRunning(sample: SampleFuture) throws {
    let promise = try sample.promise()
    switch sample {
    case .pending:
      #expect(try promise.setRunningOrNotifyCancel())
      #expect(promise.future.isRunning && !promise.future.cancel())
    case .cancelled, .cancelledAndNotified:  // Python refuses a second call
      #expect(try !promise.setRunningOrNotifyCancel())
      #expect(promise.future.isCancelled)
    case .running, .failed, .succeeded:
      let error = #expect(throws: InvalidStateError.self) { try promise.setRunningOrNotifyCancel() }
      #expect(error?.message == "Future in unexpected state")
    }
  }

  @Test("FU-16 of several who set an outcome at once exactly one wins", arguments: [2, 3])
  func race(threads: Int) async throws {
    let promises = (0..<TestEnvironment.rounds(5000)).map { _ in Promise<Int>() }
    try await onThread {
      let winners = promises.map { _ in Guarded<[Int]>([]) }
      try inLockstep(threads: threads, rounds: promises.count) { thread, round in
        let isException = thread == round % 3
        let promise = promises[round]
        let wins =
          (try? isException ? promise.setException(Boom()) : promise.setResult(thread)) != nil
        if wins { winners[round].withLock { $0.append(isException ? -1 : thread) } }
      }
      let outcomes = promises.map { (try? $0.future.result(timeout: .zero)) ?? -1 }
      #expect(winners.map { $0.withLock { $0 } } == outcomes.map { [$0] })
    }
  }

  @Test("FU-05, FU-15 of a cancel, a start and an outcome at once one decides")
  func cancelRace() async throws {
    let promises = (0..<TestEnvironment.rounds(5000)).map { _ in Promise<Int>() }
    try await onThread {
      let cancelled = promises.map { _ in Guarded(false) }
      try inLockstep(threads: 2, rounds: promises.count) { thread, round in
        let promise = promises[round]
        if thread == 0 {
          let isCancelled = promise.future.cancel()
          cancelled[round].withLock { $0 = isCancelled }
        } else if (try? promise.setRunningOrNotifyCancel()) == true || round % 2 == 0 {
          try? promise.setResult(round)
        }
      }
      #expect(promises.map(\.future.isCancelled) == cancelled.map { $0.withLock { $0 } })
      #expect(promises.allSatisfy { $0.future.isDone })
    }
  }

  @Test("FU-16 callbacks are not run again by a refused outcome")
  func callbacksOnce() throws {
    let promise = Promise<Int>()
    let log = OrderLog<Int>()
    promise.future.addDoneCallback { log.append(try $0.result()) }
    try promise.setResult(1)
    #expect(throws: InvalidStateError.self) { try promise.setResult(2) }
    #expect(!promise.future.cancel())
    #expect(log.entries == [1])
  }
}
