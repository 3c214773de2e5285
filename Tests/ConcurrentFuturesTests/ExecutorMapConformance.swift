import ConcurrentFutures
import TestSupport
import Testing

/// What `map` must do on every `Executor`: it is written once, on `submit`.
@Suite("Executor conformance, map", .timeLimit(.minutes(5)))
struct ExecutorMapConformance {
  @Test("C-14 results in input order (EX-10, MA-02, MA-03)", arguments: ExecutorUnderTest.all)
  func order(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let powers = try executor.map(0..<10, 0..<10) { base, exponent in
        (0..<exponent).reduce(1) { power, _ in power * base }
      }
      #expect(
        try powers.values() == [1, 1, 4, 27, 256, 3125, 46656, 823_543, 16_777_216, 387_420_489])
    }
  }

  @Test("MA-02 in input order though they end in another", arguments: ExecutorUnderTest.all)
  func inverted(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let gates = (0..<subject.width).map { _ in Gate() }
      let results = try executor.map(0..<subject.width, timeout: patience) { index in
        try gates[index].wait()
        if index > 0 { gates[index - 1].open() }
        return index
      }
      gates[subject.width - 1].open()
      #expect(try results.values() == Array(0..<subject.width))
    }
  }

  @Test(
    "C-15 everything runs though nobody asks for a result (MA-01)", arguments: ExecutorUnderTest.all
  )
  func eager(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let log = OrderLog<Int>()
      _ = try executor.map(0..<10) { log.append($0) }
      try end(executor)
      #expect(log.entries.sorted() == Array(0..<10))
    }
  }

  @Test(
    "C-16 an error stands at its place, the next ones still come (MA-08, MA-09, MA-17)",
    arguments: ExecutorUnderTest.all)
  func errors(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let results = try executor.map([5, 5, 5, 5], [2, 3, 0, 5]) { dividend, divisor in
        guard divisor != 0 else { throw Boom("division by zero") }
        return [dividend / divisor, dividend % divisor]
      }
      #expect(try results.next()?.get() == [2, 1])
      #expect(try results.next()?.get() == [1, 2])
      #expect(throws: Boom("division by zero")) { try results.next()?.get() }
      #expect(try results.next()?.get() == [1, 0])
      #expect(results.next() == nil)
      #expect(results.next() == nil)
    }
  }

  @Test("MA-03 the shortest input ends it; three inputs", arguments: ExecutorUnderTest.all)
  func shortest(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      let two = try executor.map([1, 2, 3], [4, 5]) { $0 * $1 }
      #expect(try two.values() == [4, 10])
      let three = try executor.map([1, 2], [3, 4], [5, 6, 7]) { $0 + $1 + $2 }
      #expect(try three.values() == [9, 12])
    }
  }

  @Test(
    "C-27 empty input: ends at once, even after shutdown (MA-04, MA-05)",
    arguments: ExecutorUnderTest.all, [nil, 2])
  func empty(_ subject: ExecutorUnderTest, bufferSize: Int?) async throws {
    try await subject.onThread { executor in
      for _ in 0..<2 {
        let one = try executor.map([Int](), bufferSize: bufferSize) { $0 }
        #expect(one.next() == nil)
        let two = try executor.map([Int](), 0..<3, bufferSize: bufferSize) { $0 + $1 }
        #expect(two.next() == nil)
        executor.shutdown(wait: true)
      }
    }
  }

  @Test(
    "C-23 the window's size does not show in the results (MA-25)",
    arguments: ExecutorUnderTest.all, [1, 2, 4, 8])
  func window(_ subject: ExecutorUnderTest, bufferSize: Int) async throws {
    try await subject.onThread { executor in
      let results = try executor.map(0..<4, timeout: patience, bufferSize: bufferSize) { "\($0)" }
      #expect(try results.values() == ["0", "1", "2", "3"])
    }
  }

  @Test("C-24 nor with several inputs (MA-25)", arguments: ExecutorUnderTest.all, [1, 2, 4, 8])
  func windows(_ subject: ExecutorUnderTest, bufferSize: Int) async throws {
    try await subject.onThread { executor in
      let results = try executor.map(0..<4, 0..<4, bufferSize: bufferSize) { $0 + $1 }
      #expect(try results.values() == [0, 2, 4, 6])
    }
  }

  @Test("MA-06 after shutdown the call itself throws", arguments: ExecutorUnderTest.all)
  func afterShutdown(_ subject: ExecutorUnderTest) async throws {
    try await subject.onThread { executor in
      executor.shutdown(wait: true)
      #expect(throws: ShutdownError()) { try executor.map([1]) { $0 } }
    }
  }

  @Test("C-20, MA-12 the deadline cancels what has not begun", arguments: ExecutorUnderTest.all)
  func deadline(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let log = OrderLog<Int>()
      let blockade = try Blockade(executor, width: subject.width)
      let results = Array(try executor.map(0..<5, timeout: .zero) { log.append($0) })
      #expect(results.count == 1)
      #expect(throws: TimeoutError()) { try results[0].get() }
      blockade.lift()
      try end(executor)
      #expect(log.entries.isEmpty)
    }
  }
}
