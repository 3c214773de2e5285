import TestSupport
import Testing

@testable import ConcurrentFutures

/// Random walks over the pool's machine, with workers and threads that are held up anywhere.
@Suite("ThreadPoolState, random walks")
struct ThreadPoolStateWalkTests {
  struct Walk: Sendable, CustomTestStringConvertible {
    let seed: UInt64
    let limit: Int
    var mayRefuse = false
    var isResized = false
    var testDescription: String {
      "seed \(seed), limit \(limit)\(mayRefuse ? ", threads may be refused" : "")"
        + (isResized ? ", resized" : "")
    }
  }

  /// One random event.
  private func step(
    _ pool: PoolSimulation, _ random: inout SeededGenerator, closing: Int, isResized: Bool
  ) {
    if isResized, random.oneIn(30) { return pool.resize(to: 1 + random.below(9)) }
    switch random.below(100) {
    case 0..<30: pool.submit(refused: pool.mayRefuse && random.oneIn(3))
    case 30..<40 where pool.owedStarts > 0:
      pool.performStart(refused: pool.mayRefuse && random.oneIn(3))
    case 40..<50 where pool.owedTickets > 0: pool.performTicket()
    case 50 where random.oneIn(closing): pool.close(drain: random.oneIn(2))
    case 51 where random.oneIn(closing) && pool.owedStarts > 0: pool.breakDown()
    default:
      guard !pool.roles.isEmpty else { return }
      _ = pool.step(random.below(pool.roles.count), &random)
    }
  }

  /// Closes the pool and lets everybody go on until nothing happens any more.
  private func finish(_ pool: PoolSimulation, _ random: inout SeededGenerator) {
    pool.close(drain: false)
    var isMoving = true
    while isMoving {
      isMoving = false
      while pool.owedStarts > 0 { pool.performStart(refused: false) }
      while pool.owedTickets > 0 { pool.performTicket() }
      for worker in pool.roles.indices where pool.step(worker, &random) { isMoving = true }
    }
  }

  /// Lives of pools until so many steps are made; the first fault, if there is one.
  private func walk(_ walk: Walk, steps: Int) -> String? {
    var random = SeededGenerator(seed: walk.seed)
    var remaining = steps
    while remaining > 0 {
      let pool = PoolSimulation(limit: walk.limit, mayRefuse: walk.mayRefuse)
      let length = 1 + random.below(400)
      for _ in 0..<length {
        step(pool, &random, closing: 20, isResized: walk.isResized)
        if let fault = pool.fault { return fault }
      }
      remaining -= length
      finish(pool, &random)
      if let fault = pool.fault { return "at the end: \(fault)" }
      if pool.state.threads != 0 { return "\(pool.state.threads) threads left" }
      if pool.enqueued != pool.ran + pool.drained { return "items were lost" }
    }
    return nil
  }

  static let walks =
    [1, 2, 3, 8, 2047].map { Walk(seed: UInt64($0), limit: $0) }
    + [2, 8].map { Walk(seed: UInt64($0) + 100, limit: $0, mayRefuse: true) }
    + [2, 8].map { Walk(seed: UInt64($0) + 200, limit: $0, isResized: true) }
    + [3].map { Walk(seed: UInt64($0) + 300, limit: $0, mayRefuse: true, isResized: true) }

  @Test("TH-11 the counts are exact and both rules hold after every event", arguments: walks)
  func rulesHold(_ walk: Walk) async throws {
    let steps = TestEnvironment.rounds(100_000)
    let fault = try await onThread { self.walk(walk, steps: steps) }
    #expect(fault == nil)
  }
}
