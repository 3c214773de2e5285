import Testing

@testable import PoolShell

/// `wait`: which futures are done, and which are not.
@Suite("wait", .timeLimit(.minutes(5)))
struct WaitTests {
  /// A command, run while 1 is finished, 2 failed, 3 running, 4 pending and 5 cancelled.
  struct Among: Sendable, CustomTestStringConvertible {
    var command: String
    var output: String
    var errors: String
    var testDescription: String { command }

    init(_ command: String, _ output: String, errors: String = "") {
      self.command = command
      self.output = output
      self.errors = errors
    }
  }

  private func check(_ among: Among) async throws {
    try await expectShell(
      Prologue.states + among.command + "\nopen g\nlet seen = $(exception 2)",
      Prologue.statesOutput + among.output, errors: among.errors)
  }

  @Test(
    "first, exception, all, with some done already",
    arguments: [
      Among("wait first 3..5", "done: 5\nnot done: 3 4"),
      Among("wait first 1..5", "done: 1 2 5\nnot done: 3 4"),
      Among("wait first 4 3 1", "done: 1\nnot done: 3 4"),
      Among("wait exception 1..5", "done: 1 2 5\nnot done: 3 4"),
      Among("wait exception 2 3", "done: 2\nnot done: 3"),
      Among("wait exception 1 3 5 --timeout 0", "done: 1 5\nnot done: 3"),
      Among("wait exception 1 5", "done: 1 5\nnot done: none"),
      Among("wait all 1 2 5", "done: 1 2 5\nnot done: none"),
      Among("wait 1 2 5", "done: 1 2 5\nnot done: none"),
      Among("wait 5", "done: 5\nnot done: none"),
      Among("wait 1..5 --timeout 0", "done: 1 2 5\nnot done: 3 4"),
      Among("wait --timeout 1ms", "done: 1 2 5\nnot done: 3 4"),
      Among("wait 3 4 --timeout=10ms", "done: none\nnot done: 3 4"),
      Among("wait first 3 4 -t 0", "done: none\nnot done: 3 4"),
      Among("wait 2 2 1..2 1", "done: 1 2\nnot done: none"),
      Among("wait first", "done: 1 2 5\nnot done: 3 4"),
    ])
  func conditions(among: Among) async throws { try await check(among) }

  @Test(
    "a timeout is no error",
    arguments: [
      Among("wait 3 --timeout 0 && print yes", "done: none\nnot done: 3\nyes"),
      Among("try { wait 3 --timeout 0 } catch { print never }", "done: none\nnot done: 3"),
    ])
  func timeout(among: Among) async throws { try await check(among) }

  @Test(
    "it sets $done and $not_done, lists of ids; the value is $done",
    arguments: [
      Among("let x = $(wait 1..5 -t 0)\nprint \"$x|$done|$not_done\"", "1 2 5|1 2 5|3 4"),
      Among("let x = $(wait 1..5 -t 0)\nfor i in $done { print \"d$i\" }", "d1\nd2\nd5"),
      Among("let x = $(wait 1..5 -t 0)\nfor i in $not_done { print \"n$i\" }", "n3\nn4"),
      Among("let x = $(wait 1 5)\nprint \"<$not_done>\"", "<>"),
      Among("wait $(wait 1..5 -t 0)", "done: 1 2 5\nnot done: none"),
      Among("try { result $(wait first 2 3) } catch { print $error }", "bad"),
      Among(
        "def f { let x = $(wait 1); return \"in $done\" }\nf\nprint ${done:-unset}",
        "in 1\nunset"),
    ])
  func variables(among: Among) async throws { try await check(among) }

  @Test(
    "without a selector: the unseen that no earlier wait listed as done",
    arguments: [
      Among("wait -t 0\nwait -t 0", "done: 1 2 5\nnot done: 3 4\ndone: none\nnot done: 3 4"),
      Among("let x = $(result 1)\nwait -t 0", "done: 2 5\nnot done: 3 4"),
      Among("wait 1\nwait -t 0", "done: 1\nnot done: none\ndone: 2 5\nnot done: 3 4"),
      Among("wait 3 -t 0\nwait -t 0", "done: none\nnot done: 3\ndone: 1 2 5\nnot done: 3 4"),
      Among(
        "wait -t 0\nopen g\nwait\nwait",
        "done: 1 2 5\nnot done: 3 4\ndone: 3 4\nnot done: none\ndone: none\nnot done: none"),
      Among(
        "wait all -t 0\nwait all -t 0",
        "done: 1 2 5\nnot done: 3 4\ndone: none\nnot done: 3 4"),
      Among(
        "wait all all -t 0\nwait all all -t 0",
        "done: 1 2 5\nnot done: 3 4\ndone: 1 2 5\nnot done: 3 4"),
    ])
  func bare(among: Among) async throws { try await check(among) }

  @Test(
    "it waits until there is something to tell",
    arguments: [
      ShellCase(
        "submit { gate a; return x }\nsubmit gate b\nsubmit open a\nwait first 1 2\nopen b",
        "[1] { gate a; return x }\n[2] gate b\n[3] open a\ndone: 1\nnot done: 2"),
      ShellCase(
        "submit { gate a; fail x }\nsubmit gate b\nsubmit open a\nwait exception 1 2\nopen b\n"
          + "exception 1",
        "[1] { gate a; fail x }\n[2] gate b\n[3] open a\ndone: 1\nnot done: 2\nx"),
      ShellCase(
        "submit gate a\nsubmit gate a\nsubmit open a\nwait",
        "[1] gate a\n[2] gate a\n[3] open a\ndone: 1..3\nnot done: none"),
      ShellCase(
        "wait\nwait first\nwait exception\nwait all",
        (0..<4).map { _ in
          "done: none\nnot done: none"
        }.joined(separator: "\n")),
    ])
  func waiting(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "three ids in a row become a range",
    arguments: [
      ("1", "1"), ("1 2", "1 2"), ("1..3", "1..3"), ("1 3 4", "1 3 4"), ("1 3..5", "1 3..5"),
      ("1..3 5..7", "1..3 5..7"), ("1 2 4..6 8", "1 2 4..6 8"), ("6 5 4", "4..6"),
    ])
  func idLists(selector: String, text: String) async throws {
    let run = try await runShell("let x = $(submit return ::: 1..8)\nwait \(selector)")
    #expect(run.output == "done: \(text)\nnot done: none\n")
  }

  @Test("in a task it is about the task's own submissions, and answers nothing")
  func inTask() async throws {
    try await expectShell(
      """
      submit { gate g; return other }
      submit { submit return a; submit return b; return "own: $(wait)" }
      result 2
      submit { return "none: <$(wait)>" }
      result last
      open g
      """,
      """
      [1] { gate g; return other }
      [2] { submit return a; submit return b; return "own: $(wait)" }
      own: 3 4
      [5] { return "none: <$(wait)>" }
      none: <>
      """)
  }
}
