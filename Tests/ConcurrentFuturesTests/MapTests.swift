import ConcurrentFutures
import TestSupport
import Testing

/// `map` on a pool: what holds for every executor is in `ExecutorConformance`.
@Suite("map", .timeLimit(.minutes(5)))
struct MapTests {
  @Test("C-17 a task's own TimeoutError is an ordinary error (MA-13)", arguments: [nil, patience])
  func timeoutErrorOfATask(timeout: Duration?) async throws {
    try await withPool { pool in
      let results = try pool.map(0..<4, timeout: timeout) { index in
        if index == 1 { throw TimeoutError("the task's own") }
        return index
      }
      #expect(try results.next()?.get() == 0)
      #expect(throws: TimeoutError("the task's own")) { try results.next()?.get() }
      #expect(try results.next()?.get() == 2)
      #expect(try results.next()?.get() == 3)
      #expect(results.next() == nil)
    }
  }

  @Test("C-18 one deadline for all: results, then TimeoutError, then the end (MA-10, MA-12)")
  func timeout() async throws {
    try await withPool { pool in
      let gate = Gate()
      let results = try pool.map(0..<3, timeout: .milliseconds(5)) { index in
        if index == 2 { try gate.wait() }
        return index
      }
      let all = Array(results)
      #expect((1...3).contains(all.count))
      #expect(throws: TimeoutError()) { try all.last?.get() }
      #expect(results.next() == nil)
      #expect(results.next() == nil)
      gate.open()
    }
  }

  @Test("MA-11 what is finished is returned even after the deadline")
  func finishedBeforeTheDeadline() async throws {
    try await withPool { pool in
      let results = try pool.map(0..<5, timeout: .zero) { $0 }
      try end(pool)
      #expect(try results.values() == Array(0..<5))
    }
  }

  @Test("C-20 at the deadline the awaited element and all later ones are cancelled (MA-12)")
  func timeoutCancels() async throws {
    try await withPool(1) { pool in
      let log = OrderLog<String>()
      let blockade = try Blockade(pool)
      let results = try pool.map(["second", "third"], timeout: .zero) { log.append($0) }
      #expect(throws: TimeoutError()) { try results.next()?.get() }
      blockade.lift()
      try end(pool)
      #expect(log.entries.isEmpty)
    }
  }

  @Test("C-19 cancel ends the sequence and cancels what has not begun (MA-14, MA-16)")
  func cancel() async throws {
    try await withPool(1) { pool in
      let log = OrderLog<Int>()
      let gate = Gate()
      let results = try pool.map(0..<4) { index in
        log.append(index)
        if index == 1 { try gate.wait() }
      }
      try results.next()?.get()
      try gate.waitForArrivals(1)
      results.cancel()
      #expect(results.next() == nil)
      #expect(results.next() == nil)
      gate.open()
      try end(pool)
      #expect(log.entries == [0, 1])
    }
  }

  @Test(
    "MA-15 an untouched map can be cancelled; dropped, it runs everything",
    arguments: [false, true])
  func untouched(isCancelled: Bool) async throws {
    try await withPool(1) { pool in
      let log = OrderLog<Int>()
      let blockade = try Blockade(pool)
      do {
        let results = try pool.map(0..<5) { log.append($0) }
        if isCancelled { results.cancel() }
      }
      blockade.lift()
      try end(pool)
      #expect(log.entries == (isCancelled ? [] : Array(0..<5)))
    }
  }

  @Test("MA-09 several failures stand at their places; values() throws the first")
  func failures() async throws {
    try await withPool { pool in
      let body: @Sendable (Int) throws -> Int = { index in
        if index % 2 == 1 { throw Boom("\(index)") }
        return index
      }
      let results = Array(try pool.map(0..<5, body))
      #expect(results.map { try? $0.get() } == [0, nil, 2, nil, 4])
      #expect(throws: Boom("1")) { try pool.map(0..<5, body).values() }
    }
  }

  @Test("MA-17 after the end the end comes again")
  func exhausted() async throws {
    try await withPool { pool in
      let results = try pool.map(0..<2) { $0 }
      #expect(Array(results).count == 2)
      for _ in 0..<3 { #expect(results.next() == nil) }
      #expect(try results.values().isEmpty)
    }
  }

  /// Inputs that fail after some elements; Swift's iteration cannot, so it is `submit` that refuses.
  @Test("MA-18 an executor that refuses in the middle: what was submitted is cancelled")
  func refusingInTheMiddle() async throws {
    try await withPool(1) { pool in
      let log = OrderLog<Int>()
      let blockade = try Blockade(pool)
      let inputs = (0..<5).lazy.map { index in
        if index == 3 { pool.shutdown(wait: false) }
        return index
      }
      #expect(throws: ShutdownError()) { try pool.map(inputs) { log.append($0) } }
      blockade.lift()
      try end(pool)
      #expect(log.entries.isEmpty)
    }
  }

  @Test("C-30 a map that nobody reads, then shutdown: no hang (SD-13)")
  func shutdownRace() async throws {
    let rounds = TestEnvironment.rounds(200)
    try await onThread {
      for _ in 0..<rounds {
        let pool = try ThreadPoolExecutor(maxWorkers: 5)
        _ = try pool.map(0..<6) { "\($0)" }
        try end(pool)
      }
    }
  }
}
