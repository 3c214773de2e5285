import TestSupport
import Testing

@testable import PoolShell

/// `race`: the first that finishes well.
@Suite("race", .timeLimit(.minutes(5)))
struct RaceTests {
  @Test(
    "gives the first success and cancels the others",
    arguments: [
      ShellCase(
        "submit { gate g; return slow }\nsubmit fail boom\nsubmit return quick\nrace all\n"
          + "print \"winner $winner\"\nopen g",
        "[1] { gate g; return slow }\n[2] fail boom\n[3] return quick\nquick\nwinner 3"),
      ShellCase(
        "pool new -w 1\nsubmit return a\nsubmit { open started; gate g }\ngate started\n"
          + "submit print never\nrace 1..3\nstate 3\nopen g",
        "pool pool1: 1 worker\n[1] return a\n[2] { open started; gate g }\n[3] print never\na\n"
          + "cancelled"),
      ShellCase(
        "submit { gate g; return a }\nsubmit --after 1 return b\nsubmit return c\nrace 1 2 3\n"
          + "state 2\nopen g",
        "[1] { gate g; return a }\n[2] return b\n[3] return c\nc\ncancelled"),
      ShellCase("submit return x\nprint \"<$(race 1)>\"", "[1] return x\n<x>"),
    ])
  func first(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "fails if none finishes, or none in time, or there is none",
    arguments: [
      ShellCase(
        "submit fail a\nsubmit fail b\ntry { race all } catch { print $error }",
        "[1] fail a\n[2] fail b\nnone of 2 futures finished: [1] failed: a; [2] failed: b"),
      ShellCase(
        "submit gate g\ntry { race 1 --timeout 10ms } catch { print $error }\nstate 1\nopen g",
        "[1] gate g\nTimeoutError: none of 1 future finished within [..]\nrunning"),
      ShellCase(
        "race failed",
        errors: "no failed futures\n-c:1:1: error: there is nothing to race\n[..]\n[..]",
        status: 3),
    ])
  func fails(expected: ShellCase) async throws { try await expected.check() }

  @Test("ends the programs of those that run")
  func endsChildren() async throws {
    let run = try await runShell(
      "submit sh 'echo up; exec sleep 1000'\nsubmit { sleep 0.3; return quick }\nrace 1 2\n"
        + "wait 1\nstate 1"
    ) { $0.isQuiet = true }
    // What the program has written is still shown, whenever it comes.
    #expect(run.sortedLines == ["done: 1", "failed", "not done: none", "quick", "up"])
    #expect(run.status == 0)
  }

  @Test("ends those that run no program, too")
  func sleeper() async throws {
    try await ShellCase(
      "submit { open up; sleep 1000 }\ngate up\nsubmit return quick\nrace 1 2\nwait 1\nexception 1",
      "[1] { open up; sleep 1000 }\n[2] return quick\nquick\ndone: 1\nnot done: none\nkilled"
    ).check()
  }

  @Test("JSON names the winner")
  func json() async throws {
    let run = try await runShell("submit return x\nrace 1") { $0.isJSON = true }
    #expect(
      run.output.hasSuffix(#"{"command":"race","id":1,"state":"finished","value":"x"}"# + "\n"))
  }
}
