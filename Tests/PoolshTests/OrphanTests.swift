import Glibc
import TestSupport
import Testing

/// poolsh is killed with KILL, at any moment: nothing that its jobs have started is left.
@Suite(.serialized, .fewAtOnce) struct OrphanTests {
  /// Jobs whose children have children, some of which ignore TERM and hold no pipe.
  private static let script = """
    repeat 6 submit sh 'sleep 3600 & (trap "" TERM HUP; sleep 3600; sleep 3600) > /dev/null 2>&1 & wait'
    submit exec sleep ::: 3600 3600
    submit { repeat 1000 exec true; print never }
    map --no-wait --retries 100 sh ': {}; sleep 3600 < /dev/null & exit 1' ::: 1..3
    print up
    exec sleep 3600
    """

  private func killed(after pause: Duration?) throws {
    let mark = Marked()
    let program = try RunningProgram(
      Launch(["-w", "12", "-c", Self.script]) { $0.environment = mark.environment })
    if let pause {
      usleep(UInt32(pause / .microseconds(1)))
    } else {
      try program.waitForOutput("up\n")
      try eventually("children of children") { mark.processes.count > 12 }
    }
    program.send(SIGKILL)
    #expect(try program.wait().ending == .killed(by: SIGKILL))
    try mark.waitUntilGone()
  }

  @Test func inTheMiddle() async throws {
    try await onThread { try killed(after: nil) }
  }

  @Test func atAnyMoment() async throws {
    try await onThread {
      var generator = SeededGenerator(seed: 5)
      for _ in 0..<TestEnvironment.rounds(25, sanitized: 5) {
        try killed(after: .microseconds(generator.below(120_000)))
      }
    }
  }

  /// What a job has left behind on purpose lives on when poolsh ends in order.
  @Test func notAtTheEnd() async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let run = try RunningProgram(
        Launch(["-c", "submit sh '\(sleeper.command) > /dev/null 2>&1 &'; wait"])
      ).wait()
      #expect(run.status == 0)
      #expect(sleeper.processIDs.count == 1)
    }
  }
}
