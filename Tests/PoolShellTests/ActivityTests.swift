import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// Who stands still on the workers.
@Suite("Activity", .timeLimit(.minutes(5)))
struct ActivityTests {
  /// On a busy machine it took a task so long to go on that the session gave up waiting for what the task was about
  /// to do.
  @Test("a task at a gate that was opened does not stand still, however long it takes to go on")
  func openedGate() async throws {
    try await onThread {
      let executor = try ThreadPoolExecutor(maxWorkers: 1)
      let pool = PoolRecord(
        name: "a", executor: executor, workerVariables: WorkerVariables())
      let (activity, slow, isClosed) = (Activity(), Gate(), Guarded(true))
      let task = try executor.submit {
        let token = activity.begin(in: pool)
        defer { activity.end(token) }
        try activity.atGate(token, while: { isClosed.withLock { $0 } }) { try slow.wait() }
      }
      try slow.waitForArrivals(1)
      #expect(activity.isStuckAtGates(in: [pool], pending: []))
      isClosed.withLock { $0 = false }
      #expect(!activity.isStuckAtGates(in: [pool], pending: []))
      slow.open()
      try task.result()
      executor.shutdown()
    }
  }
}
