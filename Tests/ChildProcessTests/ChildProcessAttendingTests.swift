import ChildProcess
import Glibc
import TestSupport
import Testing

/// What can be done while a child is waited for.
@Suite(.fewAtOnce) struct ChildProcessAttendingTests {
  /// While it writes, and while it has closed its outputs and runs on.
  @Test(arguments: ["read x", "exec >&- 2>&-; read x"])
  func theAlarmIsCalledUntilItWantsNoMore(_ line: String) async throws {
    try await onThread {
      let directory = try TemporaryDirectory()
      let fifo = directory("fifo")
      guard mkfifo(fifo, 0o600) == 0 else { throw SystemCallFailed() }
      let child = try ChildProcess.start(shell("exec <>\(fifo); \(line)"))
      var calls = 0
      let outcome = child.wait {
        calls += 1
        guard calls == 20 else { return .milliseconds(calls % 3) }
        child.terminate()
        return nil
      }
      #expect(calls == 20)
      #expect(outcome.ending == .terminated)
    }
  }

  @Test func withoutAnAlarmOfItsOwnTheTimeoutStays() async throws {
    let outcome = try await onThread {
      try ChildProcess.start(shell("sleep 60", timeout: .milliseconds(50))).wait { nil }
    }
    #expect(outcome.ending == .timedOut)
  }

  @Test func stopsAreToldAndTheExitIsLeftToWait() async throws {
    try await onThread {
      let child = try ChildProcess.start(shell("kill -STOP $$; kill -STOP $$; exit 3"))
      #expect(child.waitForStop())
      child.proceed()
      #expect(child.waitForStop())
      child.proceed()
      #expect(!child.waitForStop())
      #expect(child.wait().status == .exited(3))
    }
  }
}
