import TestSupport
import Testing

@testable import ConcurrentFutures

/// The engine of the group waits.
@Suite("CompletionSet", .timeLimit(.minutes(5)))
struct CompletionSetTests {
  private let promises = (0..<4).map { _ in Promise<Int>() }
  private var futures: [Future<Int>] { promises.map(\.future) }

  @Test("AC-01 first what is done already, in input order, then the rest as it ends")
  func order() throws {
    try promises[2].setResult(2)
    promises[0].future.cancel()
    let set = CompletionSet(futures)
    try promises[3].setException(Boom())
    try promises[1].setResult(1)
    let indices = (0..<4).map { _ in set.nextIndex(until: Deadline(after: .zero)) }
    #expect(indices == [0, 2, 3, 1])
    #expect(set.remaining == 0 && set.total == 4)
  }

  @Test("AC-02 duplicates count once, at the place of the first")
  func duplicates() throws {
    let set = CompletionSet([futures[0], futures[0], futures[1], futures[0]])
    #expect(set.total == 2)
    try promises[1].setResult(1)
    #expect(set.nextIndex(until: Deadline(after: .zero)) == 2)
    #expect(set.nextIndex(until: Deadline(after: .zero)) == nil)
    #expect(set.remaining == 1)
  }

  @Test("AC-11 a set that goes takes back what is left of its registrations")
  func withdraws() throws {
    try promises[0].setResult(0)
    do {
      let set = CompletionSet(futures)
      #expect(futures.dropFirst().allSatisfy { $0.registrationCount == 1 })
      try promises[1].setResult(1)
      #expect(set.remaining == 4)
    }
    #expect(futures.allSatisfy { !$0.hasRegistrations })
  }

  @Test("WA-14 several sets over the same futures know nothing of each other")
  func several() throws {
    let sets = (0..<3).map { _ in CompletionSet(futures) }
    for index in [3, 1, 0, 2] { try promises[index].setResult(index) }
    for set in sets {
      let indices = (0..<4).map { _ in set.nextIndex(until: Deadline(after: .zero)) }
      #expect(indices == [3, 1, 0, 2])
    }
  }

  @Test("WA-13 futures that end while the set is made come once")
  func race() async throws {
    let rounds = (0..<TestEnvironment.rounds(2000)).map { _ in (0..<6).map { _ in Promise<Int>() } }
    try await onThread {
      let faults = Guarded(0)
      try inLockstep(threads: 2, rounds: rounds.count) { thread, round in
        let promises = rounds[round]
        if thread == 0 {
          for promise in promises { try? promise.setResult(1) }
        } else {
          let set = CompletionSet(promises.map(\.future))
          let indices = (0..<6).map { _ in set.nextIndex(until: Deadline(after: patience)) }
          if Set(indices.compactMap(\.self)) != Set(0..<6) { faults.withLock { $0 += 1 } }
        }
      }
      #expect(faults.withLock { $0 } == 0)
    }
  }

  @Test("a set that is kept: what is added comes as it ends, and places are used again")
  func grows() throws {
    let set = CompletionSet([])
    #expect(set.add(futures[0], at: 0) && set.add(futures[1], at: 1) && set.remaining == 2)
    #expect(set.takeIndex() == nil)
    try promises[1].setResult(1)
    #expect(set.takeIndex() == 1 && set.takeIndex() == nil)
    #expect(set.add(futures[2], at: 1))
    try promises[2].setResult(2)
    promises[0].future.cancel()
    let indices = (0..<2).map { _ in set.nextIndex(until: Deadline(after: .zero)) }
    #expect(indices == [1, 0] && set.remaining == 0 && set.total == 3)
  }

  @Test("what is done is not added to a set that is kept, and what goes with it is withdrawn from")
  func addsWhatIsPending() throws {
    try promises[0].setResult(0)
    do {
      let set = CompletionSet([])
      #expect(!set.add(futures[0], at: 0) && set.add(futures[1], at: 0) && set.remaining == 1)
      #expect(futures[1].registrationCount == 1)
    }
    #expect(!futures[1].hasRegistrations)
  }

  @Test("AC-12 a set that is kept lets go of what it has handed out")
  func letsGo() throws {
    let set = CompletionSet([])
    weak var handedOut: Future<Int>?
    do {
      let promise = Promise<Int>()
      handedOut = promise.future
      #expect(set.add(promise.future, at: 0))
      try promise.setResult(1)
      #expect(set.takeIndex() == 0)
    }
    #expect(handedOut == nil)
  }
}
