import ConcurrentFutures
import TestSupport
import Testing

/// `map` with a `bufferSize`: only so many elements are outstanding at any time.
@Suite("map with bufferSize", .timeLimit(.minutes(5)))
struct MapWindowTests {
  /// The numbers from 0 on, endless, each written into the log when it is taken.
  private struct Counter: Sequence, IteratorProtocol {
    let taken: OrderLog<Int>
    private var value = 0

    init(_ taken: OrderLog<Int> = OrderLog()) { self.taken = taken }

    mutating func next() -> Int? {
      defer { value += 1 }
      taken.append(value)
      return value
    }
  }

  @Test(
    "C-22 bufferSize below 1 is an error, nothing is submitted (MA-21)", arguments: [0, -1, .min])
  func invalid(bufferSize: Int) async throws {
    try await withPool(2) { pool in
      let taken = OrderLog<Int>()
      let error = #expect(throws: ValueError.self) {
        try pool.map(Counter(taken), bufferSize: bufferSize) { $0 }
      }
      #expect(error?.description == "buffersize must be None or > 0")
      #expect(pool.statistics.startedThreads == 0)
    }
  }

  @Test("C-25 endless input (MA-24)")
  func endless() async throws {
    try await withPool(2) { pool in
      let results = try pool.map(Counter(), timeout: patience, bufferSize: 2) { $0 }
      for expected in 0..<3 { #expect(try results.next()?.get() == expected) }
      results.cancel()
      #expect(results.next() == nil)
    }
  }

  @Test("C-26 several endless inputs (MA-24)")
  func severalEndless() async throws {
    try await withPool(2) { pool in
      let results = try pool.map(Counter(), Counter(), timeout: patience, bufferSize: 2) { $0 + $1 }
      #expect(try (0..<3).map { _ in try results.next()?.get() } == [0, 2, 4])
    }
  }

  @Test("C-28 no more is taken from the input than the window holds (MA-22)", arguments: [1, 2, 3])
  func full(bufferSize: Int) async throws {
    try await withPool(2) { pool in
      let taken = OrderLog<Int>()
      let results = try pool.map(Counter(taken), bufferSize: bufferSize) { $0 }
      #expect(taken.count == bufferSize)
      for round in 1...5 {
        _ = try results.next()?.get()
        #expect(taken.count == bufferSize + round)
      }
    }
  }

  @Test("MA-23 the window is strict: never one more, not even while the consumer waits")
  func strict() async throws {
    try await withPool(1) { pool in
      let (gate, taken, value) = (Gate(), OrderLog<Int>(), OrderLog<Int>())
      let consumer = OrderLog<Bool>()
      startThread {
        let results = try? pool.map(Counter(taken), bufferSize: 2) { index in
          try gate.wait()
          return index
        }
        if let first = try? results?.next()?.get() { value.append(first) }
        results?.cancel()
        consumer.append(true)
      }
      try gate.waitForArrivals(1)
      try eventually("the window to be full") { taken.count >= 2 }
      for _ in 0..<100 { #expect(taken.count == 2) }
      gate.open()
      try consumer.wait(for: 1)
      #expect(value.entries == [0])
    }
  }

  @Test("MA-27 shutdown with input left: the window comes out, then the error, then the end")
  func shutdownInTheMiddle() async throws {
    try await withPool(2) { pool in
      let results = try pool.map(Counter(), timeout: patience, bufferSize: 3) { $0 }
      #expect(try results.next()?.get() == 0)
      pool.shutdown(wait: true)
      #expect(try (0..<3).map { _ in try results.next()?.get() } == [1, 2, 3])
      #expect(throws: ShutdownError()) { try results.next()?.get() }
      #expect(results.next() == nil)
    }
  }

  @Test("MA-12 the deadline ends a windowed map too, and takes no more input")
  func timeout() async throws {
    try await withPool(1) { pool in
      let (gate, taken) = (Gate(), OrderLog<Int>())
      let results = try pool.map(Counter(taken), timeout: .milliseconds(1), bufferSize: 2) { _ in
        try gate.wait()
      }
      #expect(throws: TimeoutError()) { try results.next()?.get() }
      #expect(results.next() == nil)
      #expect(taken.count == 2)
      gate.open()
    }
  }

  @Test("MA-28 results outlive the last reference to the pool")
  func withoutThePool() async throws {
    try await onThread {
      let results = try ThreadPoolExecutor(maxWorkers: 2).map(0..<20, bufferSize: 3) { $0 }
      #expect(try results.values() == Array(0..<20))
    }
  }
}
