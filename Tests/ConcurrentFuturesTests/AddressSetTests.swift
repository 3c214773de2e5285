import TestSupport
import Testing

@testable import ConcurrentFutures

/// Which objects there were already.
@Suite("AddressSet")
struct AddressSetTests {
  @Test("an object goes in once", arguments: [1, 2, 3, 4, 5, 7, 8, 9, 100, 1000, 4096])
  func once(count: Int) {
    let futures = (0..<count).map { _ in Promise<Int>().future }
    var set = AddressSet(capacity: count)
    let first = futures.map { set.insert($0) }
    let second = futures.map { set.insert($0) }
    #expect(!first.contains(false) && !second.contains(true))
  }

  @Test("WA-02 the first of several stays at its place", arguments: 1...6 as ClosedRange<UInt64>)
  func duplicates(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let futures = (0..<50).map { _ in Promise<Int>().future }
    for _ in 0..<TestEnvironment.rounds(300) {
      let given = (0..<random.below(60)).map { _ in futures[random.below(futures.count)] }
      var seen = Set<ObjectIdentifier>()
      let expected = given.map { seen.insert(ObjectIdentifier($0)).inserted ? $0 : nil }
      var left: [AnyFuture?] = given
      #expect(CompletionSet.dropDuplicates(&left) == seen.count)
      #expect(left == expected)
    }
  }
}
