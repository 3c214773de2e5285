import TestSupport
import Testing

@testable import ConcurrentFutures
@testable import PoolShell

/// What bare `wait` and `as_completed` are about.
@Suite("Backlog", .timeLimit(.minutes(5)))
struct BacklogTests {
  @Test("a wait lists what is done once; as_completed takes what was listed too")
  func listing() throws {
    let fixture = try BacklogFixture()
    fixture.add(4)
    fixture.finish(3, 1)
    #expect(fixture.wait() == (done: [1, 3], notDone: [2, 4]))
    #expect(fixture.wait() == (done: [], notDone: [2, 4]))
    fixture.finish(4)
    #expect(try fixture.take() == [1, 3, 4])
    #expect(fixture.wait() == (done: [], notDone: [2]))
    #expect(try fixture.take() == [])
  }

  @Test("what others have seen or listed is left out, whenever they did")
  func others() throws {
    let fixture = try BacklogFixture()
    fixture.add(5)
    fixture.finish(1, 2)
    fixture.record(1).markSeen(by: .result)
    #expect(fixture.wait() == (done: [2], notDone: 3...5))
    fixture.finish(3, 4, 5)
    fixture.record(3).markListed()
    fixture.record(4).markSeen(by: .result)
    #expect(fixture.wait() == (done: [5], notDone: []))
    fixture.record(5).markSeen(by: .result)
    #expect(try fixture.take() == [2, 3])
  }

  @Test("what was left of an as_completed comes again, in order of id")
  func left() throws {
    let fixture = try BacklogFixture()
    fixture.add(5)
    fixture.finish(4, 2, 5)
    #expect(try fixture.take(1) == [2])
    fixture.finish(1)
    #expect(try fixture.take(2) == [1, 4])
    #expect(try fixture.take() == [5])
  }

  @Test("first what was done at the beginning, then in the order in which they end")
  func order() throws {
    let fixture = try BacklogFixture()
    fixture.add(5)
    fixture.finish(5, 2)
    let round = fixture.backlog.begin(includingListed: true)
    defer { round.end() }
    fixture.finish(4, 1)
    fixture.add()
    fixture.finish(6)
    #expect(try (0..<5).map { _ in try round.next() } == [2, 5, 4, 1, nil])
    #expect(round.remaining == 1 && round.total == 5 && round.done == [1, 2, 4, 5])
  }

  @Test("a command within a command does not take its futures away")
  func nested() throws {
    let fixture = try BacklogFixture()
    fixture.add(3)
    fixture.finish(1)
    let round = fixture.backlog.begin(includingListed: true)
    #expect(try round.next() == 1)
    fixture.record(1).markSeen(by: .result)
    fixture.finish(3, 2)
    #expect(try fixture.take() == [2, 3])
    #expect(fixture.wait() == (done: [], notDone: []))
    #expect(try (0..<3).map { _ in try round.next() } == [3, 2, nil])
    round.end()
  }

  @Test("Ctrl-C comes in its turn, and each one ends one command")
  func interrupts() throws {
    let fixture = try BacklogFixture()
    fixture.add(3)
    let round = fixture.backlog.begin(includingListed: true)
    fixture.finish(2)
    fixture.interrupt.fire()
    fixture.finish(3)
    #expect(try round.next() == 2)
    #expect(throws: ControlFlow.self) { try round.next() }
    round.end()
    // Not dealt with yet: the next command has what is done, and no more.
    let next = fixture.backlog.begin(includingListed: false)
    #expect(try next.next() == 2 && next.next() == 3)
    #expect(throws: ControlFlow.self) { try next.next() }
    next.end()
    fixture.interrupt.clear()
    #expect(try fixture.take() == [2, 3])
    fixture.interrupt.fire()
    fixture.interrupt.clear()
    #expect(fixture.wait() == (done: [], notDone: [1]))
    #expect(try fixture.take() == [])
  }

  /// Holds up the thread that ends a future, on its way to those who are to be told.
  private final class Hindrance: Registration {
    let gate = Gate()
    override func completed(_ future: AnyFuture) { try? gate.wait() }
  }

  @Test("a future that somebody was told is done is done for the next wait, too")
  func foundDone() async throws {
    try await onThread {
      let fixture = try BacklogFixture()
      fixture.add(3)
      let hindrances = (1...3).map { _ in Hindrance() }
      for (id, hindrance) in zip(1...3, hindrances) {
        #expect(fixture.record(id).future.register(hindrance))
      }
      #expect(fixture.wait() == (done: [], notDone: 1...3))
      let promises = (1...3).map { fixture.promise($0) }
      for promise in promises { startThread { try? promise?.setResult(.nothing) } }
      for hindrance in hindrances { try hindrance.gate.waitForArrivals(1) }
      #expect(fixture.record(1).state == .finished)
      fixture.record(2).markSeen(by: .result)
      fixture.record(3).markListed()
      #expect(fixture.wait() == (done: [1], notDone: []))
      #expect(try fixture.take() == [1, 3])
      for hindrance in hindrances { hindrance.gate.open() }
    }
  }

  @Test("a backlog that goes is told nothing more")
  func goes() throws {
    let table = FutureTable()
    let group = table.group
    do {
      let backlog = Backlog(of: group, in: table, interrupt: nil)
      backlog.begin(includingListed: true).end()
      group.note(1)
      #expect(group.takeNews().changed == [1])
    }
    group.note(1)
    group.add(1)
    #expect(group.takeNews().changed.isEmpty && group.takeNews().added.isEmpty)
    #expect(group.members == [1])
  }
}

extension BacklogTests {
  // MARK: How cost grows

  @Test("wait first in a loop over 10,000 touches a few ranges")
  func growth() throws {
    let fixture = try BacklogFixture()
    fixture.add(10_000)
    #expect(fixture.wait().notDone.ranges == [1...10_000])
    for id in 1...10_000 {
      fixture.finish(id)
      #expect(fixture.wait().done.ranges == [id...id])
      #expect(fixture.backlog.size.ranges <= 3)
    }
    #expect(fixture.backlog.size.places <= 10_000 + 1)  // the interrupt has one
  }

  @Test("submit and wait in a loop keeps one range, and a place beside the interrupt's")
  func oneByOne() throws {
    let fixture = try BacklogFixture()
    for id in 1...10_000 {
      fixture.add()
      #expect(fixture.wait().notDone == [id])
      fixture.finish(id)
      if id.isMultiple(of: 2) {
        #expect(try fixture.take() == [id - 1, id])
      } else {
        #expect(fixture.wait().done == [id])
      }
    }
    #expect(fixture.backlog.size.ranges <= 1 && fixture.backlog.size.places == 2)
  }
}

/// Compares with ranges, too.
private func == (one: (done: IDSet, notDone: IDSet), other: (done: IDSet, notDone: IDSet)) -> Bool {
  one.done == other.done && one.notDone == other.notDone
}

private func == (
  one: (done: IDSet, notDone: IDSet), other: (done: IDSet, notDone: ClosedRange<Int>)
) -> Bool {
  one == (done: other.done, notDone: IDSet(other.notDone))
}
