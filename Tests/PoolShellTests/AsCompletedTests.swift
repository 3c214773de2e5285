import TestSupport
import Testing

@testable import PoolShell

/// `as_completed`: futures as they end.
@Suite("as_completed", .timeLimit(.minutes(5)))
struct AsCompletedTests {
  @Test("each outcome has its form")
  func forms() async throws {
    try await expectShell(
      """
      set quiet on
      pool new -w 1
      submit return value
      submit return
      submit fail boom
      submit sh 'printf "a\\nb\\n"'
      submit sh 'printf ab'
      submit sh ':'
      submit sh 'echo e1 >&2; echo e2 >&2; exit 3'
      submit { nosuch }
      submit gate never
      submit return gone
      let x = $(cancel 10)
      let y = $(wait 1..8)
      as_completed 1..8 10
      open never
      """,
      """
      [1] value
      [2] finished
      [3] error: boom
      [4] a
      b
      [5] ab
      [6] finished
      [7] error: sh: exit status 3: e2
      [8] error: unknown command nosuch (to run a program: exec nosuch …; all commands: help)
      [10] cancelled
      """, errors: "e1\ne2", isUnordered: true)
  }

  @Test("they come in the order in which they end")
  func order() async throws {
    let script = "submit { gate $item; return $item } ::: a b c\nas_completed"
    let run = try await runShell(script, in: ShellUnderTest()) { shell in
      for (gate, id) in [("c", 3), ("a", 1), ("b", 2)] {
        shell.open(gate)
        try shell.output.wait(for: "\n[\(id)] \(gate)\n")
      }
    }
    #expect(run.output.hasSuffix("\n[3] c\n[1] a\n[2] b\n") && run.status == 0)
  }

  @Test("with do, a block runs for each")
  func block() async throws {
    try await expectShell(
      """
      submit { gate $item; return "v$item" } ::: b a
      open a
      as_completed do { print "$id $item $state $result <$error>"; open b }
      print "after: $id $item"
      """,
      """
      [1] { gate $item; return "v$item" } ::: b
      [2] { gate $item; return "v$item" } ::: a
      2 a finished va <>
      1 b finished vb <>
      after: 1 b
      """)
  }

  @Test(
    "in the block, $result raises the failure; $error and $state tell it",
    arguments: [
      ShellCase(
        "submit fail boom\nas_completed do { print \"$state $error\"; print $result }",
        "[1] fail boom\nfailed boom", errors: "-c:2:42: error: boom\n[..]\n[..]", status: 3),
      ShellCase(
        "submit fail boom\nas_completed do { try { print $result } catch { print \"c $error\" } }",
        "[1] fail boom\nc boom"),
      ShellCase(
        "pool new -w 1\nsubmit gate g\nsubmit return x\nlet x = $(cancel 2)\n"
          + "as_completed 2 do { print \"$state $error\" }\nopen g",
        "pool pool1: 1 worker\n[1] gate g\n[2] return x\n"
          + "cancelled CancelledError: [2] was cancelled"
      ),
      ShellCase("submit return\nas_completed do { print \"<$result>\" }", "[1] return\n<>"),
      ShellCase("submit return x\nas_completed do { print \"<$item>\" }", "[1] return x\n<>"),
      ShellCase(
        "submit return a\nas_completed do { return $result }\nprint after",
        "[1] return a\na\nafter"),
      ShellCase(
        "def f { submit return a; as_completed do { return \"f $result\" }; return never }\nf",
        "[1] return a\nf a"),
      ShellCase("submit return a\nas_completed do { fibonacci 10 }", "[1] return a\n55"),
      ShellCase(
        "submit return a\nas_completed do { submit return \"$result b\"; wait last }\nresult 2",
        "[1] return a\n[2] return \"$result b\"\ndone: 2\nnot done: none\na b"),
    ])
  func blockVariables(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "the time is up: what is done is handed out first",
    arguments: [
      ShellCase(
        Prologue.states + "try { as_completed --timeout 0 } catch { print $error }\nopen g",
        Prologue.statesOutput
          + "[1] ok\n[2] error: bad\n[5] cancelled\nTimeoutError: 2 (of 5) futures unfinished",
        isUnordered: true),
      ShellCase(
        Prologue.states + "try { as_completed 3 -t 10ms } catch { print $error }\nopen g\n"
          + "let seen = $(exception 2)",
        Prologue.statesOutput + "TimeoutError: 1 (of 1) futures unfinished"),
      ShellCase(
        Prologue.states + "as_completed 1 2 5 --timeout 0\nopen g",
        Prologue.statesOutput + "[1] ok\n[2] error: bad\n[5] cancelled", isUnordered: true),
      ShellCase("as_completed --timeout 0"),
      ShellCase("submit return x\nas_completed --timeout 1h", "[1] return x\n[1] x"),
    ])
  func timeout(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "without a selector it is about the unseen",
    arguments: [
      ShellCase("submit return a\nas_completed\nas_completed", "[1] return a\n[1] a"),
      ShellCase(
        "submit return a ::: 1 2\nresult 1\nas_completed",
        "[1] return a 1\n[2] return a 2\na 1\n[2] a 2"),
      ShellCase(
        "submit return a\nwait\nas_completed", "[1] return a\ndone: 1\nnot done: none\n[1] a"),
      ShellCase("submit return a\nas_completed 1 1 1..1", "[1] return a\n[1] a"),
      ShellCase("submit return a\nas_completed 1\nas_completed 1", "[1] return a\n[1] a\n[1] a"),
      ShellCase("as_completed"),
      ShellCase(
        "submit return o\nwith pool -w 1 { submit return i; as_completed }\nas_completed",
        "[1] return o\n[2] return i\n[2] i\n[1] o"),
      ShellCase(
        "submit return o\nsubmit { submit return i; return $(as_completed) }\nresult 2",
        "[1] return o\n[2] { submit return i; return $(as_completed) }\n[3] i"),
    ])
  func unseen(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "its value is its lines",
    arguments: [
      ShellCase(
        "submit return a\nlet x = $(as_completed)\nprint \"<$x>\"", "[1] return a\n<[1] a>"),
      ShellCase("let x = $(as_completed)\nprint \"<$x>\"", "<>"),
      ShellCase(
        "submit { submit return a; as_completed }\nresult 1",
        "[1] { submit return a; as_completed }\n[2] a"),
      ShellCase(
        "as_completed do", errors: "-c:1:14: error: as_completed: do needs a block[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "as_completed { print }",
        errors: "-c:1:14: error: as_completed: unexpected block[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "as_completed do { } 1",
        errors: "-c:1:14: error: as_completed: do needs a block[..]\n[..]\n[..]", status: 3),
    ])
  func value(expected: ShellCase) async throws { try await expected.check() }
}
