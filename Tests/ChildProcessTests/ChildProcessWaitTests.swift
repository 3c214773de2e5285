import ChildProcess
import Glibc
import TestSupport
import Testing

/// Timeouts and `terminate`.
@Suite(.fewAtOnce) struct ChildProcessWaitTests {
  @Test func timeoutEndsTheChild() async throws {
    let outcome = try await run("sleep", ["60"]) { $0.timeout = .milliseconds(50) }
    #expect(outcome.ending == .timedOut)
    #expect(outcome.status == .signalled(SIGTERM))
  }

  @Test func timeoutThatIsNotReached() async throws {
    let outcome = try await run("true") { $0.timeout = .seconds(1000) }
    #expect(outcome.ending == .byItself)
  }

  @Test func timeoutAfterTheOutputsAreClosed() async throws {
    let outcome = try await sh("exec >&- 2>&-; sleep 60") { $0.timeout = .milliseconds(100) }
    #expect(outcome.ending == .timedOut)
  }

  @Test func graceLetsTheChildEndInOrder() async throws {
    let outcome = try await sh("trap 'echo bye; exit 5' TERM; while :; do sleep 0.01; done") {
      $0.timeout = .milliseconds(500)
      $0.grace = patience
    }
    #expect(outcome.ending == .timedOut)
    #expect(outcome.status == .exited(5))
    #expect(outcome.output.text == "bye\n")
  }

  @Test func noGraceIsKilledAtOnce() async throws {
    let outcome = try await sh("trap '' TERM; sleep 60") {
      $0.timeout = .milliseconds(50)
      $0.grace = .zero
    }
    #expect(outcome.status == .signalled(SIGKILL))
  }

  @Test func stoppedChildIsEnded() async throws {
    let outcome = try await sh("kill -STOP $$; sleep 60") {
      $0.timeout = .milliseconds(200)
      $0.grace = patience
    }
    #expect(outcome.status == .signalled(SIGTERM))
  }

  /// The ignored SIGTERM is inherited by `sleep`, which holds the pipe.
  @Test func timeoutKillsTheGrandchildThatIgnoresTheSignal() async throws {
    let outcome = try await sh("trap '' TERM; sleep 60 & echo $!; exit 0") {
      $0.timeout = .milliseconds(700)
      $0.grace = .milliseconds(100)
    }
    #expect(outcome.ending == .timedOut)
    #expect(outcome.status == .exited(0))
    try await expectGone(outcome.output)
  }

  @Test func terminateKillsTheGrandchildThatHoldsNoPipe() async throws {
    let directory = try TemporaryDirectory()
    let line = """
      (trap '' TERM; exec sleep 60 > /dev/null 2>&1) & echo $!
      sleep 0.1; : > '\(directory("ready"))'; sleep 60
      """
    try await onThread {
      let child = try ChildProcess.start(shell(line, grace: patience))
      startThread {
        try? eventually("the child to be ready") { directory.has("ready") }
        child.terminate()
      }
      let outcome = child.wait()
      #expect(outcome.ending == .terminated)
      #expect(outcome.status == .signalled(SIGTERM))
      try waitUntilGone(outcome.output)
    }
  }

  @Test func descendantOutsideTheGroupIsNotWaitedFor() async throws {
    let outcome = try await sh("setsid sleep 60 & echo $!; wait") {
      $0.timeout = .milliseconds(500)
      $0.grace = .milliseconds(100)
    }
    #expect(outcome.ending == .timedOut)
    let escaped = try #require(Int32(outcome.output.text.dropLast()))
    #expect(isAlive(escaped))
    kill(escaped, SIGKILL)
  }

  @Test func terminateFromAnotherThread() async throws {
    try await onThread {
      let child = try ChildProcess.start(ChildCommand(program: "sleep", arguments: ["60"]))
      startThread { child.terminate() }
      let outcome = child.wait()
      #expect(outcome.ending == .terminated)
      #expect(outcome.status == .signalled(SIGTERM))
    }
  }

  @Test func terminateBeforeWait() async throws {
    try await onThread {
      let child = try ChildProcess.start(shell("trap '' TERM; echo; sleep 60"))
      child.terminate(grace: .milliseconds(10))
      #expect(child.wait().ending == .terminated)
    }
  }

  /// The waiting thread sleeps for the long grace when the short one is asked for.
  @Test func secondTerminateShortensTheGrace() async throws {
    let directory = try TemporaryDirectory()
    try await onThread {
      let line = "trap '' TERM; : > '\(directory("ready"))'; while :; do sleep 1; done"
      let child = try ChildProcess.start(shell(line, grace: .seconds(1000)))
      startThread {
        try? eventually("the trap to be set") { directory.has("ready") }
        child.terminate()
        usleep(20_000)
        child.terminate(grace: .milliseconds(10))
        child.terminate()
      }
      #expect(child.wait().status == .signalled(SIGKILL))
    }
  }

  @Test func terminateWhileTheChildExits() async throws {
    try await onThread {
      for round in 0..<TestEnvironment.rounds(100) {
        let child = try ChildProcess.start(ChildCommand(program: "true"))
        startThread {
          usleep(UInt32(round * 10))
          child.terminate(grace: round.isMultiple(of: 2) ? .zero : nil)
          child.signal(SIGTERM)
        }
        let outcome = child.wait()
        if outcome.ending == .byItself { #expect(outcome.status == .exited(0)) }
        #expect([.exited(0), .signalled(SIGTERM), .signalled(SIGKILL)].contains(outcome.status))
      }
    }
  }

  private func expectGone(_ output: CapturedOutput) async throws {
    try await onThread { try waitUntilGone(output) }
  }
}

/// Waits until the process whose number is in the output is gone.
private func waitUntilGone(_ output: CapturedOutput) throws {
  let processID = try #require(Int32(output.text.dropLast()))
  try eventually("process \(processID) to be gone") { !isAlive(processID) }
}
