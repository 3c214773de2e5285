import ConcurrentFutures
import TestSupport
import Testing

/// What a failed initializer does to the futures and the workers of its pool.
@Suite("Broken pools", .timeLimit(.minutes(5)))
struct BrokenPoolTests {
  @Test("IN-05, IN-11 all that is queued fails, past a cancelled one; nothing is left pending")
  func queued() async throws {
    try await onThread {
      let gate = Gate()
      let pool = try ThreadPoolExecutor(maxWorkers: 1) {
        try gate.wait()
        throw Boom()
      }
      let futures = try (0..<5).map { index in try pool.submit { index } }
      futures[1].cancel()
      gate.open()
      let (done, notDone) = wait(for: futures, timeout: patience)
      #expect(done.count == 5 && notDone.isEmpty)
      #expect(futures.map(\.isCancelled) == [false, true, false, false, false])
      for index in [0, 2, 3, 4] {
        #expect(throws: BrokenThreadPoolError()) { try futures[index].soon() }
      }
      try end(pool)
    }
  }

  /// A pool of two whose second worker's initializer fails, its first worker at a gate.
  private func halfBroken(_ gate: Gate) throws -> (ThreadPoolExecutor, Future<Int>) {
    let calls = Guarded(0)
    let pool = try ThreadPoolExecutor(maxWorkers: 2, threadNamePrefix: "half") {
      if calls.withLock({
        $0 += 1; return $0
      }) == 2 {
        throw Boom()
      }
    }
    let running = try pool.submit {
      try gate.wait()
      return 1
    }
    try gate.waitForArrivals(1)
    return (pool, running)
  }

  @Test("IN-06 tasks on healthy workers finish normally")
  func healthyWorkers() async throws {
    try await onThread {
      let gate = Gate()
      let (pool, running) = try halfBroken(gate)
      let futures = [try pool.submit { 2 }] + [try? pool.submit { 3 }].compactMap { $0 }
      for future in futures { #expect(throws: BrokenThreadPoolError()) { try future.soon() } }
      #expect(running.isRunning)
      gate.open()
      #expect(try running.soon() == 1)
      try end(pool)
    }
  }

  @Test("CB-04, IN-12 callbacks of what fails run on the failing worker and may call the pool")
  func callbacks() async throws {
    try await onThread {
      let (gate, start, log) = (Gate(), Gate(), OrderLog<String>())
      let pool = try ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "in12") {
        try start.wait()
        throw Boom()
      }
      try pool.submit {}.addDoneCallback { _ in
        do { _ = try pool.submit {} } catch { log.append("\(type(of: error))") }
        log.append(ThreadPoolExecutor.currentWorkerName ?? "none")
      }
      start.open()
      #expect(try log.wait(for: 2) == ["BrokenThreadPoolError", "in12_0"])
      gate.open()
      try end(pool)
    }
  }

  @Test("IN-07 map with something to do is refused too, with nothing it is not")
  func map() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1) { throw Boom() }
      _ = try pool.submit {}.errorSoon()
      try eventually("the pool to be broken") { pool.statistics.isBroken }
      #expect(throws: BrokenThreadPoolError()) { try pool.map([1]) { $0 } }
      #expect(try pool.map([Int]()) { $0 }.values().isEmpty)
      try end(pool)
    }
  }

  @Test(
    "IN-08, IN-09, SU-06 a broken pool that is shut down still says broken",
    arguments: [false, true])
  func brokenAndShutDown(cancelFutures: Bool) async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 2) { throw Boom() }
      _ = try pool.submit {}.errorSoon()
      try end(pool, cancelFutures: cancelFutures)
      #expect(throws: BrokenThreadPoolError()) { try pool.submit {} }
    }
  }

  @Test("IN-04 all initializers fail at once: every count comes back to zero")
  func allFail() async throws {
    let rounds = TestEnvironment.rounds(200)
    try await onThread {
      for _ in 0..<rounds {
        let meeting = Rendezvous(of: 4)
        let pool = try ThreadPoolExecutor(maxWorkers: 4) {
          try meeting.meet()
          throw Boom()
        }
        let futures = (0..<8).compactMap { index in try? pool.submit { index } }
        let (_, notDone) = wait(for: futures, timeout: patience)
        #expect(notDone.isEmpty)
        try end(pool)
      }
    }
  }
}
