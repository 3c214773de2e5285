import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// `map --halt`.
@Suite("--halt", .timeLimit(.minutes(5)))
struct HaltTests {
  @Test("now: what runs is ended, what waits does not begin, and the failure is told once")
  func now() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new -w 3
      map --halt now,fail=1 sh ::: 'sleep 60' 'sleep 60' 'echo out; exit 7' 'echo never' 'echo never'
      """)
    #expect(run.status == 3 && run.output == "out\n", "\(run)")
    #expect(
      Expected.matches(
        run.errors,
        """
        [3] error: sh: exit status 7
        -c:3:1: error: halted by now,fail=1: 1 of 5 items failed: 3; terminated: 1 2; 2 not started
        [..]
        [..]

        """), "\(run)")
  }

  @Test("soon: what runs finishes, and is shown")
  func soon() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new -w 2
      try { map --halt soon,fail=1 { open up$item; gate $item; fail no } ::: a b c d } catch { print $error }
      jobs cancelled
      """, in: ShellUnderTest()
    ) { shell in
      for name in ["upa", "upb"] {
        _ = try shell.session.gates.future(name).result(timeout: patience)
      }
      try eventually("all to be submitted") { shell.session.futures.all.count == 4 }
      shell.open("a")
      try shell.errors.wait(for: "map: starting no more jobs; waiting for 1 job to finish\n")
      shell.open("b")
    }
    // Whether the map has come to see that there are no more items is its own affair.
    #expect(run.output.hasPrefix("halted by soon,fail=1: 2 of 4 items failed: 1 2; "))
    #expect(run.output.split(separator: "\n").count == 4, "two are cancelled: \(run.output)")
    #expect(run.errors.hasSuffix("[1] error: no\n[2] error: no\n") && run.status == 0, "\(run)")
  }

  @Test("success: the first that is good is enough, and failures before it are none of the map")
  func success() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new -w 2
      map --halt now,success=1 sh ::: 'exit 1' 'sleep 60' 'echo good' 'echo never'
      print after
      """)
    #expect(run.status == 0 && run.output == "good\nafter\n", "\(run)")
    #expect(
      run.errors
        == "[1] error: sh: exit status 1\n"
        + "map: halted by now,success=1: 1 of 4 items succeeded; terminated: 2; 1 not started\n")
  }

  @Test(
    "done, and a part of all",
    arguments: [
      ("soon,done=2", 2), ("soon,done=50%", 2), ("soon,success=25%", 1), ("now,done=75%", 3),
      ("now,done=100%", 4),
    ])
  func done(policy: String, count: Int) async throws {
    let run = try await runShell("pool new -w 1; map --halt \(policy) return ::: 1..4")
    // One more may run before the halt is known.
    let counts = count < 4 ? [count, count + 1] : [count]
    let endings = counts.map { count in
      let values = (1...count).map { "\($0)\n" }.joined()
      let rest = count == 4 ? "" : "; \(4 - count) not started"
      let word = policy.contains("success") ? "succeeded" : "done"
      return (
        output: "pool pool1: 1 worker\n" + values,
        errors: "map: halted by \(policy): \(count) of 4 items \(word)\(rest)\n"
      )
    }
    let isExpected = endings.contains {
      $0.output == run.output && run.errors.hasSuffix($0.errors)
    }
    #expect(isExpected && run.status == 0, "\(run)")
  }

  @Test("never, or not enough: all run")
  func never() async throws {
    for policy in ["never", "0", "now,success=5", "soon,fail=1"] {
      try await expectShell("map --halt \(policy) return ::: 1..4", "1\n2\n3\n4")
    }
    let run = try await runShell("map --halt soon,fail=3 fail ::: a b")
    #expect(run.errors.contains("error: 2 of 2 items failed: 1 2 (first: [1] a)\n"))
  }

  @Test("with --buffersize the rest of the input is not taken; a part of it has no meaning")
  func window() async throws {
    let run = try await runShell(
      "pool new -w 1; map --halt soon,fail=1 --buffersize 2 fail ::: 1..1000000")
    // One more may have begun by then.
    #expect(run.errors.contains("halted by soon,fail=1: "), "\(run)")
    #expect(run.errors.contains("the rest not started"))
    let refused = try await runShell("map --halt soon,fail=1% --buffersize 2 fail ::: 1")
    #expect(refused.errors.hasPrefix("-c:1:1: error: map: --halt with % must know how many jobs"))
  }

  @Test("a stubborn program, and what it has started, is ended too")
  func stubborn() async throws {
    let run = try await runShell(
      """
      pool new -w 2
      map --halt now,fail=1 sh ::: 'trap "" TERM; sleep 60 & wait; wait; sleep 60' 'sleep 0.1; exit 1'
      """)
    #expect(run.errors.contains("1 of 2 items failed: 2; terminated: 1\n"), "\(run)")
  }

  @Test("a block whose program is ended starts no other")
  func block() async throws {
    let run = try await runShell(
      """
      pool new -w 2
      map --halt now,fail=1 { sh $item; try { exec sleep 60 }; exec sleep 60 } ::: 'exit 0' 'sleep 0.1; exit 1'
      """)
    #expect(run.errors.contains("1 of 2 items failed: 2; terminated: 1\n"), "\(run)")
  }

  @Test(
    "nonsense",
    arguments: ["x", "now", "now,fail", "now,fail=x", "now,fail=0", "soon,done=101%", "''"])
  func nonsense(policy: String) async throws {
    let run = try await runShell("map --halt \(policy) print ::: 1")
    #expect(
      Expected.matches(
        run.errors,
        "-c:1:1: error: map: --halt [..] (such as now,fail=1 or soon,done=10%)\n[..]\n[..]\n"),
      "\(run)")
    #expect(run.status == 3 && run.output.isEmpty)
    let waits = try await runShell("map --halt now,fail=1 --no-wait print ::: 1")
    #expect(waits.errors.contains("--halt needs a map that waits: without --no-wait"))
  }
}
