import ConcurrentFutures
import TestSupport

/// Occupies every worker of an executor, so that what is submitted next stays queued.
struct Blockade: Sendable {
  private let gate = Gate()
  let futures: [Future<Void>]

  /// Returns when every worker is blocked.
  init(_ executor: any Executor, width: Int) throws {
    let gate = gate
    futures = try (0..<width).map { _ in try executor.submit { try gate.wait() } }
    try gate.waitForArrivals(width)
  }

  init(_ pool: ThreadPoolExecutor) throws { try self.init(pool, width: pool.maxWorkers) }

  /// Lets the workers go on.
  func lift() { gate.open() }
}
