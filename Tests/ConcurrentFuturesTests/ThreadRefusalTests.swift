import ConcurrentFutures
import Glibc
import TestSupport
import Testing

/// The operating system gives no thread, or not as many as are wanted (TH-12).
@Suite("Refused threads", .timeLimit(.minutes(5)))
struct ThreadRefusalTests {
  /// No system has room for such a stack, so no thread of this pool can start.
  private func poolWithoutThreads() throws -> ThreadPoolExecutor {
    try ThreadPoolExecutor(maxWorkers: 4, stackSize: 1 << 46)
  }

  @Test("TH-12 the first thread is refused: submit throws, nothing is queued, nothing is kept")
  func first() async throws {
    try await onThread {
      let (pool, probe) = (try poolWithoutThreads(), LifetimeProbe())
      for _ in 0..<3 {
        #expect(throws: ThreadStartError()) {
          try pool.submit { [tracked = probe.make()] in tracked.touch() }
        }
        #expect(pool.statistics.queued == 0 && pool.statistics.startedThreads == 0)
      }
      #expect(probe.living == 0)
      #expect(throws: ThreadStartError()) { try pool.map(0..<3) { $0 } }
      try end(pool)
      #expect(throws: ShutdownError()) { try pool.submit {} }
    }
  }

  @Test("TH-12 refused while others submit: nobody's task is left without a thread")
  func concurrently() async throws {
    let rounds = TestEnvironment.rounds(1000)
    try await onThread {
      var accepted = 0
      for _ in 0..<rounds {
        let (pool, count) = (try poolWithoutThreads(), Guarded(0))
        let (start, done) = (Rendezvous(of: 3), Rendezvous(of: 3))
        for _ in 0..<2 {
          startThread {
            try? start.meet()
            if (try? pool.submit {}) != nil { count.withLock { $0 += 1 } }
            try? done.meet()
          }
        }
        try start.meet()
        try done.meet()
        accepted += count.withLock { $0 } + pool.statistics.queued
      }
      #expect(accepted == 0)
    }
  }

  @Test(
    "a stack of any size is made possible or refused", arguments: [Int.min, 0, 1, 1 << 20, .max])
  func stackSizes(stackSize: Int) async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1, stackSize: stackSize)
      if stackSize == .max {
        #expect(throws: ThreadStartError()) { try pool.submit { 1 } }
      } else {
        #expect(try pool.submit { 1 }.soon() == 1)
      }
      try end(pool)
    }
  }

  @Test(
    "TH-12 later threads are refused: the pool goes on with those it has, and tries again",
    .disabled(if: TestEnvironment.isThreadSanitized, "the sanitizer needs the address space"))
  func later() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        let pool = try ThreadPoolExecutor(maxWorkers: 8, stackSize: 256 << 20)
        let unlimited = try AddressSpace.limit(to: AddressSpace.used() + 600 << 20)
        let gate = Gate()
        let futures = try (0..<8).map { _ in try pool.submit { try gate.wait() } }
        // While a worker tries to start another, that one is counted for a moment.
        try eventually("one or two threads") { (1...2).contains(pool.statistics.startedThreads) }
        gate.open()
        for future in futures { try future.soon() }
        _ = try AddressSpace.limit(to: unlimited)
        let meeting = Rendezvous(of: 8)
        for future in try (0..<8).map({ _ in try pool.submit { try meeting.meet() } }) {
          try future.soon()
        }
        try #require(Set(pool.workerNames).count == 8 && pool.statistics.livingThreads == 8)
        try end(pool)
      }
    }
  }
}
