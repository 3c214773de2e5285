import TestSupport
import Testing

@testable import ConcurrentFutures

/// What a batch does that a future for each element would not.
@Suite("map, in a batch: regressions", .timeLimit(.minutes(5)))
struct MapBatchRegressionTests {
  /// It was asked for the size of the block and again for how much may be written into it.
  @Test("a sequence is asked once how many elements to make room for")
  func askedOnce() async throws {
    final class Asked: Sequence, IteratorProtocol {
      var count = 0
      var index = 0
      var underestimatedCount: Int {
        count += 1
        return 4
      }
      func next() -> Int? {
        index += 1
        return index <= 4 ? index : nil
      }
    }
    let inputs = Asked()
    _ = Slots.filled(with: inputs).slots
    #expect(inputs.count == 1)
  }

  /// `map` threw if the last element shut the pool down while drainers were still being queued.
  @Test("SU-10 a pool that the last element shuts down has taken the whole map")
  func lastElementShutsDown() async throws {
    let rounds = TestEnvironment.rounds(100)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 8)
        let results = try pool.map(0..<9) { index in
          if index == 8 { pool.shutdown(wait: false, cancelFutures: true) }
          return index
        }
        #expect(try results.values() == Array(0..<9))
        try end(pool)
      }
    }
  }

  @Test("MA-01 pairs of lazy elements are submitted one by one")
  func lazyPairs() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let hasRun = Gate()
      let isSubmitted = OrderLog<Bool>()
      let names = (0..<3).lazy.map { index in
        if index == 1 {
          isSubmitted.append((try? hasRun.wait(timeout: .seconds(2))) != nil)
        }
        return index
      }
      _ = Array(try pool.map(names, ["a", "b", "c"]) { _, _ in hasRun.open() })
      #expect(isSubmitted.entries == [true])
      try end(pool)
    }
  }

  @Test("GC-02 the function is let go when the last element has run, though the results live")
  func functionAfterTheEnd() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let results = try pool.map(0..<3) { [tracked = probe.make()] _ in tracked.touch() }
      try end(pool)
      #expect(probe.living == 0)
      #expect(Array(results).count == 3)
    }
  }

  @Test("SU-13 cancelling lets the function go, though a drainer is still queued")
  func functionOnCancel() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let blockade = try Blockade(pool)
      let results = try pool.map(0..<3) { [tracked = probe.make()] _ in tracked.touch() }
      results.cancel()
      #expect(probe.living == 0)
      blockade.lift()
      try end(pool)
    }
  }

  @Test("SD-05 shutdown(cancelFutures:) lets the function go, though the results live")
  func functionOnShutdown() async throws {
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let blockade = try Blockade(pool)
      let results = try pool.map(0..<3) { [tracked = probe.make()] _ in tracked.touch() }
      pool.shutdown(wait: false, cancelFutures: true)
      #expect(probe.living == 0)
      #expect(Array(results).count == 3)
      blockade.lift()
      try end(pool)
    }
  }

  @Test("a batch without elements is not kept by its pool")
  func empty() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      // As for a sequence that promised more.
      var batch: MapBatch<Int>? = try pool.runBatch([Int]()) { $0 }
      weak let progress = batch?.progress
      #expect(progress != nil)
      batch = nil
      #expect(progress == nil)
      try end(pool)
    }
  }

  /// Ended the process: each value was taken again by the call that its release made.
  @Test("cancel, called by a value that it releases")
  func reentrantCancel() async throws {
    final class Value: @unchecked Sendable {
      let tracked: LifetimeProbe.Tracked
      weak var results: MapResults<Value>?
      init(_ tracked: LifetimeProbe.Tracked) { self.tracked = tracked }
      deinit { results?.cancel() }
    }
    try await onThread {
      let (pool, probe) = (try ThreadPoolExecutor(maxWorkers: 1), LifetimeProbe())
      let slot = Guarded<[Value]>([])
      let results = try pool.map(0..<4) { _ in
        let value = Value(probe.make())
        slot.withLock { $0.append(value) }
        return value
      }
      try end(pool)
      slot.withLock { values in for value in values { value.results = results } }
      _ = results.next()  // finds all four
      slot.withLock { $0 = [] }
      results.cancel()
      #expect(probe.living == 0)
    }
  }
}
