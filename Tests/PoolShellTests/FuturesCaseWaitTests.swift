import Testing

/// The scenarios of CPython's tests about waiting and the end, by their ID in futures-cases.md.
@Suite("CPython's scenarios: waiting and the end", .timeLimit(.minutes(5)))
struct FuturesCaseWaitTests {
  /// 1 finished, 2 failed, 3 at gate g, 4 cancelled and never dequeued.
  private static let beginning = """
    set quiet on
    pool new blocked -w 1
    pool new -w 4
    submit return ok
    submit fail bad
    submit gate g
    submit --pool blocked gate g
    submit --pool blocked return
    let answer = $(cancel 5)
    let w = $(wait 1 2)
    let e = $(exception 2)

    """

  @Test(
    "wait",
    arguments: [
      scenario(
        "C-47", "submit sleep 10ms\nwait 1 1 1..1", "[1] sleep 10ms\ndone: 1\nnot done: none"),
      scenario(
        "C-48 (WA-09: cancelled is done)", beginning + "wait first 3 5\nopen g",
        "done: 5\nnot done: 3"),
      scenario("C-49", beginning + "wait first 1 3 5\nopen g", "done: 1 5\nnot done: 3"),
      scenario(
        "C-50",
        beginning
          + "submit { gate a; fail x }\non_done 1 { open a }\nwait exception 1 3 6\nopen g\n"
          + "let e = $(exception 6)",
        "done: 1 6\nnot done: 3"),
      scenario(
        "C-51",
        beginning + "submit { fail x }\nwait exception 1 3 5 6\nopen g\nlet e = $(exception 6)",
        "done: 1 5 6\nnot done: 3"),
      scenario("C-52", beginning + "wait exception 2 3\nopen g", "done: 2\nnot done: 3"),
      scenario(
        "C-53",
        beginning
          + "submit fail x\nsubmit return y\nwait all 1 2 5..7\nopen g\nlet e = $(exception 6)",
        "done: 1 2 5..7\nnot done: none"),
      scenario(
        "C-54", beginning + "wait all 1..3 5 --timeout 50ms && print fine\nopen g",
        "done: 1 2 5\nnot done: 3\nfine"),
      scenario(
        "C-55",
        "set quiet on\n"
          + "for round in 1..20 { let ids = $(submit { gate $item$round } ::: a a a a a); "
          + "open a$round; let w = $(wait $ids) }\nwait finished", "done: 1..100\nnot done: none"),
    ])
  func waiting(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "as_completed",
    arguments: [
      scenario(
        "C-56", beginning + "submit return f1 ::: x\nas_completed 1 2 5 6\nopen g",
        "[1] ok\n[2] error: bad\n[5] cancelled\n[6] f1 x", isUnordered: true),
      scenario(
        "C-57",
        beginning
          + "for t in 0 9ms { try { as_completed 1 2 3 5 -t $t } catch { print $error } }\nopen g",
        Array(
          repeating:
            "[1] ok\n[2] error: bad\n[5] cancelled\nTimeoutError: 1 (of 4) futures unfinished",
          count: 2
        )
        .joined(separator: "\n"), isUnordered: true),
      scenario("C-58", beginning + "as_completed 1 1 1..1\nopen g", "[1] ok"),
      scenario(
        "C-59",
        beginning + "try { as_completed 1 3 4 5 --timeout 0 } catch { print $error }\nopen g",
        "[1] ok\n[5] cancelled\nTimeoutError: 2 (of 4) futures unfinished", isUnordered: true),
      scenario(
        "C-60 completing inside the loop",
        "set quiet on\nsubmit { gate $item; return $item } ::: 1..8\nopen 1\n"
          + "as_completed do { print $result; open $(exec sh -c 'expr $0 + 1' $id) }",
        "1\n2\n3\n4\n5\n6\n7\n8"),
    ])
  func completed(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "shutdown and the end",
    arguments: [
      scenario(
        "C-61", "shutdown\nsubmit return", "pool main: shut down",
        errors:
          "-c:2:1: error: cannot schedule new futures after shutdown (make another: pool new)\n[..]\n[..]",
        status: 3),
      scenario(
        "C-62",
        "set quiet on\npool new -w 5\nsubmit { sleep 1ms } ::: 1..50\nshutdown\n"
          + "wait finished\nwait cancelled",
        "done: 1..50\nnot done: none\ndone: none\nnot done: none", errors: "no cancelled futures"),
      scenario(
        "C-63",
        "set quiet on\npool new -w 5\nsubmit { open $item; gate g } ::: 1..50\n"
          + "for i in 1..5 { gate $i }\n"
          + "set quiet off\nshutdown --no-wait --cancel-futures\nopen g\nwait\nwait finished",
        "pool pool1: shut down, 45 cancelled\ndone: 1..50\nnot done: none\ndone: 1..5\n"
          + "not done: none"
      ),
      scenario(
        "C-64",
        "set quiet on\npool new -w 1\nsubmit { gate g; return x }\nsubmit return y\ncancel 2\n"
          + "open g\nresult 1\n"
          + "set quiet off\nshutdown", "[2] cancelled\nx\npool pool1: shut down"),
      scenario(
        "C-65", "with pool -w 5 { map { exec expr $item '*' $item + 1 } ::: -2..2 }\nworkers",
        "5\n2\n1\n2\n5\nMainThread"),
      scenario(
        "C-66", "pool new a -w 1\nsubmit gate g\nsubmit print queued\npool new b -w 1\nopen g",
        "pool a: 1 worker\n[1] gate g\n[2] print queued\npool b: 1 worker\nqueued"),
      scenario(
        "C-67", "map --no-wait return ::: a b\nshutdown --no-wait\nresult all",
        "[1..2] 2 futures\npool main: shut down\na\nb"),
      scenario(
        "C-68", "submit { sleep 10ms; print apple }", "[1] { sleep 10ms; print apple }\napple"),
      scenario(
        "C-69", "submit { sleep 10ms; print apple }\nshutdown --no-wait",
        "[1] { sleep 10ms; print apple }\npool main: shut down\napple"),
    ])
  func ending(expected: ShellCase) async throws { try await expected.check() }

  @Test("C-70 apple or nothing, and no error")
  func cancelWithoutWaiting() async throws {
    let run = try await runShell(
      "set quiet on\nsubmit print apple\nshutdown --no-wait --cancel-futures")
    #expect(["apple\n", ""].contains(run.output) && run.errors.isEmpty && run.status == 0)
  }
}
