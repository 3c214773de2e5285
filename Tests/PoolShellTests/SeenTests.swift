import Testing

/// What makes a future seen, and what is said at the end of failures that nobody looked at.
@Suite("Seen", .timeLimit(.minutes(5)))
struct SeenTests {
  @Test(
    "these show the outcome",
    arguments: [
      "try { result 1 } catch { }", "result 1 || print", "let x = $(exception 1)", "exception 1",
      "as_completed", "as_completed 1", "as_completed do { }", "info 1", "let x = $(info 1)",
      "let x = $(as_completed)", "submit { exception 1; return }; wait",
      "try { result all } catch { }",
      "submit { as_completed 1; return }; wait", "submit { try { result 1 } catch { } }; wait",
    ])
  func shows(command: String) async throws {
    let run = try await runShell("submit fail boom\nlet w = $(wait)\n\(command)")
    #expect(!run.errors.contains("never looked at") && run.status == 0, "\(run.errors)")
  }

  @Test(
    "these do not",
    arguments: [
      "wait", "wait 1", "wait exception", "state 1", "jobs", "jobs 1", "failed 1", "done 1",
      "running 1", "cancelled 1", "cancel 1", "on_done 1 { }", "on_done 1 { print $error }",
      "let x = $(state 1)", "pools", "workers", "shutdown", "wait unseen", "wait $done",
      "for i in $done { state $i }", "history",
    ])
  func doesNotShow(command: String) async throws {
    let run = try await runShell("submit fail boom\nlet w = $(wait)\n\(command)")
    #expect(run.errors == "1 failure was never looked at: 1\n" && run.status == 1)
  }

  @Test("what is not done yet is not seen by asking")
  func tooEarly() async throws {
    try await expectShell(
      """
      submit { gate g; fail late }
      try { result 1 --timeout 0 } catch { }
      try { exception 1 --timeout 0 } catch { }
      try { as_completed --timeout 0 } catch { }
      let x = $(info 1)
      wait unseen --timeout 0
      open g
      """,
      "[1] { gate g; fail late }\ndone: none\nnot done: 1",
      errors: "1 failure was never looked at: 1", status: 1)
  }

  @Test(
    "at the end of the input, failures that nobody looked at are listed",
    arguments: [
      ShellCase("submit return x\nsubmit print y", "[..]\n[..]\n[..]"),
      ShellCase(
        "submit fail a", "[1] fail a", errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit fail ::: 1..4\nlet w = $(wait)\nlet x = $(exception 2)",
        "[1] fail 1\n[2] fail 2\n[3] fail 3\n[4] fail 4",
        errors: "3 failures were never looked at: 1 3 4", status: 1),
      ShellCase(
        "map --no-wait fail ::: 1..3", "[1..3] 3 futures",
        errors: "3 failures were never looked at: 1..3", status: 1),
      ShellCase("map fail ::: 1 2 || print caught", "caught", errors: "[1] error: 1\n[2] error: 2"),
      ShellCase("let v = $(map fail ::: 1) || print caught", "caught"),
      ShellCase(
        Prologue.states + "open g", Prologue.statesOutput.dropLast().description,
        errors: "1 failure was never looked at: 2", status: 1),
      ShellCase(
        "submit { submit fail inner; wait; return }\nwait 1",
        "[1] { submit fail inner; wait; return }\ndone: 1\nnot done: none",
        errors: "1 failure was never looked at: 2", status: 1),
      ShellCase(
        "submit { gate g; fail late }\nopen g\nexit", "[1] { gate g; fail late }",
        errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit fail a\nexit 0", "[1] fail a",
        errors: "1 failure was never looked at: 1", status: 0),
      ShellCase(
        "submit fail a\nexit 7", "[1] fail a",
        errors: "1 failure was never looked at: 1", status: 7),
      ShellCase(
        "with pool -w 1 { submit fail a }", "[1] fail a",
        errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit return x\non_done 1 { fail doh }\nshutdown\nresult 1",
        "[1] return x\npool main: shut down\nx", errors: "[1] exception calling callback: doh"),
    ])
  func atTheEnd(expected: ShellCase) async throws { try await expected.check() }

  @Test("the selector unseen")
  func selector() async throws {
    try await expectShell(
      """
      set quiet on
      submit return ::: 1..4
      result 2
      wait unseen
      as_completed 1
      wait unseen
      as_completed unseen
      wait unseen
      """,
      """
      2
      done: 1 3 4
      not done: none
      [1] 1
      done: 3 4
      not done: none
      [3] 3
      [4] 4
      done: none
      not done: none
      """, errors: "no unseen futures", isUnordered: true)
  }

  @Test("a script that stops lists what had failed before")
  func stopped() async throws {
    try await expectShell(
      "submit fail a\nlet w = $(wait)\nfail b", "[1] fail a",
      errors: "-c:3:1: error: b\n  fail b\n  ^\n1 failure was never looked at: 1", status: 3)
  }
}
