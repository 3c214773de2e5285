import ChildProcess
import TestSupport
import Testing

@testable import PoolShell

/// The children of a session, while Ctrl-Z stops the process.
@Suite struct RunningChildrenTests {
  private let children = RunningChildren()

  /// It would have the signal too, and be stopped before its program runs.
  @Test func noneIsStartedWhileTheProcessStops() async throws {
    let log = OrderLog<String>()
    let (stopping, asking) = (Gate(), Gate())
    try await withThrowingTaskGroup(of: Void.self) { [children] group in
      group.addTask {
        try await onThread {
          children.withoutStarting {
            stopping.open()
            try? asking.wait()
            _ = try? log.wait(for: 1, timeout: .milliseconds(100))  // in vain
            log.append("stopped")
          }
        }
      }
      group.addTask {
        try await onThread {
          try stopping.wait()
          asking.open()
          _ = try children.run(ChildCommand(program: "/bin/true"), endedBy: nil)
          log.append("started")
        }
      }
      try await group.waitForAll()
    }
    #expect(log.entries == ["stopped", "started"])
  }

  @Test func theEndDoesNotWaitForOneThatIsHeldBack() async throws {
    let (stopping, goOn) = (Gate(), Gate())
    try await withThrowingTaskGroup(of: Void.self) { [children] group in
      group.addTask {
        try await onThread {
          children.withoutStarting {
            stopping.open()
            try? goOn.wait()
          }
        }
      }
      group.addTask {
        try await onThread {
          try stopping.wait()
          #expect(children.terminateAll() == 0)
          #expect(throws: ShellError.self) {
            try children.run(ChildCommand(program: "/bin/true"), endedBy: nil)
          }
          goOn.open()
        }
      }
      try await group.waitForAll()
    }
  }
}
