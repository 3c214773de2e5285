import ConcurrentFutures
import TestSupport
import Testing

/// `withThreadPool` in a task.
@Suite("withThreadPool, async", .timeLimit(.minutes(5)))
struct ScopeAsyncTests {
  @Test("C-65 the scope ends after the last task, with no thread left (CM-01)")
  func ends() async throws {
    let escaped = OrderLog<ThreadPoolExecutor>()
    let futures = try await withThreadPool(maxWorkers: 3) { pool in
      escaped.append(pool)
      let first = try pool.submit { 1 }
      #expect(try await first.value == 1)
      return try (0..<20).map { index in try pool.submit { index } }
    }
    #expect(futures.allSatisfy { $0.isDone && !$0.isCancelled })
    expectNothingLeft(escaped.entries[0])
  }

  @Test("CM-02 an error: what is queued is cancelled, what runs is waited for, the error comes out")
  func throwing() async throws {
    let (gate, futures) = (Gate(), OrderLog<Future<Void>>())
    await #expect(throws: Boom("body")) {
      try await withThreadPool(maxWorkers: 1) { pool in
        for _ in 0..<3 { futures.append(try pool.submit { try gate.wait() }) }
        try await onThread { try gate.waitForArrivals(1) }
        futures.entries[2].addDoneCallback { _ in gate.open() }
        throw Boom("body")
      }
    }
    #expect(futures.entries.map(\.isCancelled) == [false, true, true])
    #expect(futures.entries.allSatisfy { $0.isDone })
  }

  @Test("XT-07 a cancelled task: the scope still ends, what it awaited is cancelled")
  func cancelledTask() async throws {
    let gate = Gate()
    let futures = OrderLog<Future<Void>>()
    let task = Task {
      try await withThreadPool(maxWorkers: 1) { pool in
        for _ in 0..<3 { futures.append(try pool.submit { try gate.wait() }) }
        try await futures.entries[1].value
      }
    }
    try await onThread {
      try gate.waitForArrivals(1)
      try futures.wait(for: 3)
    }
    task.cancel()
    gate.open()
    await #expect(throws: CancelledError()) { try await task.value }
    #expect(futures.entries.allSatisfy { $0.isDone })
    #expect(futures.entries[0].isCancelled == false && futures.entries[1].isCancelled)
  }

  @Test("the body keeps the caller's isolation")
  @MainActor
  func isolation() async throws {
    var count = 0
    try await withThreadPool(maxWorkers: 1) { pool in
      MainActor.assertIsolated()
      count += try await pool.submit { 1 }.value
    }
    #expect(count == 1)
  }

  @Test("EX-02 a bad number of workers comes out")
  func badArguments() async throws {
    await #expect(throws: ValueError.self) {
      try await withThreadPool(maxWorkers: -1) { _ in await Task.yield() }
    }
  }
}
