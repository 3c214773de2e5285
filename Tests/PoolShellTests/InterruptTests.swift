import TestSupport
import Testing

@testable import PoolShell

/// Ctrl-C at the prompt: whatever waits stops waiting, and the work goes on.
///
/// It comes while the command runs or just before it on the same line: the same to the user.
@Suite("Interrupts", .timeLimit(.minutes(5)))
struct InterruptTests {
  @Test(
    "the session's own waiting ends, and the next command runs",
    arguments: [
      "wait", "wait first", "result 1", "exception 1", "as_completed", "sleep 1000", "gate never",
      "shutdown", "map { gate g } ::: 1..3", "with pool -w 1 { submit gate g }", "save 1 /dev/null",
      "exec sleep 1000", "sh 'sleep 1000'", "repeat 1000000000 let x = 1", "primes 1000000000",
      "for i in 1..300000 { let x = $i }", "try { wait } catch { print never }",
      "wait || print never", "let x = $(wait)", "time wait", "{ wait; print never }",
    ])
  func interrupted(command: String) async throws {
    let script = "set quiet on\nsubmit gate g\nprint up; \(command)\nprint after\nopen g"
    let shell = ShellUnderTest()
    let run = try await runShell(script, in: shell, isInteractive: true) { shell in
      try shell.output.wait(for: "up\n")
      shell.session.userInterrupts()
      try shell.output.wait(for: "after\n")
    }
    #expect(run.output.hasPrefix("up\nafter\n"), "\(run.output)")
    let lines = run.errors.split(separator: "\n").filter { !$0.hasPrefix("time: ") }
    // What goes on is named; some commands have made futures of their own.
    #expect(lines.first?.firstMatch(of: /^interrupted; .*\b1\b/) != nil, "\(run.errors)")
  }

  /// A script whose end waits for a child that nobody but the user ends.
  private static let endless = "submit { open up; exec sleep 1000 }\ngate up\nprint up"
  private static let second: UInt64 = 1_000_000_000

  @Test("at the end, the first interrupt tells what goes on, the second one stops it")
  func atTheEnd() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(Self.endless, in: shell, isInteractive: true) { shell in
      try shell.errors.wait(
        for: "waiting for 1 running; Ctrl-C twice cancels what is queued and ends programs\n")
      shell.session.userInterrupts(at: 10 * Self.second)
      try shell.errors.wait(for: "interrupted, still waiting for 1 running; Ctrl-C again")
      shell.session.userInterrupts(at: 12 * Self.second)
    }
    #expect(
      run.status == 130 && run.errors.hasSuffix("interrupted: 1 child terminated\n"), "\(run)")
  }

  @Test("two that are more than two seconds apart are two first ones")
  func slowly() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(Self.endless, in: shell, isInteractive: true) { shell in
      try shell.errors.wait(for: "waiting for")
      for count in 1...3 {
        shell.session.userInterrupts(at: UInt64(10 * count) * Self.second)
        try eventually("warning \(count)") {
          shell.errors.text.split(separator: "\n").count == count + 1
        }
      }
      shell.session.userInterrupts(at: 31 * Self.second)
    }
    #expect(run.status == 130 && run.errors.split(separator: "\n").count == 5, "\(run)")
  }

  @Test("one that has ended a command just before counts as the first")
  func afterACommand() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(Self.endless + "; wait", in: shell, isInteractive: true) { shell in
      try shell.output.wait(for: "\nup\n")
      shell.session.userInterrupts(at: 10 * Self.second)
      try shell.errors.wait(for: "waiting for 1 running")
      shell.session.userInterrupts(at: 11 * Self.second)
    }
    #expect(
      run.status == 130 && run.errors.hasSuffix("interrupted: 1 child terminated\n"), "\(run)")
    #expect(!run.errors.contains("again"))
  }

  @Test("what ends by itself after a warning ends the session as ever")
  func afterAWarning() async throws {
    let shell = ShellUnderTest()
    let script = "submit { open up; gate g }\nsubmit sh 'sleep 0.2'\ngate up\nexit 7"
    let run = try await runShell(script, in: shell, isInteractive: true) { shell in
      try shell.errors.wait(for: "waiting for")
      shell.session.userInterrupts(at: 10 * Self.second)
      try shell.errors.wait(for: "still waiting for")
      shell.open("g")
    }
    #expect(run.status == 7 && !run.errors.contains("cancelled"), "\(run)")
  }

  @Test("one that ends a command does not drop the line that is typed next")
  func isNotForTheNextLine() {
    let session = ShellUnderTest().session
    let dropped = Guarded(0)
    session.interrupt.onInterrupt { dropped.withLock { $0 += 1 } }
    session.userInterrupts()
    #expect(session.interrupt.hasHappened && dropped.withLock { $0 } == 0)
    session.promptIsUp()
    session.userInterrupts()
    #expect(dropped.withLock { $0 } == 1)
    session.commandBegins()
    session.userInterrupts()
    #expect(dropped.withLock { $0 } == 1)
  }
}
