import Glibc
import TestSupport
import Testing

@testable import ChildProcess

/// Children that must not outlive this process; each test in a process of its own.
@Suite(.fewAtOnce) struct GuardianTests {
  /// The thread that starts a child is the one that waits for it, so it may go with it.
  @Test func endsWithTheThreadThatStartsIt() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        let child = Guarded<ChildProcess?>(nil)
        var command = ChildCommand(program: "sleep", arguments: ["3600"])
        command.diesWithThread = true
        startThread { [command] in
          let started = try? ChildProcess.start(command)
          child.withLock { $0 = started }
        }
        try eventually("it to be started") { child.withLock { $0 != nil } }
        let outcome = child.withLock { $0 }?.wait()
        #expect(outcome?.status == .signalled(SIGKILL))
      }
    }
  }

  @Test func itsPlacesAreUsedAgain() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        var command = ChildCommand(program: "true")
        command.diesWithThread = true
        for _ in 0..<20 { _ = try ChildProcess.start(command).wait() }
        command.program = "/nonexistent"
        for _ in 0..<20 { #expect(throws: SpawnError.self) { try ChildProcess.start(command) } }
        let place = try #require(Guardian.shared.reserve())
        #expect(place.index == 0 && place.address.pointee == 0)
      }
    }
  }

  /// It is nobody's child, so whoever counts ours does not see it.
  @Test func isNoChildOfOurs() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        var command = ChildCommand(program: "true")
        command.diesWithThread = true
        _ = try ChildProcess.start(command).wait()
        #expect(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD)
      }
    }
  }
}
