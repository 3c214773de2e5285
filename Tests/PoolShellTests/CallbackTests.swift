import TestSupport
import Testing

@testable import PoolShell

/// `on_done`: blocks that run when futures are done.
@Suite("on_done", .timeLimit(.minutes(5)))
struct CallbackTests {
  @Test("callbacks run in the order in which they were added, on the worker of the task")
  func order() async throws {
    try await expectShell(
      """
      pool new -w 1
      submit { gate g; return 42 } ::: it
      on_done 1 { print "1: $id $item $state $result <$error>" }
      on_done 1 { print "2: $worker" }
      add_done_callback 1 { print 3 }
      open g
      shutdown
      """,
      """
      pool pool1: 1 worker
      [1] { gate g; return 42 } ::: it
      1: 1 it finished 42 <>
      2: ThreadPoolExecutor-0_0
      3
      pool pool1: shut down
      """)
  }

  @Test(
    "C-35 on a future that is done, it runs at once, on the thread that asks",
    arguments: [
      ShellCase(
        "submit return x\nlet w = $(wait)\non_done 1 { print \"$state $result $worker\" }\n"
          + "print after",
        "[1] return x\nfinished x MainThread\nafter"),
      ShellCase(
        "submit fail b\nlet w = $(exception 1)\non_done 1 { print \"$state $error $worker\" }\n"
          + "print after",
        "[1] fail b\nfailed b MainThread\nafter"),
      ShellCase(
        Prologue.states + "on_done 5 { print \"$state $error $worker\" }\nprint after\n"
          + "let seen = $(exception 2)\nopen g",
        Prologue.statesOutput + "cancelled CancelledError: [5] was cancelled MainThread\nafter"),
      ShellCase(
        "submit return x ::: 1 2\nlet w = $(wait)\non_done all { print $id }\nprint after",
        "[1] return x 1\n[2] return x 2\n1\n2\nafter"),
      ShellCase(
        "submit return x\nsubmit { result 1; on_done 1 { print \"on $worker\" }; return }\n"
          + "result 2",
        "[1] return x\n[2] { result 1; on_done 1 { print \"on $worker\" }; return }\n"
          + "on ThreadPoolExecutor-0_[..]"
      ),
    ])
  func alreadyDone(expected: ShellCase) async throws { try await expected.check() }

  @Test("C-33 a cancel runs the callbacks before it answers, on its own thread")
  func cancel() async throws {
    try await expectShell(
      Prologue.states + """
        on_done 4 { print "$id $state $worker $error" }
        on_done 4 { print $result }
        cancel 4
        cancel 4
        let seen = $(exception 2)
        open g
        """,
      Prologue.statesOutput + """
        4 cancelled MainThread CancelledError: [4] was cancelled
        [4] cancelled
        [4] cancelled
        """, errors: "[4] exception calling callback: CancelledError: [4] was cancelled")
  }

  @Test(
    "C-34 and C-36: one that fails is one line on stderr, and changes nothing else",
    arguments: [
      ShellCase(
        "submit { gate g; return 5 }\non_done 1 { fail doh }\non_done 1 { print second }\nopen g\n"
          + "shutdown\nresult 1",
        "[1] { gate g; return 5 }\nsecond\npool main: shut down\n5",
        errors: "[1] exception calling callback: doh"),
      ShellCase(
        "submit return 5\nlet w = $(wait)\non_done 1 { fail doh }\nprint after\nresult 1",
        "[1] return 5\nafter\n5", errors: "[1] exception calling callback: doh"),
      ShellCase(
        "submit return 5\nlet w = $(wait)\non_done 1 { fail doh } && print fine",
        "[1] return 5\nfine", errors: "[1] exception calling callback: doh"),
      ShellCase(
        "submit fail boom\nlet w = $(exception 1)\non_done 1 { print $result; print never }",
        "[1] fail boom", errors: "[1] exception calling callback: boom"),
      ShellCase(
        "submit return 5\nlet w = $(wait)\non_done 1 { nosuch }", "[1] return 5",
        errors: "[1] exception calling callback: unknown command nosuch (to run a program: exec "
          + "nosuch …; all commands: help)"),
      ShellCase(
        "submit return 5\nlet w = $(wait)\non_done 1 { exit 3 }\nprint after",
        "[1] return 5\nafter",
        errors: "[1] exception calling callback: exit works only in the "
          + "session itself, not in a [..]"),
      ShellCase(
        "submit return 5\nlet w = $(wait)\non_done 1 { fail }", "[1] return 5",
        errors: "[1] exception calling callback: failed without a message"),
    ])
  func failing(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "its variables: a copy, and what it changes is its own",
    arguments: [
      ShellCase(
        "submit { gate g }\nlet v = 1\non_done 1 { print \"$v\"; let v = 2 }\nlet v = 3\nopen g\n"
          + "shutdown\nprint $v",
        "[1] { gate g }\n1\npool main: shut down\n3"),
      ShellCase(
        "submit return x\nlet w = $(wait)\nlet v = 1\non_done 1 { let v = 2; let id2 = $id }\n"
          + "print $v ${id2:-none} ${id:-none} ${result:-none}",
        "[1] return x\n1 none none none"),
      ShellCase(
        "def hi { print \"hi from $worker\" }\nsubmit return x\nlet w = $(wait)\non_done 1 { hi }",
        "[1] return x\nhi from MainThread"),
      ShellCase(
        "submit return x\nlet w = $(wait)\non_done 1 { return early; print never }\nprint after",
        "[1] return x\nafter"),
      ShellCase(
        "submit return x\nlet w = $(wait)\non_done 1 { fibonacci 10; state 1; exec echo e }",
        "[1] return x\ne"),
      ShellCase(
        "submit { gate g; exec echo bytes }\non_done 1 { print \"<$result>\" }\nopen g",
        "[1] { gate g; exec echo bytes }\n<bytes>"),
    ])
  func variables(expected: ShellCase) async throws { try await expected.check() }

  @Test("a callback may submit, and add callbacks")
  func submitting() async throws {
    try await expectShell(
      """
      pool new -w 1
      submit return a
      let w = $(wait)
      on_done 1 { submit return "$result b"; on_done last { print "then $result" } }
      shutdown
      result 2
      """,
      """
      pool pool1: 1 worker
      [1] return a
      then a b
      pool pool1: shut down
      a b
      """)
  }

  @Test("the end waits for the callbacks of every future")
  func end() async throws {
    let run = try await runShell(
      "submit { gate g; return $item } ::: 1..20\non_done all { print \"c$id\" }\nopen g")
    let callbacks = run.sortedLines.filter { $0.hasPrefix("c") }
    #expect(callbacks == (1...20).map { "c\($0)" }.sorted() && run.status == 0)
  }
}
