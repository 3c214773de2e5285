import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// Random walks over a backlog, step by step against a look at every future.
@Suite("Backlog, random walks", .timeLimit(.minutes(10)))
struct BacklogWalkTests {
  /// What is to be known of one future.
  private struct Entry {
    var isDone = false
    var isSeen = false
    var isListed = false
  }

  private struct Walk {
    let fixture: BacklogFixture
    var random: SeededGenerator
    /// Id n is at n - 1.
    var entries: [Entry] = []

    init(seed: UInt64) throws {
      fixture = try BacklogFixture()
      random = SeededGenerator(seed: seed)
    }

    func ids(where property: (Entry) -> Bool) -> [Int] {
      entries.indices.filter { property(entries[$0]) }.map { $0 + 1 }
    }

    /// Something that happens to the futures; the id of one that has ended.
    @discardableResult
    mutating func event() -> Int? {
      switch random.below(6) {
      case 0, 1:
        fixture.add()
        entries.append(Entry())
      case 2, 3:
        guard let id = ids(where: { !$0.isDone }).randomElement(using: &random) else { break }
        if random.oneIn(4) { fixture.record(id).future.cancel() } else { fixture.finish(id) }
        entries[id - 1].isDone = true
        return id
      default:
        guard let id = ids(where: \.isDone).randomElement(using: &random) else { break }
        look(id)
      }
      return nil
    }

    private mutating func look(_ id: Int) {
      switch random.below(3) {
      case 0: #expect(fixture.record(id).isDone)
      case 1:
        fixture.record(id).markSeen(by: .result)
        entries[id - 1].isSeen = true
      default:
        fixture.record(id).markListed()
        entries[id - 1].isListed = true
      }
    }

    mutating func wait() {
      let about = ids { !$0.isSeen && !$0.isListed }
      let (done, notDone) = fixture.wait()
      #expect(Array(done) == about.filter { entries[$0 - 1].isDone })
      #expect(Array(notDone) == about.filter { !entries[$0 - 1].isDone })
      for id in done { entries[id - 1].isListed = true }
    }

    /// An `as_completed` during which more happens, and which may be left early.
    mutating func take() throws {
      var waiting = Set(ids { !$0.isSeen && !$0.isDone })
      var expected = ids { !$0.isSeen && $0.isDone }
      let round = fixture.backlog.begin(includingListed: true)
      defer { round.end() }
      #expect(round.total == waiting.count + expected.count)
      for _ in 0..<random.below(12) {
        if random.oneIn(3), let id = event(), waiting.remove(id) != nil { expected.append(id) }
        if random.oneIn(8) { wait() }
        let id = try round.next()
        #expect(id == expected.first)
        guard id != nil else { continue }
        fixture.record(expected.removeFirst()).markSeen(by: .result)
        if let id { entries[id - 1].isSeen = true }
      }
      #expect(round.remaining == waiting.count + expected.count)
    }
  }

  @Test("it agrees with a look at every future", arguments: 1...12 as ClosedRange<UInt64>)
  func walk(seed: UInt64) throws {
    var walk = try Walk(seed: seed)
    for _ in 0..<TestEnvironment.rounds(1500) {
      switch walk.random.below(8) {
      case 0: walk.wait()
      case 1: try walk.take()
      default: walk.event()
      }
    }
    #expect(walk.fixture.backlog.size.places <= walk.entries.count + 1)
  }
}
