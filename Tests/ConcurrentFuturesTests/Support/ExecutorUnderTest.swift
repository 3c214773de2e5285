import ConcurrentFutures
import TestSupport
import Testing

/// A kind of executor that the conformance tests are run against.
struct ExecutorUnderTest: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// How many tasks it runs at a time.
  let width: Int
  let make: @Sendable () throws -> any Executor

  static let all: [ExecutorUnderTest] =
    [1, 2, 8].map { width in
      ExecutorUnderTest(testDescription: "ThreadPoolExecutor, \(width) workers", width: width) {
        try ThreadPoolExecutor(maxWorkers: width)
      }
    } + [
      ExecutorUnderTest(testDescription: "thread per task, 2 at a time", width: 2) {
        ThreadPerTaskExecutor(width: 2)
      }
    ]

  /// Runs `body` with a new executor on a thread of its own, and shuts the executor down.
  func onThread(_ body: @escaping @Sendable (any Executor) throws -> Void) async throws {
    try await TestSupport.onThread {
      let executor = try make()
      do {
        try body(executor)
      } catch {
        executor.shutdown(wait: false, cancelFutures: true)
        throw error
      }
      try end(executor)
    }
  }
}
