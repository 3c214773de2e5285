import TestSupport
import Testing

@testable import ConcurrentFutures

/// Timeouts become moments, whatever is asked for.
@Suite("Deadline")
struct DeadlineTests {
  @Test("FU-10 no timeout is never")
  func never() {
    let deadline = Deadline(after: nil)
    #expect(deadline == .never)
    #expect(!deadline.hasPassed)
    #expect(deadline.remaining == nil)
    #expect(deadline.moment == nil)
  }

  @Test(
    "FU-10 zero or less has passed at once",
    arguments: [
      .zero, .nanoseconds(-1), .milliseconds(-1), .seconds(-1), .seconds(Int64.min),
      Duration(secondsComponent: 0, attosecondsComponent: -1),
    ] as [Duration])
  func past(timeout: Duration) {
    let deadline = Deadline(after: timeout)
    #expect(deadline.hasPassed)
    #expect(deadline.remaining == .zero)
  }

  @Test(
    "FU-10 a huge timeout is clamped, not an error",
    arguments: [
      .seconds(Int64.max), .seconds(Int64.max / 2), .seconds(4_611_686_018),
      .seconds(4_611_686_019), .milliseconds(Int64.max), .nanoseconds(Int64.max),
    ] as [Duration])
  func huge(timeout: Duration) throws {
    let deadline = Deadline(after: timeout)
    #expect(!deadline.hasPassed)
    let remaining = try #require(deadline.remaining)
    #expect(remaining > .seconds(1_000_000_000))
  }

  @Test("a moment comes closer, passes and stays passed")
  func passing() async throws {
    try await onThread {
      let deadline = Deadline(after: .milliseconds(5))
      let first = try #require(deadline.remaining)
      #expect(first <= .milliseconds(5))
      try eventually("the deadline to pass") { deadline.hasPassed }
      #expect(deadline.remaining == .zero)
      #expect(deadline.hasPassed)
    }
  }

  @Test("the clock does not go back")
  func monotonic() {
    var last = Deadline.now()
    for _ in 0..<10_000 {
      let now = Deadline.now()
      if now < last { Issue.record("\(now) after \(last)") }
      last = now
    }
  }
}
