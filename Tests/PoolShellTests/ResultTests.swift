import Testing

@testable import PoolShell

/// `result`: values, and failures raised again.
@Suite("result", .timeLimit(.minutes(5)))
struct ResultTests {
  @Test(
    "the values, in order of id",
    arguments: [
      ShellCase(
        "submit return ::: c a b\nresult 3 1..2",
        "[1] return c\n[2] return a\n[3] return b\nc\na\nb"),
      ShellCase(
        "submit { gate g; return late }\nsubmit open g\nresult 1",
        "[1] { gate g; return late }\n[2] open g\nlate"),
      ShellCase(
        "submit return\nsubmit sleep 0\nsubmit print p\nwait 3\nresult all",
        "[1] return\n[2] sleep 0\n[3] print p\np\ndone: 3\nnot done: none"),
      ShellCase("submit sh 'printf \"a\\n\\n\"'\nresult 1", "[1] sh 'printf \"a\\n\\n\"'\na\n"),
      ShellCase("submit return x\nresult 1\nresult 1\nresult last all", "[1] return x\nx\nx\nx"),
      ShellCase("submit return 'a\nb'\nresult 1", "[1] return 'a\\nb'\na\nb"),
      ShellCase(
        "let ids = $(submit return ::: a b)\nlet v = $(result $ids)\nprint \"<$v>\"", "<a\nb>"),
      ShellCase(
        "let ids = $(submit return ::: a '' b)\nlet v = $(result $ids)\nprint \"<$v>\"",
        "<a\n\n"
          + "b>"),
      ShellCase(
        "let i = $(submit { return \"$(submit return deep)\" })\nresult $(result $i)", "deep"),
    ])
  func values(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "the first failure is raised again, after the values before it",
    arguments: [
      ShellCase(
        "set quiet on\nsubmit return a\nsubmit fail boom\nsubmit return c\nlet w = $(wait)\n"
          + "result all\nprint never",
        "a", errors: "-c:6:1: error: boom\n  result all\n  ^", status: 3),
      ShellCase(
        "set quiet on\nsubmit fail boom\nresult 1 || print \"caught $error\"", "caught boom"),
      ShellCase(
        "set quiet on\nsubmit { nosuch }\nresult 1",
        errors: "-c:3:1: error: unknown command nosuch (to run a program: [..])\n  result 1\n  ^",
        status: 3),
      ShellCase(
        "set quiet on\nsubmit fail\ntry { result 1; print never } catch { print \"<$error>\" }\n"
          + "state 1",
        "<failed without a message>\nfailed"),
      ShellCase(
        "set quiet on\nsubmit {\n  print a\n  fail deep\n}\nwait\nresult 1",
        "a\ndone: 1\nnot done: none", errors: "-c:7:1: error: deep\n  result 1\n  ^", status: 3),
      ShellCase("set quiet on\nsubmit fail x\nsubmit { result 1 }\nexception 2", "x"),
    ])
  func failures(expected: ShellCase) async throws {
    try await expected.check()
  }

  /// What `result ID --timeout 0` and `exception ID --timeout 0` say of each state.
  @Test(
    "C-40 and C-41: result and exception in each state",
    arguments: [
      ("result 1", "ok"), ("result 2", "error: bad"),
      ("result 3", "error: TimeoutError: [3] is running after 0s"),
      ("result 4", "error: TimeoutError: [4] is pending after 0s"),
      ("result 5", "error: CancelledError: [5] was cancelled"),
      ("exception 1", "none"), ("exception 2", "bad"),
      ("exception 3", "error: TimeoutError: [3] is running after 0s"),
      ("exception 4", "error: TimeoutError: [4] is pending after 0s"),
      ("exception 5", "error: CancelledError: [5] was cancelled"),
    ])
  func eachState(command: String, said: String) async throws {
    try await expectShell(
      Prologue.states + """
        try { \(command) --timeout 0 } catch { print "error: $error" }
        let seen = $(exception 2)
        open g
        """, Prologue.statesOutput + said)
  }

  @Test(
    "exception: the message, or none",
    arguments: [
      ShellCase("submit fail a b\nexception 1", "[1] fail a b\na b"),
      ShellCase("submit fail\nexception 1", "[1] fail\nfailed without a message"),
      ShellCase("submit return x\nexception last", "[1] return x\nnone"),
      ShellCase(
        "submit { gate g; fail late }\nsubmit open g\nexception 1 --timeout 1m",
        "[1] { gate g; fail late }\n[2] open g\nlate"),
      ShellCase(
        "submit --as it fail x\nlet e = $(exception @it)\nprint \"<$e>\"",
        "[1] fail x\n<x>"),
      ShellCase("submit return\nexception 1 && print yes", "[1] return\nnone\nyes"),
      ShellCase(
        "submit fail x ::: 1 2\nlet w = $(wait)\ntry { exception all } catch { print $error }",
        "[1] fail x 1\n[2] fail x 2\nexception: needs exactly one future, not 2",
        errors: "2 failures were never looked at: 1 2", status: 1),
      ShellCase(
        "exception", errors: "-c:1:1: error: exception: ID is missing [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "exception failed",
        errors: "no failed futures\n-c:1:[..]: error: exception: needs exactly "
          + "one future, not 0 [..]\n[..]\n[..]", status: 3),
    ])
  func exception(expected: ShellCase) async throws { try await expected.check() }

  @Test("the timeout is for all of them, and the work goes on")
  func timeout() async throws {
    try await expectShell(
      """
      submit { gate $item; return $item } ::: a b
      open a
      let w = $(wait 1)
      try { result all --timeout 20ms } catch { print $error }
      open b
      result 2
      """,
      """
      [1] { gate $item; return $item } ::: a
      [2] { gate $item; return $item } ::: b
      a
      TimeoutError: [2] is running after 0.02s
      b
      """)
  }

  @Test("a value is shown exactly, and its standard error each time with it")
  func bytes() async throws {
    let script = """
      set quiet on
      submit sh 'printf "\\377\\000x"; echo warn >&2'
      result 1
      result 1
      """
    let shell = ShellUnderTest()
    let run = try await runShell(script, in: shell) { _ in }
    #expect(shell.output.bytes == [0xFF, 0, 0x78, 0xFF, 0, 0x78])
    #expect(run.errors == "warn\nwarn\n" && run.status == 0)
  }
}
