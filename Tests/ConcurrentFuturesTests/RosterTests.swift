import TestSupport
import Testing

@testable import ConcurrentFutures

/// Who is working in a pool.
@Suite("Roster", .timeLimit(.minutes(5)))
struct RosterTests {
  private func enlist(_ roster: Roster) -> Worker {
    roster.enlist { Worker(name: "w_\($0)", pool: ObjectIdentifier(roster)) }
  }

  @Test("TH-07 workers are numbered from 0, densely")
  func numbers() {
    let roster = Roster()
    let names = (0..<3).map { _ in enlist(roster).name }
    #expect(names == ["w_0", "w_1", "w_2"])
    #expect(roster.livingNames == names)
    #expect(roster.startedCount == 3)
  }

  @Test("TH-10 who has left stays counted as started and keeps its number")
  func leave() {
    let roster = Roster()
    roster.leave(enlist(roster))
    #expect(roster.livingNames.isEmpty)
    #expect(roster.startedCount == 1)
    #expect(enlist(roster).name == "w_1")
  }

  @Test("TH-12 a thread that was refused gives its number back")
  func strike() {
    let roster = Roster()
    _ = enlist(roster)
    roster.strike(enlist(roster))
    #expect(enlist(roster).name == "w_1")
    #expect(roster.startedCount == 2)
  }

  @Test("TH-12 refusals out of order give no name twice")
  func strikeOutOfOrder() {
    let roster = Roster()
    let first = enlist(roster)
    let second = enlist(roster)
    roster.strike(first)
    let third = enlist(roster)
    #expect(roster.startedCount == 2)
    #expect(Set([second.name, third.name]).count == 2)
    #expect(roster.livingNames == [second.name, third.name])
  }

  @Test("SD-08 everybody who waits for the end is told, threads and tasks alike")
  func waiting() async throws {
    let roster = Roster()
    let worker = enlist(roster)
    let told = OrderLog<String>()
    for _ in 0..<3 {
      startThread {
        roster.waitUntilEmpty { true }
        told.append("thread")
      }
    }
    async let task: Void = roster.untilEmpty()
    roster.leave(worker)
    await task
    try await onThread { _ = try told.wait(for: 3) }
    await roster.untilEmpty()
  }
}
