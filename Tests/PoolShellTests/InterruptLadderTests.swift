import Testing

@testable import PoolShell

/// Which step a Ctrl-C is, by what goes on and by when the one before was.
@Suite("Ctrl-C by steps")
struct InterruptLadderTests {
  /// One Ctrl-C: seconds, what goes on, what it does.
  typealias Event = (Double, InterruptLadder.Phase, InterruptLadder.Step)

  @Test(
    arguments: [
      // At the prompt and during commands there is no ladder, however often it comes.
      [(0, .prompt, .endsWaiting), (0.1, .prompt, .endsWaiting), (0.2, .prompt, .endsWaiting)],
      [(0, .command, .endsWaiting), (0.1, .command, .endsWaiting), (0.2, .command, .endsWaiting)],
      // At the end there is.
      [(0, .end, .warns), (1.9, .end, .stops), (100, .end, .leaves), (101, .end, .leaves)],
      [(0, .end, .warns), (2.1, .end, .warns), (4.2, .end, .warns), (6.2, .end, .stops)],
      // One that has ended a command counts, one at the prompt does not.
      [(0, .command, .endsWaiting), (2, .end, .stops), (2.1, .end, .leaves)],
      [(0, .command, .endsWaiting), (2.1, .end, .warns), (4.1, .end, .stops)],
      [(0, .prompt, .endsWaiting), (0.5, .end, .warns), (1, .end, .stops)],
      [(0, .command, .endsWaiting), (0.5, .prompt, .endsWaiting), (1, .end, .warns)],
    ] as [[Event]])
  func steps(_ events: [Event]) {
    var ladder = InterruptLadder()
    for (seconds, phase, step) in events {
      ladder.phase = phase
      #expect(ladder.interrupt(at: UInt64(1e12 + seconds * 1e9)) == step, "at \(seconds)")
    }
  }

  @Test func theSessionsThreadTakesEachStepOnce() {
    var ladder = InterruptLadder()
    ladder.phase = .end
    #expect(ladder.takePending() == nil)
    _ = ladder.interrupt(at: 10)
    #expect(ladder.takePending() == .warns)
    #expect(ladder.takePending() == nil)
    _ = ladder.interrupt(at: 20)
    #expect(ladder.hasStopped)
    #expect(ladder.takePending() == .stops)
  }

  /// The thread may have been busy with the first.
  @Test func theLaterOfTwoStepsCounts() {
    var ladder = InterruptLadder()
    ladder.phase = .end
    _ = ladder.interrupt(at: 10)
    _ = ladder.interrupt(at: 20)
    #expect(ladder.takePending() == .stops)
  }
}
