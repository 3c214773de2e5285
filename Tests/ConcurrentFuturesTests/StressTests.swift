import ConcurrentFutures
import TestSupport
import Testing

/// Everything at once, from a seed: threads that submit, cancel, wait, add callbacks, await and shut down in
/// every way, with initializers that fail.
///
/// `POOLSH_STRESS_SECONDS` lengthens it.
@Suite("Stress", .serialized)
struct StressTests {
  /// One pool's life, up to the point where every future must end.
  private func live(_ random: inout SeededGenerator) throws -> StressLife {
    let life = try StressLife(&random)
    let done = Rendezvous(of: 5)
    for _ in 0..<4 {
      var own = SeededGenerator(seed: random.next())
      let actions = 1 + random.below(150)
      startThread { [own] in
        var random = own
        for _ in 0..<actions { life.act(&random) }
        try? done.meet(timeout: .seconds(120))
      }
      _ = own.next()
    }
    try done.meet(timeout: .seconds(120))
    try life.close(random.below(3))
    return life
  }

  /// Every accepted future has ended, as one of three; every callback ran once.
  private func check(_ life: StressLife) throws {
    let futures = life.accepted.withLock { $0 }
    let (done, notDone) = wait(for: futures, timeout: patience)
    #expect(done.count == futures.count && notDone.isEmpty)
    let cancelled = futures.count { $0.isCancelled }
    let broken = try futures.count {
      try !$0.isCancelled && $0.exception(timeout: .zero) is BrokenThreadPoolError
    }
    try eventually("every callback to run") {
      life.books.withLock { $0.callbacksRun >= $0.callbacksAdded }
    }
    let books = life.books.withLock { $0 }
    #expect(books.ran + cancelled + broken == futures.count)
    #expect(books.callbacksRun == books.callbacksAdded && books.callbacksRunTwice == 0)
  }

  @Test("SU-07, SD-16: the books balance, nothing is left", arguments: [1, 2, 3, 4] as [UInt64])
  func stress(seed: UInt64) async throws {
    CapturedLog.start()
    var random = SeededGenerator(seed: seed)
    let limit = ContinuousClock.now + .seconds(TestEnvironment.stressSeconds ?? 0)
    var lives = TestEnvironment.rounds(250, sanitized: 25)
    while lives > 0 || ContinuousClock.now < limit {
      lives -= 1
      let own = random.next()
      let life = try await onThread {
        var random = SeededGenerator(seed: own)
        let life = try live(&random)
        try check(life)
        return life
      }
      for task in life.tasks.entries { await task.value }
      life.accepted.withLock { $0 = [] }
      try await onThread { try life.probe.waitUntilLiving(0) }
    }
  }
}
