import TestSupport
import Testing

@testable import ConcurrentFutures

/// The queue by itself; how many items there are is counted here, not in a pool's word.
@Suite("WorkQueue")
struct WorkQueueTests {
  /// A queue and the count that the pool would keep.
  private final class Counted: Sendable {
    let queue = WorkQueue()
    let count = Guarded(0)

    func append(_ future: AnyFuture) -> Bool {
      queue.append(future, counts: count) { $0.withLock { $0 += 1 } } != nil
    }

    func refuse(_ future: AnyFuture) -> Bool {
      queue.append(future, counts: count) { _ in Bool?.none } == nil
    }

    func take(_ most: Int = 1) -> [AnyFuture] {
      var taken: [AnyFuture] = []
      queue.take {
        let count = count.withLock { count in
          defer { count -= min(count, most) }
          return min(count, most)
        }
        return ((), count: count)
      } receive: {
        taken.append($0)
      }
      return taken
    }
  }

  private static func future(_ value: Int = 0) -> Future<Int> { Future { value } }

  private static func values(_ futures: [AnyFuture]) throws -> [Int] {
    try futures.map { future in
      let future = try #require(future as? Future<Int>)
      _ = future.start()
      future.run()
      future.finish()
      return try future.outcome()
    }
  }

  /// Around the 1,023 slots of a block, and over many blocks.
  static let sizes = [1, 1022, 1023, 1024, 2046, 2047, 5000]

  @Test("TH-06 first in, first out, whatever the blocks", arguments: sizes)
  func order(size: Int) throws {
    let items = Counted()
    for value in 0..<size { #expect(items.append(Self.future(value))) }
    var taken: [AnyFuture] = []
    while case let next = items.take(), !next.isEmpty { taken += next }
    #expect(try Self.values(taken) == Array(0..<size))
  }

  @Test("the same while it is filled and emptied in turn")
  func interleaved() throws {
    let items = Counted()
    var random = SeededGenerator(seed: 5)
    var (appended, expected) = (0, 0)
    for _ in 0..<3000 {
      for _ in 0..<random.below(8) {
        #expect(items.append(Self.future(appended)))
        appended += 1
      }
      let values = try Self.values(items.take(random.below(8)))
      #expect(values == Array(expected..<expected + values.count))
      expected += values.count
    }
    #expect(try Self.values(items.take(.max)) == Array(expected..<appended))
  }

  @Test("SU-04 what is refused is let go and leaves no hole", arguments: [0, 1, 1022, 1023, 1024])
  func refused(after size: Int) throws {
    let items = Counted()
    let probe = LifetimeProbe()
    for value in 0..<size { #expect(items.append(Self.future(value))) }
    let refused = { [tracked = probe.make()] in
      Future<Int> {
        tracked.touch()
        return -1
      }
    }
    #expect(items.refuse(refused()))
    #expect(items.append(Self.future(size)))
    #expect(try Self.values(items.take(.max)) == Array(0...size))
  }

  @Test("a future that was taken is held by the queue no longer", arguments: [1, 1023, 3000])
  func released(size: Int) throws {
    let items = Counted()
    weak var last: AnyFuture?
    do {
      for _ in 1..<size { #expect(items.append(Self.future())) }
      let future = Self.future()
      last = future
      #expect(items.append(future))
    }
    #expect(last != nil)
    #expect(items.take(.max).count == size)
    #expect(last == nil)
  }
}
