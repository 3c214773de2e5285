import ConcurrentFutures
import TestSupport
import Testing

/// Shuts an executor down and waits for its end, which must come.
///
/// The counts of a thread pool must then all have come back to zero.
func end(
  _ executor: any Executor, cancelFutures: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try inTime("shutdown") { executor.shutdown(wait: true, cancelFutures: cancelFutures) }
  guard let pool = executor as? ThreadPoolExecutor else { return }
  expectNothingLeft(pool, sourceLocation: sourceLocation)
}

/// Runs a test on a pool, which it then ends.
func withPool(
  _ workers: Int = 4, _ body: @escaping @Sendable (ThreadPoolExecutor) throws -> Void
) async throws {
  try await onThread {
    let pool = try ThreadPoolExecutor(maxWorkers: workers)
    try body(pool)
    try end(pool)
  }
}

/// Expects that every worker has ended and that every count is zero: the accounting was exact.
func expectNothingLeft(
  _ pool: ThreadPoolExecutor, sourceLocation: SourceLocation = #_sourceLocation
) {
  let statistics = pool.statistics
  #expect(statistics.isShutDown, sourceLocation: sourceLocation)
  #expect(statistics.livingThreads == 0, sourceLocation: sourceLocation)
  #expect(statistics.idleThreads == 0, sourceLocation: sourceLocation)
  #expect(statistics.queued == 0, sourceLocation: sourceLocation)
  #expect(pool.workerNames.isEmpty, sourceLocation: sourceLocation)
}

extension Future {
  /// The result, which must come.
  func soon() throws -> Value { try result(timeout: patience) }

  /// The task's error, which must come.
  func errorSoon() throws -> (any Error)? { try exception(timeout: patience) }
}
