import TestSupport
import Testing

@testable import ConcurrentFutures

/// Threads that sleep in `result` and `exception` while the future ends.
@Suite("Future, waiting for it", .timeLimit(.minutes(5)))
struct FutureWaitingTests {
  @Test("C-42 result of a future that succeeds later (FU-08)")
  func lateSuccess() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let answer = try Asking(promise.future) { try promise.future.result(timeout: patience) }
      try promise.setResult(42)
      #expect(try answer.get() == 42)
    }
  }

  @Test("C-43 result of a future that is cancelled later: told at once, by no worker (FU-14)")
  func lateCancel() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let answer = try Asking(promise.future) { try promise.future.result(timeout: patience) }
      #expect(promise.future.cancel())
      #expect(throws: CancelledError()) { try answer.get() }
    }
  }

  @Test("C-44 exception of a future that fails later (FU-09)")
  func lateFailure() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let answer = try Asking(promise.future) { try promise.future.exception(timeout: patience) }
      try promise.setException(Boom("late"))
      #expect(try answer.get() as? Boom == Boom("late"))
    }
  }

  @Test("FU-13 any number of threads may wait, all are told")
  func manyWaiters() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let answers = try (0..<16).map { index in
        try Asking(promise.future) {
          if index.isMultiple(of: 2) { return try promise.future.result(timeout: patience) }
          return try promise.future.exception(timeout: patience) == nil ? -1 : -2
        }
      }
      try promise.setResult(7)
      #expect(try answers.map { try $0.get() } == (0..<16).map { $0.isMultiple(of: 2) ? 7 : -1 })
    }
  }

  @Test("FU-12 a wait that timed out changes nothing and leaves nothing behind")
  func timedOut() async throws {
    try await onThread {
      let promise = Promise<Int>()
      for _ in 0..<3 {
        #expect(throws: TimeoutError()) { try promise.future.result(timeout: .milliseconds(1)) }
        #expect(!promise.future.hasRegistrations)
      }
      try promise.setResult(5)
      #expect(try promise.future.result(timeout: .zero) == 5)
    }
  }

  @Test("FU-06 a task that cancels its own future gets false")
  func cancelFromInside() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let own = Guarded<Future<Bool>?>(nil)
      let blockade = try Blockade(pool)
      let future = try pool.submit { own.withLock { $0 }.map { $0.cancel() } ?? true }
      own.withLock { $0 = future }
      blockade.lift()
      #expect(try !future.soon())
      own.withLock { $0 = nil }
      try end(pool)
    }
  }

  @Test("FU-24, SD-15 futures stay usable after their pool was shut down and released")
  func afterThePool() async throws {
    try await onThread {
      var pool: ThreadPoolExecutor? = try ThreadPoolExecutor(maxWorkers: 1)
      let succeeded = try pool?.submit { 1 }
      let failed = try pool?.submit { throw Boom() } as Future<Int>?
      if let pool { try end(pool) }
      pool = nil
      #expect(try succeeded?.result(timeout: .zero) == 1)
      #expect(try failed?.exception(timeout: .zero) as? Boom == Boom())
      #expect(succeeded?.cancel() == false)
      let (done, notDone) = wait(for: [succeeded, failed].compactMap(\.self), timeout: .zero)
      #expect(done.count == 2 && notDone.isEmpty)
    }
  }

  @Test("FU-05 cancel and start decide once: the task runs or is cancelled, never both or neither")
  func cancelRace() async throws {
    let rounds = TestEnvironment.rounds(5000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 2)
      var faults = 0
      for _ in 0..<rounds {
        let hasRun = Guarded(false)
        let future = try pool.submit { hasRun.withLock { $0 = true } }
        let isCancelled = future.cancel()
        _ = wait(for: [future], timeout: patience)
        if future.isCancelled != isCancelled || hasRun.withLock({ $0 }) == isCancelled {
          faults += 1
        }
      }
      #expect(faults == 0)
      try end(pool)
    }
  }
}
