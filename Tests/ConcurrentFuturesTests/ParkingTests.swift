import TestSupport
import Testing

@testable import ConcurrentFutures

/// Where workers sleep: as many leave as are let go, each as what it is counted as.
@Suite("Parking", .timeLimit(.minutes(5)))
struct ParkingTests {
  /// Lets so many sleep, and returns the log of how they left.
  private func sleep(_ count: Int, in parking: Parking) -> OrderLog<Parking.Awakening> {
    let log = OrderLog<Parking.Awakening>()
    for _ in 0..<count { startThread { log.append(parking.sleep()) } }
    return log
  }

  @Test("a ticket waits for who comes late, and lets one through")
  func ticketFirst() async throws {
    try await onThread {
      let parking = Parking()
      parking.wakeOne()
      let awakening = try inTime("a ticket") { parking.sleep() }
      #expect(awakening == .ticket)
    }
  }

  @Test("each ticket lets exactly one through, closing lets the rest through")
  func tickets() async throws {
    try await onThread {
      let parking = Parking()
      let log = sleep(5, in: parking)
      parking.wakeOne()
      parking.wakeOne()
      let first = try log.wait(for: 2)
      #expect(first == [.ticket, .ticket])
      parking.close(sleepers: 3)
      let all = try log.wait(for: 5)
      #expect(all.suffix(3) == [.closed, .closed, .closed])
    }
  }

  @Test("SD-02 a ticket that comes after the closing still meets its sleeper")
  func lateTicket() async throws {
    try await onThread {
      let parking = Parking()
      let log = sleep(3, in: parking)
      parking.close(sleepers: 2)  // the third one was to be woken before that
      let first = try log.wait(for: 2)
      #expect(first == [.closed, .closed])
      parking.wakeOne()
      let all = try log.wait(for: 3)
      #expect(all.last == .ticket)
    }
  }
}
