import ConcurrentFutures
import TestSupport
import Testing

/// Exactly as many threads as are needed, no more and no fewer.
@Suite("Thread counts", .timeLimit(.minutes(5)))
struct ThreadCountTests {
  @Test("C-05 saturation: 60 gated tasks on 4 workers start exactly 4 threads (TH-01)")
  func saturation() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 4)
      let gate = Gate()
      let futures = try (0..<60).map { _ in try pool.submit { try gate.wait() } }
      try gate.waitForArrivals(4)
      let statistics = pool.statistics
      #expect((statistics.startedThreads, statistics.livingThreads) == (4, 4))
      #expect((statistics.idleThreads, statistics.queued) == (0, 56))
      gate.open()
      try end(pool)
      #expect(futures.allSatisfy { $0.isDone && !$0.isCancelled })
      #expect(pool.statistics.startedThreads == 4)
    }
  }

  @Test("C-06 30,000 times submit and result on a pool of 5 use one thread (TH-02)")
  func reuse() async throws {
    let rounds = TestEnvironment.rounds(30_000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 5)
      for index in 0..<rounds {
        let value = try pool.submit { index }.result(timeout: patience)
        if value != index { Issue.record("\(value), not \(index)") }
      }
      #expect(pool.statistics.startedThreads == 1)
      try end(pool)
    }
  }

  @Test("C-06 the same, waiting in other ways", arguments: 0..<4)
  func reuseOtherWaits(way: Int) async throws {
    let rounds = TestEnvironment.rounds(2000)
    let pool = try ThreadPoolExecutor(maxWorkers: 5)
    for index in 0..<rounds {
      let future = try pool.submit { index }
      switch way {
      case 0: _ = try await future.value
      case 1: for await _ in asCompleted([future]) {}
      default:
        try await onThread {
          if way == 2 {
            _ = wait(for: [future], timeout: patience)
          } else {
            for _ in asCompleted([future], timeout: patience) {}
          }
        }
      }
    }
    #expect(pool.statistics.startedThreads == 1)
    await pool.shutdown()
  }

  @Test("C-07 3 blocked tasks on a pool of 5: exactly 3 threads, in many fresh pools (TH-03)")
  func blocked() async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      var wrong = 0
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 5)
        let gate = Gate()
        for _ in 0..<3 { _ = try pool.submit { try gate.wait() } }
        try gate.waitForArrivals(3)
        gate.open()
        try end(pool)
        if pool.statistics.startedThreads != 3 { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }

  @Test("SU-09, TH-11 a task that submits and waits gets its second thread, each time")
  func nested() async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 2)
        _ = try pool.submit {}.soon()
        try pool.submit { try pool.submit {}.soon() }.soon()
        try end(pool)
        #expect(pool.statistics.startedThreads <= 2)
      }
    }
  }

  @Test("TH-11 shutting down starts no thread that submitting did not")
  func closingStartsNobody() async throws {
    let rounds = TestEnvironment.rounds(500)
    try await onThread {
      var wrong = 0
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 8)
        let meeting = Rendezvous(of: 4)
        let futures = try (0..<4).map { _ in try pool.submit { try meeting.meet() } }
        for future in futures { try future.soon() }
        try eventually("all to be idle") { pool.statistics.idleThreads == 4 }
        for _ in 0..<4 { _ = try pool.submit {} }
        try end(pool)
        if pool.statistics.startedThreads != 4 { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }

  @Test("TH-04, TH-10 threads stay until shutdown, and stay counted as started after it")
  func staying() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 3, threadNamePrefix: "staying")
      let blockade = try Blockade(pool)
      #expect(pool.workerNames == ["staying_0", "staying_1", "staying_2"])
      blockade.lift()
      for future in blockade.futures { try future.soon() }
      #expect(pool.statistics.livingThreads == 3)
      try end(pool)
      #expect(pool.statistics.startedThreads == 3)
    }
  }
}
