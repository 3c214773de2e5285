/// Where workers without work sleep.
///
/// A wake is a ticket: it cannot be lost, whoever comes first, and cannot be taken by two. Closing gives one to
/// each who sleeps, by the pool's count: who was to be woken before that waits for the ticket on its way, so
/// that everybody leaves as what it is counted as.
final class Parking: Sendable {
  private struct State {
    var tickets = 0
    var closingTickets = 0
  }

  /// How a worker left its sleep.
  enum Awakening { case ticket, closed }

  private let state = Monitor(State())

  func sleep() -> Awakening {
    state.wait { state in
      if state.tickets > 0 {
        state.tickets -= 1
        return .ticket
      }
      guard state.closingTickets > 0 else { return nil }
      state.closingTickets -= 1
      return .closed
    } ?? .closed
  }

  func wakeOne() {
    state.withLock { $0.tickets += 1 }
    state.wakeOne()
  }

  /// Wakes so many who are not to search, because there are more workers than allowed.
  func dismiss(sleepers: Int) { close(sleepers: sleepers) }

  func close(sleepers: Int) {
    state.withLock { $0.closingTickets += sleepers }
    state.wakeAll()
  }
}
