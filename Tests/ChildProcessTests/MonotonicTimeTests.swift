import Testing

@testable import ChildProcess

@Suite struct MonotonicTimeTests {
  private let start = MonotonicTime(nanoseconds: 5)

  @Test func advancing() {
    #expect(start.advanced(by: .nanoseconds(7)).nanoseconds == 12)
    #expect(start.advanced(by: .seconds(2)).nanoseconds == 2_000_000_005)
    #expect(start.advanced(by: .seconds(-2)) == start)
    #expect(start.advanced(by: .milliseconds(-1)) == start)
  }

  @Test func beyondTheClockIsClamped() {
    #expect(start.advanced(by: .seconds(Int64.max)).nanoseconds == .max)
    #expect(start.advanced(by: .seconds(Int64.max / 1_000_000_000 + 1)).nanoseconds == .max)
  }

  @Test func pollTimeoutIsRoundedUp() {
    #expect(start.pollTimeout(from: start) == 0)
    #expect(start.pollTimeout(from: MonotonicTime(nanoseconds: 9)) == 0)
    #expect(start.advanced(by: .nanoseconds(1)).pollTimeout(from: start) == 1)
    #expect(start.advanced(by: .milliseconds(1)).pollTimeout(from: start) == 1)
    #expect(start.advanced(by: .nanoseconds(1_000_001)).pollTimeout(from: start) == 2)
    #expect(MonotonicTime(nanoseconds: .max).pollTimeout(from: start) == .max)
  }
}
