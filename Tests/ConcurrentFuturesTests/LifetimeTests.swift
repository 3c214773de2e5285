import ConcurrentFutures
import TestSupport
import Testing

/// What is let go, and when.
@Suite("Lifetimes", .timeLimit(.minutes(5)))
struct LifetimeTests {
  private typealias Tracked = LifetimeProbe.Tracked

  @Test("C-12 a task's captures are freed after it ran, though pool and future live (GC-02)")
  func capturesAfterRun() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let future = try pool.submit { [tracked = probe.make()] in tracked.touch() }
      try future.soon()
      try probe.waitUntilLiving(0)
      #expect(future.isDone)
      try end(pool)
    }
  }

  @Test("SU-13 cancel frees the captures at once, though the future stays queued")
  func capturesOnCancel() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let blockade = try Blockade(pool)
      let future = try pool.submit { [tracked = probe.make()] in tracked.touch() }
      #expect(probe.living == 1)
      #expect(future.cancel())
      #expect(probe.living == 0)
      #expect(pool.statistics.queued == 1)
      blockade.lift()
      try end(pool)
    }
  }

  @Test("SD-05 shutdown with cancelFutures frees the captures before it waits")
  func capturesOnShutdown() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let blockade = try Blockade(pool)
      let futures = try (0..<10).map { _ in
        try pool.submit { [tracked = probe.make()] in tracked.touch() }
      }
      pool.shutdown(wait: false, cancelFutures: true)
      #expect(probe.living == 0 && futures.allSatisfy { $0.isCancelled })
      blockade.lift()
      try end(pool)
    }
  }

  @Test("IN-05 a pool that breaks frees the captures of what was queued")
  func capturesOnBreakdown() async throws {
    try await onThread {
      let (gate, probe) = (Gate(), LifetimeProbe())
      let pool = try ThreadPoolExecutor(maxWorkers: 1) {
        try gate.wait()
        throw Boom()
      }
      let future = try pool.submit { [tracked = probe.make()] in tracked.touch() }
      gate.open()
      #expect(try future.errorSoon() is BrokenThreadPoolError)
      #expect(probe.living == 0)
      try end(pool)
    }
  }

  @Test("SU-04 what is refused is not kept")
  func capturesOfRefused() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      pool.shutdown(wait: true)
      #expect(throws: ShutdownError()) {
        try pool.submit { [tracked = probe.make()] in tracked.touch() }
      }
      #expect(probe.living == 0)
    }
  }

  @Test("GC-05 an idle worker keeps nothing of its last task: not its value, not its future")
  func idleWorker() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      for _ in 0..<10 { _ = try pool.submit { probe.make() }.soon() }
      try probe.waitUntilLiving(0)
      _ = try pool.submit { probe.make() }
      try eventually("the worker to be idle") { pool.statistics.idleThreads == 1 }
      try probe.waitUntilLiving(0)
      #expect(pool.statistics.livingThreads == 1)
      try end(pool)
    }
  }

  @Test("GC-02 value and error live as long as the future")
  func outcome() async throws {
    struct Failure: Error { let tracked: Tracked }
    try await onThread {
      let probe = LifetimeProbe()
      var futures: [AnyFuture] = []
      try withThreadPool(maxWorkers: 1) { pool in
        futures.append(try pool.submit { probe.make() })
        futures.append(try pool.submit { throw Failure(tracked: probe.make()) } as Future<Int>)
      }
      #expect(probe.living == 2)
      futures.removeLast()
      #expect(probe.living == 1)
      futures.removeLast()
      #expect(probe.living == 0)
    }
  }

  @Test("C-29 map keeps no result that it has handed out (MA-20, GC-03)", arguments: [nil, 2])
  func mapResults(bufferSize: Int?) async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 2), LifetimeProbe())
      let results = try pool.map(0..<10, timeout: patience, bufferSize: bufferSize) { _ in
        probe.make()
      }
      if bufferSize == nil { try end(pool) }
      for taken in 1...10 {
        try results.next()?.get().touch()
        if bufferSize == nil { #expect(probe.living == 10 - taken) }
        #expect(probe.living <= bufferSize ?? 10)
      }
      #expect(results.next() == nil)
      try end(pool)
      try probe.waitUntilLiving(0)
    }
  }

  @Test("MA-15 dropped results free everything once it has run")
  func droppedMap() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 2), LifetimeProbe())
      let tracked = (0..<10).map { _ in probe.make() }
      _ = try pool.map(tracked) { $0 }
      try end(pool)
      #expect(probe.living == tracked.count)
    }
  }

  @Test("C-60 asCompleted keeps no future that it has handed out (AC-12)")
  func yieldedFutures() async throws {
    try await onThread {
      let probe = LifetimeProbe()
      var futures = try (0..<8).map { _ in
        let promise = Promise<Tracked>()
        try promise.setResult(probe.make())
        return promise.future
      }
      let sequence = asCompleted(futures, timeout: patience)
      futures = []
      var iterator = sequence.makeIterator()
      for remaining in (0..<8).reversed() {
        _ = iterator.next()
        #expect(probe.living == remaining)
      }
    }
  }

  @Test("GC-01 a pool and its initializer go when its threads have ended")
  func wholePool() async throws {
    try await onThread {
      let probe = LifetimeProbe()
      var pool: ThreadPoolExecutor? = try ThreadPoolExecutor(maxWorkers: 3) {
        [tracked = probe.make()] in tracked.touch()
      }
      for _ in 0..<10 { _ = try pool?.submit { [tracked = probe.make()] in tracked.touch() } }
      pool = nil
      try probe.waitUntilLiving(0)
    }
  }
}
