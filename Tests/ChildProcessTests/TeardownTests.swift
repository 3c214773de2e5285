import TestSupport
import Testing

@testable import ChildProcess

@Suite(.fewAtOnce) struct TeardownTests {
  private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

  private func at(_ milliseconds: Int) -> MonotonicTime {
    start.advanced(by: .milliseconds(milliseconds))
  }

  private func teardown(timeout: Int? = nil, grace: Int = 2000) -> Teardown {
    Teardown(timeoutAt: timeout.map(at), grace: .milliseconds(grace))
  }

  @Test func withoutATimeoutNothingHappens() {
    var teardown = teardown()
    #expect(teardown.nextMoment == nil)
    #expect(teardown.advance(to: at(1_000_000)) == .none)
    #expect(!teardown.hasBegun && teardown.ending == .byItself)
  }

  @Test func fromTimeoutToTheEnd() {
    var teardown = teardown(timeout: 10)
    #expect(teardown.advance(to: at(9)) == .none)
    #expect(teardown.advance(to: at(10)) == .sendTerminate)
    #expect(teardown.ending == .timedOut)
    #expect(teardown.nextMoment == at(2010))
    #expect(teardown.advance(to: at(2009)) == .none)
    #expect(teardown.advance(to: at(2010)) == .sendKill)
    #expect(teardown.nextMoment == at(2110))
    #expect(teardown.advance(to: at(2110)) == .abandonOutput)
    #expect(teardown.nextMoment == nil)
    #expect(teardown.advance(to: at(9999)) == .none)
  }

  @Test func noGrace() {
    var teardown = teardown(timeout: 10, grace: 0)
    #expect(teardown.advance(to: at(10)) == .sendKill)
    var other = self.teardown()
    #expect(other.request(.terminated, at: at(1), grace: .zero) == .sendKill)
  }

  @Test func laterRequestsCanOnlyShortenTheGrace() {
    var teardown = teardown()
    #expect(teardown.request(.terminated, at: at(0)) == .sendTerminate)
    #expect(teardown.request(.terminated, at: at(100), grace: .seconds(5)) == .sendTerminate)
    #expect(teardown.nextMoment == at(2000))
    #expect(teardown.request(.terminated, at: at(100), grace: .milliseconds(7)) == .sendTerminate)
    #expect(teardown.nextMoment == at(107))
    #expect(teardown.request(.terminated, at: at(101), grace: .zero) == .sendKill)
    #expect(teardown.request(.terminated, at: at(102), grace: .zero) == .none)
  }

  @Test func firstReasonStaysButForAFailure() {
    var teardown = teardown(timeout: 10)
    _ = teardown.advance(to: at(10))
    _ = teardown.request(.terminated, at: at(11))
    #expect(teardown.ending == .timedOut)
    _ = teardown.request(.failed("full"), at: at(12))
    #expect(teardown.ending == .failed("full"))
    _ = teardown.request(.terminated, at: at(13))
    #expect(teardown.ending == .failed("full"))
  }
}
