import ConcurrentFutures
import TestSupport
import Testing

/// Initializers: when they run, and that a pool whose initializer fails is broken.
@Suite("Initializer", .timeLimit(.minutes(5)))
struct InitializerTests {
  @Test("C-10 each worker's tasks see what its initializer set (IN-02)")
  func setsUp() async throws {
    try await onThread {
      let set = Guarded<[String: Int]>([:])
      let pool = try ThreadPoolExecutor(maxWorkers: 2) {
        set.withLock { $0[ThreadPoolExecutor.currentWorkerName ?? ""] = 7 }
      }
      let meeting = Rendezvous(of: 2)
      let results = try pool.map(0..<2, timeout: patience) { _ in
        try meeting.meet()
        return set.withLock { $0[ThreadPoolExecutor.currentWorkerName ?? "none"] }
      }
      #expect(try results.values() == [7, 7])
      try end(pool)
    }
  }

  @Test("IN-01 once per thread, on it, before its first task; not before a submit")
  func oncePerThread() async throws {
    try await onThread {
      let log = OrderLog<String>()
      let pool = try ThreadPoolExecutor(maxWorkers: 3, threadNamePrefix: "in01") {
        log.append("init \(ThreadPoolExecutor.currentWorkerName ?? "")")
      }
      let blockade = try Blockade(pool)
      #expect(log.entries.sorted() == ["init in01_0", "init in01_1", "init in01_2"])
      blockade.lift()
      for index in 0..<20 { _ = try pool.submit { index }.soon() }
      #expect(log.count == 3)
      try end(pool)
    }
  }

  @Test("C-11 a failing initializer breaks the pool (IN-03, IN-04, IN-07)")
  func failing() async throws {
    CapturedLog.start()
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 2) { throw Boom("error in initializer C-11") }
      #expect(try pool.submit { 1 }.errorSoon() is BrokenThreadPoolError)
      try eventually("the pool to be broken") { pool.statistics.isBroken }
      #expect(throws: BrokenThreadPoolError()) { try pool.submit { 1 } }
      let lines = CapturedLog.lines(containing: "error in initializer C-11")
      #expect((1...2).contains(lines.count))
      #expect(lines[0] == "critical: Exception in initializer: error in initializer C-11")
      try end(pool)
    }
  }

  @Test("IN-10 the first submit succeeds, however fast the initializer fails; its future fails")
  func firstSubmit() async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 2) { throw Boom() }
        let first = try pool.submit { 1 }
        let second = try? pool.submit { 2 }
        #expect(try first.errorSoon() is BrokenThreadPoolError)
        #expect(try second?.errorSoon() is BrokenThreadPoolError?)
        try end(pool)
      }
    }
  }

  @Test("SU-07 an initializer may submit to its own pool, and shut it down")
  func reentrant() async throws {
    try await onThread {
      let own = Guarded<ThreadPoolExecutor?>(nil)
      let inner = OrderLog<Future<Int>>()
      let pool = try ThreadPoolExecutor(maxWorkers: 1) {
        guard let pool = own.withLock({ $0 }) else { throw Boom() }
        inner.append(try pool.submit { 2 })
        pool.shutdown(wait: true)
      }
      own.withLock { $0 = pool }
      #expect(try pool.submit { 1 }.soon() == 1)
      #expect(try inner.entries[0].soon() == 2)
      try end(pool)
      own.withLock { $0 = nil }
    }
  }
}
