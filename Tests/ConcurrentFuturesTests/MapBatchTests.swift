import ConcurrentFutures
import TestSupport
import Testing

/// `map` over more elements than workers, which runs without a future for each.
@Suite("map, in a batch", .timeLimit(.minutes(5)))
struct MapBatchTests {
  @Test("MA-02 every element once, in order, whoever is faster", arguments: [1, 2, 8])
  func order(workers: Int) async throws {
    let count = TestEnvironment.rounds(100_000)
    try await withPool(workers) { pool in
      let values = try pool.map(0..<count) { $0 }.values()
      #expect(values == Array(0..<count))
    }
  }

  @Test("elements begin one by one: each of the first may wait for the one after it")
  func eachWaitsForTheNext() async throws {
    try await withPool(3) { pool in
      let gates = (0...9).map { _ in Gate() }
      let results = try pool.map(0..<9) { index in
        gates[index].open()
        // The last two of every three workers' elements let the one before go on.
        if index % 3 < 2 { try gates[index + 1].wait() }
        return index
      }
      #expect(try results.values() == Array(0..<9))
    }
  }

  @Test("a result comes as soon as it is there, while later elements run")
  func early() async throws {
    try await withPool(2) { pool in
      let gate = Gate()
      let results = try pool.map(0..<10) { index in
        if index == 1 { try gate.wait() }
        return index
      }
      #expect(try results.next()?.get() == 0)
      try gate.waitForArrivals(1)
      gate.open()
      #expect(try results.values() == Array(1..<10))
    }
  }

  @Test(
    "TH-06 other submissions keep their place: before those that came before, after those that came later"
  )
  func orderAmongSubmissions() async throws {
    try await withPool(1) { pool in
      let log = OrderLog<String>()
      let blockade = try Blockade(pool)
      let before = try pool.submit { log.append("before") }
      let results = try pool.map(0..<3) { log.append("\($0)") }
      let after = try pool.submit { log.append("after") }
      blockade.lift()
      try after.soon()
      #expect(before.isDone && Array(results).count == 3)
      #expect(log.entries == ["before", "0", "1", "2", "after"])
    }
  }

  @Test("statistics count the elements that wait, not who drains them")
  func statistics() async throws {
    try await withPool(2) { pool in
      let blockade = try Blockade(pool)
      let results = try pool.map(0..<10) { $0 }
      let future = try pool.submit {}
      #expect(pool.statistics.queued == 11)
      blockade.lift()
      _ = try results.values()
      try future.soon()
      #expect(pool.statistics.queued == 0)
    }
  }

  // MARK: Stopping

  @Test("SD-05 shutdown(cancelFutures:) while it runs: what has begun ends, the rest is cancelled")
  func cancelledByShutdown() async throws {
    try await withPool(2) { pool in
      let gate = Gate()
      let results = try pool.map(0..<10) { index in
        try gate.wait()
        return index
      }
      try gate.waitForArrivals(2)
      pool.shutdown(wait: false, cancelFutures: true)
      #expect(pool.statistics.queued == 0)
      gate.open()
      let all = Array(results)
      #expect(all.map { try? $0.get() } == [0, 1] + [Int?](repeating: nil, count: 8))
      for result in all[2...] { #expect(throws: CancelledError()) { try result.get() } }
    }
  }

  @Test("SD-05 shutdown(cancelFutures:) before it began wakes who waits for its first result")
  func cancelledBeforeItBegan() async throws {
    let rounds = TestEnvironment.rounds(100)
    try await onThread {
      let readers = try ThreadPoolExecutor(maxWorkers: 1)
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 1)
        let blockade = try Blockade(pool)
        let reader = try readers.submit {
          Array(try pool.map(0..<3) { $0 }).count { (try? $0.get()) == nil }
        }
        try eventually("the map to be queued") { pool.statistics.queued == 3 }
        pool.shutdown(wait: false, cancelFutures: true)
        #expect(try reader.soon() == 3)
        blockade.lift()
        try end(pool)
      }
      try end(readers)
    }
  }

  @Test(
    "IN-05 a pool that breaks while it runs: what has not begun fails with BrokenThreadPoolError")
  func broken() async throws {
    try await onThread {
      let (gate, calls) = (Gate(), Guarded(0))
      let pool = try ThreadPoolExecutor(maxWorkers: 2) {
        let isSecond = calls.withLock { calls in
          calls += 1
          return calls == 2
        }
        guard isSecond else { return }
        try gate.waitForArrivals(1)
        throw Boom()
      }
      let results = try pool.map(0..<5) { index in
        try gate.wait()
        return index
      }
      try eventually("the pool to break") { pool.statistics.isBroken }
      gate.open()
      let all = Array(results)
      #expect(try all[0].get() == 0)
      for result in all[1...] { #expect(throws: BrokenThreadPoolError()) { try result.get() } }
      try end(pool)
    }
  }

  @Test("MA-06 a pool that is shut down refuses the whole of it")
  func refused() async throws {
    try await onThread {
      let probe = LifetimeProbe()
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      pool.shutdown()
      #expect(throws: ShutdownError()) {
        try pool.map((0..<5).map { _ in probe.make() }) { $0.touch() }
      }
      #expect(probe.living == 0)
    }
  }

  // MARK: Lifetimes

  @Test("each element is released when it has run, or when it is cancelled")
  func inputs() async throws {
    try await withPool(1) { pool in
      let (probe, gate) = (LifetimeProbe(), Gate())
      let results = try pool.map((0..<5).map { _ in probe.make() }) { element in
        element.touch()
        if probe.living == 3 { try gate.wait() }
      }
      try gate.waitForArrivals(1)
      #expect(probe.living == 3)
      results.cancel()
      #expect(probe.living == 1)
      gate.open()
      try probe.waitUntilLiving(0)
    }
  }

  @Test("MA-15 dropped while it runs: values are released at once, those there and those to come")
  func dropped() async throws {
    try await withPool(1) { pool in
      let (probe, gate) = (LifetimeProbe(), Gate())
      var results: MapResults<LifetimeProbe.Tracked>? = try pool.map(0..<5) { index in
        if index == 3 { try gate.wait() }
        return probe.make()
      }
      try results?.next()?.get().touch()
      try gate.waitForArrivals(1)
      #expect(probe.living == 2)  // 1 and 2; 0 was handed out
      results = nil
      #expect(probe.living == 0)
      gate.open()
      try end(pool)
      #expect(probe.living == 0)
    }
  }

  @Test("errors are handed out once and not kept")
  func errors() async throws {
    struct Failure: Error { let tracked: LifetimeProbe.Tracked }
    try await withPool(1) { pool in
      let probe = LifetimeProbe()
      let results =
        try pool.map(0..<4) { _ in throw Failure(tracked: probe.make()) } as MapResults<Int>
      try end(pool)
      #expect(probe.living == 4)
      #expect(throws: Failure.self) { try results.next()?.get() }
      #expect(probe.living == 3)
      results.cancel()
      #expect(probe.living == 0)
    }
  }

  // MARK: In a task

  @Test("cancelling the task: CancelledError, then the end; what has not begun does not run")
  func cancelledTask() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let log = OrderLog<Int>()
    let blockade = try await onThread { try Blockade(pool) }
    let reader = Task {
      var seen: [String] = []
      for await result in try pool.map(0..<3, { log.append($0) }).async { seen.append("\(result)") }
      return seen
    }
    reader.cancel()
    let seen = try await reader.value
    #expect(seen.count == 1 && seen[0].contains("CancelledError"))
    blockade.lift()
    await pool.shutdown()
    #expect(log.entries.isEmpty)
  }

  /// An endless map of a cancelled task went on for ever, with CancelledErrors.
  @Test("cancelling the task that reads an endless map ends it")
  func cancelledEndless() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let blockade = try await onThread { try Blockade(pool) }
    let reader = Task {
      var count = 0
      for await _ in try pool.map(0..., bufferSize: 2, { $0 }).async { count += 1 }
      return count
    }
    reader.cancel()
    #expect(try await reader.value == 1)
    blockade.lift()
    await pool.shutdown()
  }
}
