@testable import ConcurrentFutures
import TestSupport
import Testing

/// Making pools, submitting from everywhere, and looking at pools.
@Suite("ThreadPoolExecutor", .timeLimit(.minutes(5)))
struct ThreadPoolExecutorTests {
  @Test("C-03 maxWorkers must be greater than 0 (EX-02)", arguments: [0, -1, .min])
  func tooFewWorkers(maxWorkers: Int) {
    let error = #expect(throws: ValueError.self) { try ThreadPoolExecutor(maxWorkers: maxWorkers) }
    #expect(error?.description == "max_workers must be greater than 0")
  }

  @Test("EX-02 maxWorkers is at most 2,047", arguments: [2048, .max])
  func tooManyWorkers(maxWorkers: Int) throws {
    let error = #expect(throws: ValueError.self) { try ThreadPoolExecutor(maxWorkers: maxWorkers) }
    #expect(error?.description == "max_workers must be at most 2047")
    #expect(try ThreadPoolExecutor(maxWorkers: 2047).maxWorkers == 2047)
  }

  @Test("C-04 the default is min(32, usable processors + 4) (EX-01)")
  func defaultWorkers() throws {
    let expected = min(32, Processor.usableCount + 4)
    #expect((5...32).contains(expected))
    #expect(ThreadPoolExecutor.defaultMaxWorkers == expected)
    #expect(ThreadPoolExecutor().maxWorkers == expected)
    #expect(try ThreadPoolExecutor(maxWorkers: nil).maxWorkers == expected)
  }

  @Test("EX-08 making a pool starts no thread and runs no initializer")
  func lazy() throws {
    let log = OrderLog<String>()
    let pool = try ThreadPoolExecutor(maxWorkers: 3, initializer: { log.append("initializer") })
    #expect(
      pool.statistics
        == ThreadPoolExecutor.Statistics(
          startedThreads: 0, livingThreads: 0, idleThreads: 0, queued: 0, isShutDown: false,
          isBroken: false))
    #expect(pool.workerNames.isEmpty && log.entries.isEmpty)
  }

  @Test("SU-07 twenty threads submit a hundred tasks each")
  func fromManyThreads() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 4)
      let futures = OrderLog<Future<Int>>()
      for _ in 0..<20 {
        startThread {
          for index in 0..<100 { (try? pool.submit { index }).map(futures.append) }
        }
      }
      let all = try futures.wait(for: 2000)
      #expect(try all.reduce(0) { try $0 + $1.soon() } == 20 * 4950)
      try end(pool)
    }
  }

  @Test("SU-08 the queue has no bound: submit never waits")
  func unbounded() async throws {
    let count = TestEnvironment.rounds(20_000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let blockade = try Blockade(pool)
      let futures = try (0..<count).map { index in try pool.submit { index } }
      #expect(pool.statistics.queued == count)
      blockade.lift()
      let (done, notDone) = wait(for: futures, timeout: patience)
      #expect(done.count == count && notDone.isEmpty)
      try end(pool)
    }
  }

  @Test("SU-09 a task may submit to its own pool and wait, while a worker is free")
  func nested() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 3)
      let future = try pool.submit {
        let inner = try pool.submit { try pool.submit { 1 }.soon() + 1 }
        return try inner.soon() + 1
      }
      #expect(try future.soon() == 3)
      try end(pool)
    }
  }

  @Test("SU-10 a task that submits after shutdown fails with the shutdown's error")
  func nestedAfterShutdown() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let gate = Gate()
      let future = try pool.submit {
        try gate.wait()
        return try pool.submit { 1 }
      }
      pool.shutdown(wait: false)
      gate.open()
      #expect(throws: ShutdownError()) { try future.soon() }
      try end(pool)
    }
  }

  @Test("SU-12 a failure that nobody reads is silent")
  func silentFailure() async throws {
    CapturedLog.start()
    try await onThread {
      try withThreadPool(maxWorkers: 1) { pool in
        _ = try pool.submit { throw Boom("unread SU-12") } as Future<Int>
      }
    }
    #expect(CapturedLog.lines(containing: "unread SU-12").isEmpty)
  }

  @TaskLocal static var traced = "default"

  @Test("TH-13 a task sees no task-local value of its submitter")
  func taskLocals() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let seen = try Self.$traced.withValue("submitter's") {
        try pool.submit { Self.traced }.soon()
      }
      #expect(seen == "default")
      try end(pool)
    }
  }

  @Test("FU-07 a cancelled future stays in the queue until a worker comes across it")
  func cancelledStays() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let blockade = try Blockade(pool)
      let futures = try (0..<3).map { index in try pool.submit { index } }
      futures[1].cancel()
      #expect(pool.statistics.queued == 3)
      blockade.lift()
      try end(pool)
      #expect(futures.map(\.isCancelled) == [false, true, false])
    }
  }

  @Test("the calling thread is a worker of the pool that runs the task, else of none")
  func currentWorker() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "mine")
      #expect(ThreadPoolExecutor.currentWorkerName == nil)
      #expect(try pool.submit { ThreadPoolExecutor.currentWorkerName }.soon() == "mine_0")
      #expect(pool.workerNames == ["mine_0"])
      try end(pool)
    }
  }
}
