import ConcurrentFutures
import TestSupport
import Testing

/// Tasks that can only end together: each needs its own worker, so one lost wake-up or one thread too few is a
/// hang, which a timeout turns into a failure (TH-11).
@Suite("Together", .serialized, .timeLimit(.minutes(5)))
struct TogetherTests {
  @Test("TH-11 as many tasks as workers meet, many times, on a warm pool", arguments: [2, 3, 8])
  func meeting(workers: Int) async throws {
    let rounds = TestEnvironment.rounds(workers == 8 ? 1500 : 4000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: workers)
      for _ in 0..<rounds {
        let meeting = Rendezvous(of: workers)
        let futures = try (0..<workers).map { _ in try pool.submit { try meeting.meet() } }
        for future in futures { try future.soon() }
      }
      #expect(pool.statistics.startedThreads == workers)
      try end(pool)
    }
  }

  @Test("TH-11 the same in fresh pools", arguments: [2, 3, 8])
  func freshMeeting(workers: Int) async throws {
    let rounds = TestEnvironment.rounds(300)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: workers)
        let meeting = Rendezvous(of: workers)
        let futures = try (0..<workers).map { _ in try pool.submit { try meeting.meet() } }
        for future in futures { try future.soon() }
        try end(pool)
      }
    }
  }

  @Test("TH-11 submitted by several threads at once")
  func severalSubmitters() async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 4)
      for _ in 0..<rounds {
        let (meeting, futures) = (Rendezvous(of: 4), OrderLog<Future<Void>>())
        for _ in 0..<2 {
          startThread {
            for _ in 0..<2 { (try? pool.submit { try meeting.meet() }).map(futures.append) }
          }
        }
        for future in try futures.wait(for: 4) { try future.soon() }
      }
      try end(pool)
    }
  }

  /// Task after task submits the next one and waits for it: as deep as there are workers.
  private static func chain(_ pool: ThreadPoolExecutor, _ depth: Int) throws -> Int {
    if depth == 0 { return 0 }
    return try pool.submit { try chain(pool, depth - 1) }.soon() + 1
  }

  @Test(
    "SU-09 a chain of tasks, each waiting for the next, as deep as the pool", arguments: [2, 8])
  func chains(workers: Int) async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: workers)
      for _ in 0..<rounds {
        let depth = try Self.chain(pool, workers)
        if depth != workers { Issue.record("depth \(depth)") }
      }
      try end(pool)
    }
  }

  @Test("TH-11 callbacks that wait for the next task: a worker that stood by steps back")
  func callbacks() async throws {
    let rounds = TestEnvironment.rounds(2000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 2)
      for _ in 0..<rounds {
        let (start, next, done) = (Gate(), Gate(), Gate())
        let future = try pool.submit { try start.wait() }
        future.addDoneCallback { _ in
          try next.wait()
          done.open()
        }
        start.open()
        try future.soon()
        _ = try pool.submit { next.open() }
        try done.wait()
      }
      try end(pool)
    }
  }
}
