import Testing

/// Selectors, wherever futures are expected.
@Suite("Selectors", .timeLimit(.minutes(5)))
struct SelectorTests {
  /// 1 finished, 2 failed, 3 running, 4 pending, 5 cancelled; `wait … -t 0` tells which are meant.
  @Test(
    "each means its futures",
    arguments: [
      ("3", "not done: 3"), ("3 4", "not done: 3 4"), ("1..3", "done: 1 2, not done: 3"),
      ("3..1", "done: 1 2, not done: 3"), ("5..5", "done: 5"), ("last", "done: 5"),
      ("all", "done: 1 2 5, not done: 3 4"), ("pending", "not done: 4"), ("running", "not done: 3"),
      ("finished", "done: 1"), ("failed", "done: 2"), ("cancelled", "done: 5"),
      ("done", "done: 1 2 5"), ("unseen", "done: 1 2 5, not done: 3 4"),
      ("last 1", "done: 1 5"), ("failed finished 2 2..2", "done: 1 2"),
      ("done pending", "done: 1 2 5, not done: 4"),
      ("'1' \"2\" la'st'", "done: 1 2 5"), ("$one", "done: 1"), ("$word", "done: 2"),
      ("1..$two", "done: 1 2"),
      ("$(return 1)", "done: 1"), ("$(sh 'echo 1; echo failed')", "done: 1 2"),
      ("@it", "done: 1 2"),
      ("01 +2", "done: 1 2"),
    ])
  func meaning(selector: String, meant: String) async throws {
    let script = Prologue.states.replacing("submit return ok", with: "submit --as it return ok")
      .replacing("submit fail", with: "submit --as @it fail")
    let done = meant.firstMatch(of: /^done: ([\d ]+)/).map { String($0.1) } ?? "none"
    let notDone = meant.firstMatch(of: /not done: ([\d ]+)/).map { String($0.1) } ?? "none"
    try await expectShell(
      "let one = 1\nlet two = 2\nlet word = failed\n" + script
        + "wait all \(selector) -t 0\nopen g\nlet seen = $(exception 2)",
      Prologue.statesOutput + "done: \(done)\nnot done: \(notDone)")
  }

  @Test(
    "an id or a label that nothing has is an error; a state that nothing is in is a notice",
    arguments: [
      ShellCase(
        "result 7", errors: "-c:1:8: error: no future 7\n  result 7\n         ^", status: 3),
      ShellCase("result 0", errors: "-c:1:8: error: no future 0\n[..]\n[..]", status: 3),
      ShellCase("result -1", errors: "-c:1:8: error: no future -1\n[..]\n[..]", status: 3),
      ShellCase(
        "result 99999999999999999999",
        errors: "-c:1:8: error: 99999999999999999999 is no selector [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "submit return x\nlet w = $(wait)\nresult 1..3", "[1] return x",
        errors: "-c:3:8: error: no future 2\n[..]\n[..]", status: 3),
      ShellCase(
        "result last", errors: "-c:1:8: error: there is no future yet\n[..]\n[..]", status: 3),
      ShellCase(
        "result foo",
        errors: "-c:1:8: error: foo is no selector (such as 3, 3..7, last, all, "
          + "failed, @label)\n[..]\n[..]", status: 3),
      ShellCase(
        "result @nosuch", errors: "-c:1:8: error: no future is labelled nosuch\n[..]\n[..]",
        status: 3),
      ShellCase(
        "submit --as build return\nlet w = $(wait)\nresult @biuld", "[1] return",
        errors: "-c:3:8: error: no future is labelled biuld (did you mean @build?)\n[..]\n[..]",
        status: 3),
      ShellCase(
        "result all pending running finished failed cancelled skipped done unseen",
        errors: "no futures\nno pending futures\nno running futures\nno finished futures\n"
          + "no failed futures\nno cancelled futures\nno skipped futures\nno done futures\nno unseen futures"
      ),
      ShellCase(
        "submit return x\nresult 1\nresult unseen && print fine", "[1] return x\nx\nfine",
        errors: "no unseen futures"),
      ShellCase("wait failed", "done: none\nnot done: none", errors: "no failed futures"),
      ShellCase("result ''", errors: "-c:1:8: error: [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "result {}", errors: "-c:1:8: error: {} is no selector [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "result 1-3", errors: "-c:1:8: error: 1-3 is no selector [..]\n[..]\n[..]", status: 3),
    ])
  func unknown(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "ids count from 1, are never reused, and are in id order",
    arguments: [
      ShellCase(
        "submit return a\nresult 1\nsubmit return b\nresult last",
        "[1] return a\na\n[2] return b\nb"),
      ShellCase(
        "shutdown\ntry { submit return x } catch { }\npool new -w 1\nsubmit return y",
        "pool main: shut down\npool pool1: 1 worker\n[1] return y"),
      ShellCase(
        "submit return ::: a b c\nresult 3 1 2 1",
        "[1] return a\n[2] return b\n[3] return c\na\nb\nc"),
      ShellCase("map return ::: a b\nsubmit return c", "a\nb\n[3] return c"),
    ])
  func ids(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a label may be on futures of several commands",
    arguments: [
      ShellCase(
        "submit --as L return a\nmap --as L return ::: b\nmap --no-wait --as L return ::: c\n"
          + "submit --as M return d\nresult @L\nresult @M @L",
        "[1] return a\nb\n[3] 1 future\n[4] return d\na\nb\nc\na\nb\nc\nd"),
      ShellCase("submit --as L return a\nlet l = L\nresult @$l \"@$l\"", "[1] return a\na"),
      ShellCase("submit --as 3 return a\nresult @3", "[1] return a\na"),
    ])
  func labels(expected: ShellCase) async throws { try await expected.check() }
}
