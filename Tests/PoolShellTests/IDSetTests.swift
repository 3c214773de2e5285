import TestSupport
import Testing

@testable import PoolShell

/// The set of ids that is kept as ranges.
@Suite("IDSet")
struct IDSetTests {
  @Test("ids in a row are one range, in whatever order they come")
  func ranges() {
    #expect(IDSet([1, 2, 3]).ranges == [1...3])
    #expect(IDSet([3, 1, 2]).ranges == [1...3])
    #expect(IDSet([5, 1, 9]).ranges == [1...1, 5...5, 9...9])
    #expect(IDSet(1...10_000).ranges == [1...10_000])
    #expect(IDSet((1...10_000).reversed()).ranges == [1...10_000])
    #expect(IDSet().isEmpty && IDSet().count == 0 && Array(IDSet()) == [])
  }

  @Test("an id goes in once and comes out once")
  func once() {
    var set: IDSet = [4]
    let insertions = [5, 5, 4].map { set.insert($0) }
    #expect(insertions == [true, false, false])
    let removals = [4, 4, 6].map { set.remove($0) }
    #expect(removals == [true, false, false])
    #expect(set == [5])
  }

  @Test("taking out of the middle leaves two ranges, at the ends one")
  func splitting() {
    var set = IDSet(1...9)
    set.remove(1)
    set.remove(9)
    #expect(set.ranges == [2...8])
    set.remove(5)
    #expect(set.ranges == [2...4, 6...8] && !set.contains(5))
    set.insert(5)
    #expect(set.ranges == [2...8] && set.count == 7)
  }

  @Test("a random walk agrees with a plain set", arguments: 1...8 as ClosedRange<UInt64>)
  func walk(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var set = IDSet()
    var model = Set<Int>()
    for _ in 0..<TestEnvironment.rounds(4000) {
      let id = 1 + random.below(60)
      if random.oneIn(2) {
        let isNew = set.insert(id)
        #expect(isNew == model.insert(id).inserted)
      } else {
        let wasThere = set.remove(id)
        #expect(wasThere == (model.remove(id) != nil))
      }
      let probe = random.below(62)
      #expect(set.contains(probe) == model.contains(probe))
      expectEqual(set, model)
    }
  }

  @Test("the union of two agrees with a plain set's", arguments: 1...8 as ClosedRange<UInt64>)
  func union(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<TestEnvironment.rounds(500) {
      let (one, other) = (Self.some(&random), Self.some(&random))
      expectEqual(IDSet(one).union(IDSet(other)), one.union(other))
    }
  }

  private static func some(_ random: inout SeededGenerator) -> Set<Int> {
    Set((0..<random.below(25)).map { _ in 1 + random.below(40) })
  }

  /// The same ids, and ranges as they must be: in order, with a gap between any two.
  private func expectEqual(_ set: IDSet, _ model: Set<Int>) {
    #expect(Array(set) == model.sorted() && set.count == model.count)
    let hasGaps = zip(set.ranges, set.ranges.dropFirst()).allSatisfy {
      $0.upperBound + 1 < $1.lowerBound
    }
    #expect(hasGaps, "\(set.ranges)")
  }

  @Test func aSetOfOneIDIsLikeAnyOther() {
    var set = IDSet(only: 5)
    #expect(set == [5] && set.count == 1 && !set.isEmpty && Array(set) == [5])
    #expect(set.contains(5) && !set.contains(4) && set.union([6]) == [5, 6])
    set.insert(6)
    #expect(set.ranges == [5...6] && set.count == 2)
    var other = IDSet(only: 5)
    #expect(other.remove(5) && other.isEmpty && other == IDSet())
  }
}
