import Testing

@testable import ConcurrentFutures

/// The queue between those who end futures and the one who waits for them.
@Suite("Arrivals", .timeLimit(.minutes(5)))
struct ArrivalsTests {
  @Test("everything that has arrived comes at once, in order, and once")
  func order() {
    let arrivals = Arrivals()
    for index in [3, 1, 2] { arrivals.append(index) }
    var fetched: [Int] = []
    arrivals.fetch(&fetched)
    #expect(fetched == [3, 1, 2])
    fetched.removeAll()
    arrivals.fetch(&fetched, until: Deadline(after: .zero))
    #expect(fetched == [])
  }

  /// The clock was read after the look: what ended between the two was given up with the wait.
  @Test("AC-08 what ends while the clock is read is handed out, though the time is up")
  func clockBeforeLook() {
    let arrivals = Arrivals()
    let isOver = {
      arrivals.append(7)
      return true
    }
    #expect(arrivals.look(isOver: isOver()) == [7])
    #expect(arrivals.look(isOver: false) == nil && arrivals.look(isOver: true) == [])
  }
}
