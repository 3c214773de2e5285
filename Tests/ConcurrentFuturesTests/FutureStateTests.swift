import Testing

@testable import ConcurrentFutures

/// Each event in each phase, without any thread.
@Suite("FutureState")
struct FutureStateTests {
  private static let pending = FutureState.Phase.pending.rawValue
  private static let running = FutureState.Phase.running.rawValue
  private static let completing = FutureState.Phase.completing.rawValue
  private static let cancelled = FutureState.Phase.cancelled.rawValue
  private static let finished = FutureState.Phase.finished.rawValue

  @Test(
    "FU-05 start: only a pending future starts",
    arguments: [
      (pending, true, running), (running, false, running), (completing, false, completing),
      (cancelled, false, cancelled), (finished, false, finished),
    ])
  func start(before: UInt64, starts: Bool, after: UInt64) {
    let future = FutureMachine(before)
    #expect(future.start() == starts)
    #expect(future.phase.rawValue == after)
  }

  @Test("FU-02 cancel: a pending future becomes cancelled, and its observers are owed a word")
  func cancelPending() {
    let unobserved = FutureMachine(Self.pending)
    #expect(unobserved.cancel() == .now(isObserved: false))
    let observed = FutureMachine(Self.pending)
    #expect(observed.observe())
    #expect(observed.cancel() == .now(isObserved: true))
    #expect(observed.phase == .cancelled)
  }

  @Test("FU-04 cancel: a second one changes nothing")
  func cancelTwice() {
    let future = FutureMachine(Self.cancelled)
    #expect(future.cancel() == .before)
    #expect(future.phase == .cancelled)
  }

  @Test("FU-03 cancel: refused from running on", arguments: [running, completing, finished])
  func cancelTooLate(phase: UInt64) {
    let future = FutureMachine(phase)
    #expect(future.cancel() == .refused)
    #expect(future.phase.rawValue == phase)
  }

  @Test(
    "FU-15, FU-16 claim: from pending and running, once",
    arguments: [
      (pending, true), (running, true), (completing, false), (cancelled, false), (finished, false),
    ])
  func claim(before: UInt64, isGranted: Bool) {
    let future = FutureMachine(before)
    #expect(future.claim() == isGranted)
    #expect(future.phase.rawValue == (isGranted ? Self.completing : before))
  }

  @Test("finish: tells whether anybody is to be told", arguments: [running, completing])
  func finish(before: UInt64) {
    let unobserved = FutureMachine(before)
    #expect(!unobserved.finish())
    let observed = FutureMachine(before)
    #expect(observed.observe())
    #expect(observed.finish())
    #expect(observed.phase == .finished)
  }

  @Test(
    "FU-01 observe: accepted until done",
    arguments: [
      (pending, true), (running, true), (completing, true), (cancelled, false), (finished, false),
    ])
  func observe(phase: UInt64, isAccepted: Bool) {
    let future = FutureMachine(phase)
    #expect(future.observe() == isAccepted)
    #expect(future.state.isObserved == isAccepted)
    #expect(future.state.isDone != isAccepted)
    #expect(future.phase.rawValue == phase)
  }
}
