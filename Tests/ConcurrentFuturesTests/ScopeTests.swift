import ConcurrentFutures
import TestSupport
import Testing

/// `withThreadPool` on a thread.
@Suite("withThreadPool", .timeLimit(.minutes(5)))
struct ScopeTests {
  @Test("C-65 the scope ends after the last task, with no thread left (CM-01)")
  func ends() async throws {
    try await onThread {
      let escaped = OrderLog<ThreadPoolExecutor>()
      let futures = try withThreadPool(maxWorkers: 5) { pool in
        escaped.append(pool)
        let values = try pool.map(-5..<5, timeout: patience, abs).values()
        #expect(values == [5, 4, 3, 2, 1, 0, 1, 2, 3, 4])
        return try (0..<20).map { index in try pool.submit { index } }
      }
      #expect(futures.allSatisfy { $0.isDone && !$0.isCancelled })
      expectNothingLeft(escaped.entries[0])
      #expect(throws: ShutdownError()) { try escaped.entries[0].submit {} }  // CM-04
    }
  }

  @Test("CM-02 an error: what is queued is cancelled, what runs is waited for, the error comes out")
  func throwing() async throws {
    try await onThread {
      let (gate, futures) = (Gate(), OrderLog<Future<Void>>())
      #expect(throws: Boom("body")) {
        try withThreadPool(maxWorkers: 1) { pool in
          for _ in 0..<3 { futures.append(try pool.submit { try gate.wait() }) }
          try gate.waitForArrivals(1)
          futures.entries[2].addDoneCallback { _ in gate.open() }
          throw Boom("body")
        }
      }
      #expect(futures.entries.map(\.isCancelled) == [false, true, true])
      #expect(futures.entries.allSatisfy { $0.isDone })
    }
  }

  @Test("CM-03 an explicit shutdown inside is fine")
  func explicitShutdown() async throws {
    try await onThread {
      let value = try withThreadPool(maxWorkers: 1) { pool in
        let future = try pool.submit { 1 }
        pool.shutdown(wait: true)
        return try future.soon()
      }
      #expect(value == 1)
    }
  }

  @Test("EX-02 a bad number of workers comes out, the body does not run")
  func badArguments() async throws {
    try await onThread {
      let log = OrderLog<Int>()
      #expect(throws: ValueError.self) { try withThreadPool(maxWorkers: 0) { _ in log.append(1) } }
      #expect(log.entries.isEmpty)
    }
  }

  @Test("the arguments reach the pool")
  func arguments() async throws {
    try await onThread {
      let log = OrderLog<String?>()
      try withThreadPool(
        maxWorkers: 1, threadNamePrefix: "scope",
        initializer: { log.append(ThreadPoolExecutor.currentWorkerName) }
      ) { pool in
        #expect(pool.maxWorkers == 1)
        _ = try pool.submit {}.soon()
      }
      #expect(log.entries == ["scope_0"])
    }
  }

  @Test("IN-09 a scope whose initializer fails ends")
  func broken() async throws {
    try await onThread {
      let log = OrderLog<(any Error)?>()
      try withThreadPool(maxWorkers: 1, initializer: { throw Boom() }) { pool in
        log.append(try? pool.submit { 1 }.errorSoon())
      }
      #expect(log.entries[0] is BrokenThreadPoolError?)
    }
  }
}
