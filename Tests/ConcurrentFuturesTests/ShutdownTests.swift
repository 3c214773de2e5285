import ConcurrentFutures
import TestSupport
import Testing

/// The end of a thread pool; what holds for every executor is in `ExecutorShutdownConformance`.
@Suite("shutdown", .timeLimit(.minutes(5)))
struct ShutdownTests {
  @Test("C-63 cancelFutures: of 50 tasks on 5 workers exactly 45 are cancelled (SD-05)")
  func cancelFutures() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 5)
      let gate = Gate()
      let futures = try (0..<50).map { _ in try pool.submit { try gate.wait() } }
      try gate.waitForArrivals(5)
      pool.shutdown(wait: false, cancelFutures: true)
      #expect(futures.map(\.isCancelled) == (0..<50).map { $0 >= 5 })
      gate.open()
      try end(pool)
      #expect(try futures.prefix(5).allSatisfy { try $0.exception(timeout: .zero) == nil })
    }
  }

  @Test("C-64 submit and cancel just before shutdown: no hang (SD-12)")
  func submitCancelShutdown() async throws {
    let rounds = TestEnvironment.rounds(500)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 1)
        _ = try pool.submit { 1 }.soon()
        try pool.submit { 2 }.cancel()
        try end(pool)
      }
    }
  }

  @Test(
    "C-66 a pool that is released without shutdown finishes its queue, then its threads end (GC-01)"
  )
  func released() async throws {
    try await onThread {
      let gate = Gate()
      var pool: ThreadPoolExecutor? = try ThreadPoolExecutor(
        maxWorkers: 2, threadNamePrefix: "released")
      let futures = try (0..<10).compactMap { index in
        try pool?.submit {
          try gate.wait()
          return index
        }
      }
      pool = nil
      gate.open()
      #expect(try futures.map { try $0.soon() } == Array(0..<10))
      try eventually("the threads to end") { SystemThreads.count(prefix: "released") == 0 }
    }
  }

  @Test("C-66 a pool may be released by its own task")
  func releasedInside() async throws {
    try await onThread {
      let held = Guarded<ThreadPoolExecutor?>(
        try ThreadPoolExecutor(
          maxWorkers: 1, threadNamePrefix: "inside"))
      let gate = Gate()
      let future = try held.withLock { pool in
        try pool?.submit {
          try gate.wait()
          let last = held.withLock { pool in
            defer { pool = nil }
            return pool
          }
          _ = last?.maxWorkers
        }
      }
      gate.open()
      try future?.soon()
      try eventually("the thread to end") { SystemThreads.count(prefix: "inside") == 0 }
    }
  }

  @Test("C-67 shutdown without waiting: the results still come, the threads end (SD-04)")
  func noWait() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 5, threadNamePrefix: "nowait")
      let results = try pool.map(-5..<5, timeout: patience, abs)
      pool.shutdown(wait: false)
      #expect(try results.values() == [5, 4, 3, 2, 1, 0, 1, 2, 3, 4])
      try eventually("the threads to end") { SystemThreads.count(prefix: "nowait") == 0 }
      try end(pool)
    }
  }

  @Test("SD-03 the call returns after all tasks and their callbacks")
  func afterCallbacks() async throws {
    let rounds = TestEnvironment.rounds(200)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 3)
        let log = OrderLog<Int>()
        for index in 0..<10 { try pool.submit {}.addDoneCallback { _ in log.append(index) } }
        try end(pool)
        #expect(log.count == 10)
      }
    }
  }

  @Test("SD-11 from its own task: shut down at once, without waiting", arguments: [false, true])
  func fromATask(cancelFutures: Bool) async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let blockade = try Blockade(pool)
      let closing = try pool.submit { pool.shutdown(wait: true, cancelFutures: cancelFutures) }
      let after = try pool.submit { 1 }
      blockade.lift()
      try closing.soon()
      #expect(throws: ShutdownError()) { try pool.submit { 2 } }
      try end(pool)
      #expect(after.isCancelled == cancelFutures && after.isDone)
    }
  }

  @Test("SD-11 a worker of another pool does wait")
  func fromAnotherPool() async throws {
    try await onThread {
      let (pool, other) = (
        try ThreadPoolExecutor(maxWorkers: 1), try ThreadPoolExecutor(maxWorkers: 1)
      )
      let blockade = try Blockade(pool)
      let closing = try other.submit {
        pool.shutdown(wait: true)
        return blockade.futures[0].isDone
      }
      try eventually("the pool to be shut down") { pool.statistics.isShutDown }
      #expect(!closing.isDone)
      blockade.lift()
      #expect(try closing.soon())
      try end(other)
    }
  }

  @Test(
    "SD-02, TH-11 what is queued at the closing gets its workers: tasks that need each other end")
  func togetherAtTheEnd() async throws {
    let rounds = TestEnvironment.rounds(300)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 4)
        _ = try pool.submit {}.soon()
        let meeting = Rendezvous(of: 4)
        let futures = try (0..<4).map { _ in try pool.submit { try meeting.meet() } }
        pool.shutdown(wait: false)
        for future in futures { try future.soon() }
        try end(pool)
      }
    }
  }

  @Test("SD-08 the async form waits without a thread, as often as one likes")
  func async() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 2)
    let futures = try (0..<20).map { index in try pool.submit { index } }
    async let first: Void = pool.shutdown()
    async let second: Void = pool.shutdown()
    _ = await (first, second)
    #expect(futures.allSatisfy { $0.isDone && !$0.isCancelled })
    await pool.shutdown(cancelFutures: true)
    expectNothingLeft(pool)
  }
}
