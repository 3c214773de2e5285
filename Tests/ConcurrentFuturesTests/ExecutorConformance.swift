import ConcurrentFutures
import TestSupport
import Testing

/// What every `Executor` must do: submit, futures' lives, cancelling, callbacks, waiting.
///
/// A new kind of executor is added to `ExecutorUnderTest.all`.
@Suite("Executor conformance", .timeLimit(.minutes(5)))
struct ExecutorConformance {
  @Test("C-01 submit returns a future of the value (SU-01)", arguments: ExecutorUnderTest.all)
  func submit(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let future = try executor.submit { (0..<8).reduce(1) { power, _ in power * 2 } }
      #expect(try future.soon() == 256)
      #expect(future.isDone && !future.isRunning && !future.isCancelled)
    }
  }

  @Test("C-02 what a task captures reaches it unchanged (SU-02)", arguments: ExecutorUnderTest.all)
  func captures(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let (fn, me, options) = ("fn", ["self"], ["timeout": 3])
      let future = try executor.submit { "\(fn) \(me) \(options)" }
      #expect(try future.soon() == "\(fn) \(me) \(options)")
    }
  }

  @Test("SU-11 a task's error is kept, its worker goes on", arguments: ExecutorUnderTest.all)
  func failure(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let error = ErrorObject()
      let failed = try executor.submit { throw error } as Future<Int>
      #expect(try failed.errorSoon() as? ErrorObject === error)
      #expect(throws: ErrorObject.self) { try failed.result(timeout: patience) }
      for _ in 0..<subject.width { #expect(try executor.submit { 1 }.soon() == 1) }
    }
  }

  @Test("TH-06 tasks start in the order of their submission", arguments: ExecutorUnderTest.all)
  func order(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let (gate, log) = (Gate(), OrderLog<Int>())
      let held = try (1..<subject.width).map { _ in try executor.submit { try gate.wait() } }
      let futures = try (0..<100).map { index in try executor.submit { log.append(index) } }
      let (done, _) = wait(for: futures, timeout: patience)
      #expect(done.count == 100)
      #expect(log.entries == Array(0..<100))
      gate.open()
      for future in held { try future.soon() }
    }
  }

  @Test("FU-01 pending, running, finished", arguments: ExecutorUnderTest.all)
  func states(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let blockade = try Blockade(executor, width: subject.width)
      let future = try executor.submit { 1 }
      #expect(!future.isDone && !future.isRunning)
      #expect(blockade.futures.allSatisfy { $0.isRunning && !$0.isDone })
      #expect(throws: TimeoutError()) { try future.result(timeout: .zero) }
      blockade.lift()
      #expect(try future.soon() == 1)
      for future in blockade.futures { try future.soon() }
    }
  }

  @Test(
    "FU-02..FU-05 cancel: queued yes, running and finished no", arguments: ExecutorUnderTest.all)
  func cancel(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let (log, blockade) = (OrderLog<Int>(), try Blockade(executor, width: subject.width))
      let queued = try executor.submit { log.append(1) }
      let last = try executor.submit { log.append(2) }
      #expect(queued.cancel() && queued.cancel() && queued.isCancelled)
      #expect(!blockade.futures[0].cancel() && blockade.futures[0].isRunning)
      #expect(throws: CancelledError()) { try queued.result(timeout: .zero) }
      blockade.lift()
      try last.soon()
      #expect(!last.cancel())
      #expect(log.entries == [2])
    }
  }

  @Test("CB-01 callbacks run once, however the future ends", arguments: ExecutorUnderTest.all)
  func callbacks(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let (log, blockade) = (OrderLog<String>(), try Blockade(executor, width: subject.width))
      let futures = [
        try executor.submit { 1 }, try executor.submit { throw Boom() }, try executor.submit { 3 },
      ]
      for (index, future) in futures.enumerated() {
        future.addDoneCallback { log.append("\(index) \($0.isDone) \($0.isCancelled)") }
      }
      futures[2].cancel()
      blockade.lift()
      try log.wait(for: 3)
      futures[0].addDoneCallback { log.append("late \($0.isDone)") }
      #expect(log.entries.last == "late true")
      let all = ["0 true false", "1 true false", "2 true true", "late true"]
      #expect(log.entries.sorted() == all)
    }
  }

  @Test("WA-05..WA-07 wait, in every condition", arguments: ExecutorUnderTest.all)
  func waiting(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let blockade = try Blockade(executor, width: subject.width)
      let futures = [try executor.submit { 1 }, try executor.submit { throw Boom() }]
      let some = wait(for: futures, until: .allCompleted, timeout: .zero)
      #expect(some.done.isEmpty && some.notDone == futures)
      blockade.lift()
      let first = wait(for: futures, until: .firstCompleted, timeout: patience)
      #expect(!first.done.isEmpty)
      let failed = wait(for: futures, until: .firstException, timeout: patience)
      #expect(failed.done.contains(futures[1]))
      let all = wait(for: futures, timeout: patience)
      #expect(all.done == futures && all.notDone.isEmpty)
    }
  }

  @Test("AC-01 asCompleted hands out each future once", arguments: ExecutorUnderTest.all)
  func completed(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let futures = try (0..<50).map { index in try executor.submit { index } }
      let seen = try asCompleted(futures, timeout: patience).map { try $0.get() }
      #expect(seen.count == 50 && Set(seen) == Set(futures))
    }
  }

  @Test("FU-08 the value can be awaited", arguments: ExecutorUnderTest.all)
  func awaiting(_ subject: ExecutorUnderTest) async throws {
    let executor = try subject.make()
    let futures = try (0..<20).map { index in try executor.submit { index } }
    for (index, future) in futures.enumerated() { #expect(try await future.value == index) }
    let failed = try executor.submit { throw Boom() } as Future<Int>
    await #expect(throws: Boom()) { try await failed.value }
    try await onThread { try end(executor) }
  }
}
