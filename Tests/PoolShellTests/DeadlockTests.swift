import TestSupport
import Testing

@testable import PoolShell

/// Tasks that wait for what only they could end: said at once, and nobody hangs.
@Suite("Deadlocks", .timeLimit(.minutes(5)))
struct DeadlockTests {
  private static let one =
    "deadlock: [1] waits for [2], which is queued in the same pool pool1, whose only worker runs [1]"
  private static let poolHint =
    "now; give the pool more workers, use another pool, or do not wait inside a task)"

  @Test(
    "a pool whose only worker waits for its queue, however it waits",
    arguments: [
      "result last", "wait last", "wait", "wait first", "wait first last", "wait exception",
      "as_completed", "as_completed last", "as_completed last do { print $id }", "race last",
      "exception last", "follow last", "let x = $(result last)", "wait all 2",
    ])
  func ownPool(wait: String) async throws {
    let task = "{ submit return 7; open up; \(wait) }"
    try await ShellCase(
      "pool new -w 1\nsubmit \(task)\ngate up\nexception 1\nresult 2",
      "pool pool1: 1 worker\n[1] \(task)\n\(Self.one)\n7",
      errors: "\(Self.one) (this wait fails \(Self.poolHint)"
    ).check()
  }

  @Test(
    "maps and pools within tasks",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit { map return ::: a b }\nexception 1\nstate 2\nstate 3",
        "pool pool1: 1 worker\n[1] { map return ::: a b }\n\(one)\ncancelled\ncancelled",
        errors: "\(one) (this wait fails \(poolHint)"),
      ShellCase(
        "pool new -w 1\nsubmit { map --as-completed return ::: a b }\nexception 1",
        "pool pool1: 1 worker\n[1] { map --as-completed return ::: a b }\ndeadlock: [1] waits for "
          + "[2] and [3], which are queued in the same pool pool1, whose only worker runs [1]",
        errors: "deadlock: [1] waits for [..] (this wait fails \(poolHint)"),
      ShellCase(
        "pool new a -w 1\nsubmit { with pool b -w 1 { submit --pool a return x; result 2 } }\n"
          + "exception 1\nresult 2",
        "pool a: 1 worker\n[1] { with pool b -w 1 { submit --pool a return x; result 2 } }\n"
          + "deadlock: [1] waits for [2], which is queued in the same pool a, whose only worker runs [1]"
          + "\nx",
        errors: "deadlock: [1] waits for [2], [..]"),
      ShellCase(
        "pool new a -w 1\nsubmit { with pool b -w 1 { submit { gate go; result 1 }; open go } }\n"
          + "exception 1\nexception 2",
        "pool a: 1 worker\n[1] { with pool b -w 1 { submit { gate go; result 1 }; open go } }\n"
          + "deadlock: [1] waits for [2], and [2] waits for [1]\n"
          + "deadlock: [1] waits for [2], and [2] waits for [1]",
        errors:
          "deadlock: [1] waits for [2], and [2] waits for [1] (these waits fail now; tasks must "
          + "not wait for each other)"),
      ShellCase(
        "pool new b -w 1\npool new a -w 1\n"
          + "submit { submit --pool b { gate go; result 1 }; open go; shutdown b }\nexception 1",
        "pool b: 1 worker\npool a: 1 worker\n"
          + "[1] { submit --pool b { gate go; result 1 }; open go; shutdown b }\n"
          + "deadlock: [1] waits for [2], and [2] waits for [1]",
        errors:
          "deadlock: [1] waits for [2], and [2] waits for [1] (these waits fail now; tasks must "
          + "not wait for each other)\n1 failure was never looked at: 2", status: 1),
    ])
  func within(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "tasks that wait for each other, or for themselves",
    arguments: [
      ShellCase(
        "submit { result 1 }\nexception 1",
        "[1] { result 1 }\ndeadlock: [1] waits for itself",
        errors:
          "deadlock: [1] waits for itself (this wait fails now; a task cannot wait for itself)"),
      ShellCase(
        "submit { gate go; result 2 }\nsubmit { gate go; result 1 }\nopen go\nexception 1\nexception 2",
        "[1] { gate go; result 2 }\n[2] { gate go; result 1 }\n"
          + "deadlock: [1] waits for [2], and [2] waits for [1]\n"
          + "deadlock: [1] waits for [2], and [2] waits for [1]",
        errors:
          "deadlock: [1] waits for [2], and [2] waits for [1] (these waits fail now; tasks must "
          + "not wait for each other)"),
      ShellCase(
        "submit { gate go; wait 2 }\nsubmit { gate go; wait 3 }\nsubmit { gate go; wait 1 }\nopen go\n"
          + "wait 1 2 3\nlet x = $(exception 1)\nlet x = $(exception 2)\nlet x = $(exception 3)",
        "[1] { gate go; wait 2 }\n[2] { gate go; wait 3 }\n[3] { gate go; wait 1 }\n"
          + "done: 1..3\nnot done: none",
        errors:
          "deadlock: [1] waits for [2], and [2] waits for [3], and [3] waits for [1] (these[..]"),
      ShellCase(
        "submit { gate go; try { result 1 } catch { return caught } }\nopen go\nresult 1",
        "[1] { gate go; try { result 1 } catch { return caught } }\ncaught",
        errors: "deadlock: [1] waits for itself (this[..]"),
      ShellCase(
        "pool new -w 2\nsubmit { gate go; result 3 }\nsubmit { gate go; result 4 }\n"
          + "submit return ::: c d\nopen go\nexception 1\nexception 2\nresult 3 4",
        "pool pool1: 2 workers\n[1] { gate go; result 3 }\n[2] { gate go; result 4 }\n[3] return c\n"
          + "[4] return d\ndeadlock: [1] and [2] wait for [3] and [4], which are queued in the same "
          + "pool pool1, whose 2 workers run [1] and [2]\ndeadlock: [1] and [2] wait for [3] and [4]"
          + ", which are queued in the same pool pool1, whose 2 workers run [1] and [2]\nc\nd",
        errors: "deadlock: [1] and [2] wait for [3] and [4], [..] (these waits fail \(poolHint)"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\nsubmit --pool a { gate go; result 4 }\n"
          + "submit --pool b { gate go; result 3 }\nsubmit --pool a return c\nsubmit --pool b return d\n"
          + "open go\nexception 1\nresult 3 4\nexception 2",
        "pool a: 1 worker\npool b: 1 worker\n[1] { gate go; result 4 }\n[2] { gate go; result 3 }\n"
          + "[3] return c\n[4] return d\ndeadlock: [1] waits for [4], which is queued in pool b, whose "
          + "only worker runs [2]; [2] waits for [3], which is queued in pool a, whose only worker runs"
          + " [1]\nc\nd\ndeadlock: [1] waits for [4], [..]",
        errors: "deadlock: [1] waits for [4], [..] (these waits fail \(poolHint)"),
    ])
  func cycles(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "futures that begin after others, callbacks, initializers, room in a queue",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit { gate go; result 3 }\nsubmit return x\nsubmit --after 2 return y\nopen go\n"
          + "exception 1\nresult 3",
        "pool pool1: 1 worker\n[1] { gate go; result 3 }\n[2] return x\n[3] return y\n"
          + "deadlock: [1] waits for [3], which begins after [2], which is queued in the same pool "
          + "pool1, whose only worker runs [1]\ny", errors: "deadlock: [1] waits for [3], [..]"),
      ShellCase(
        "submit { gate go; wait 2 }\nsubmit --after 1 return y\nopen go\nexception 1",
        "[1] { gate go; wait 2 }\n[2] return y\ndeadlock: [1] waits for [2], which begins after [1]",
        errors: "deadlock: [1] waits for [2], [..]\n1 future was skipped: 2"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\nsubmit --pool b { gate go; return x }\n"
          + "submit --pool a --after 1 return y\nsubmit --pool a { open go; result 2 }\nexception 3\nresult 2",
        "pool a: 1 worker\npool b: 1 worker\n[1] { gate go; return x }\n[2] return y\n"
          + "[3] { open go; result 2 }\ndeadlock: [3] waits for [2], which is queued in the same pool a"
          + ", whose only worker runs [3]\ny", errors: "deadlock: [3] waits for [2], [..]",
        name: "one that is queued while it is waited for"),
      ShellCase(
        "pool new -w 1\nsubmit { gate go; return x }\nsubmit return y\non_done 1 { result 2 }\nopen go\n"
          + "result 2",
        "pool pool1: 1 worker\n[1] { gate go; return x }\n[2] return y\ny",
        errors: "deadlock: a callback waits for [2], which is queued in the same pool pool1, whose "
          + "only worker runs a callback (this wait fails \(poolHint)\n"
          + "[1] exception calling callback: deadlock: a callback waits for [2], [..]"),
      ShellCase(
        "pool new -w 1 --initializer { gate go; try { result 1 } catch { } }\nsubmit return x\n"
          + "open go\nresult 1",
        "pool pool1: 1 worker\n[1] return x\nx",
        errors: "deadlock: an initializer waits for [1], which is queued in the same pool pool1, "
          + "whose only worker runs an initializer (this[..]"),
      ShellCase(
        "pool new a -w 1 --queue-limit 1\npool new b -w 1\nsubmit --pool a { open up; gate go; result 3 }\n"
          + "gate up\nsubmit --pool a return x\nsubmit --pool b { open go; submit --pool a return y }\n"
          + "exception 1\nresult 2\nwait 3\nlet x = $(exception 3)",
        "pool a: 1 worker\npool b: 1 worker\n[1] { open up; gate go; result 3 }\n[2] return x\n"
          + "[3] { open go; submit --pool a return y }\n"
          + "deadlock: [1] waits for [3]; [3] waits for room in the queue of pool a, whose only "
          + "worker runs [1]\nx\n"
          + "done: 3\nnot done: none",
        errors:
          "deadlock: [1] waits for [3]; [3] waits for room in the queue of pool a, whose only "
          + "worker runs [1] (these[..]"),
    ])
  func others(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "what somebody may still end is none",
    arguments: [
      ShellCase(
        "pool new -w 2\nsubmit { submit return x; result last }\nresult 1",
        "pool pool1: 2 workers\n[1] { submit return x; result last }\nx"),
      ShellCase(
        "pool new -w 1\nsubmit { gate go; wait 2 --timeout 50ms; return on }\nsubmit return x\nopen go\n"
          + "result 1 2",
        "pool pool1: 1 worker\n[1] { gate go; wait 2 --timeout 50ms; return on }\n[2] return x\non\nx",
        name: "a wait with a timeout"),
      ShellCase(
        "pool new -w 1\nsubmit --timeout 50ms { gate go; wait 2 }\nsubmit return x\nopen go\nexception 1\n"
          + "result 2",
        "pool pool1: 1 worker\n[1] { gate go; wait 2 }\n[2] return x\ntimed out after 0.05s\nx",
        name: "a job with a limit"),
      ShellCase(
        "pool new a -w 1\npool new b\nsubmit --pool a { gate go; wait first 2 3; return on }\n"
          + "submit --pool a return x\nsubmit --pool b { open go; sleep 50ms }\nresult 1",
        "pool a: 1 worker\npool b: [..]\n[1] { gate go; wait first 2 3; return on }\n[2] return x\n"
          + "[3] { open go; sleep 50ms }\non", name: "one of several that can end"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\npause b\nsubmit --pool b return x\n"
          + "submit --pool a { open up; result 1 }\ngate up\nresume b\nresult 2",
        "pool a: 1 worker\npool b: 1 worker\npool b: paused\n[1] return x\n[2] { open up; result 1 }\n"
          + "pool b: resumed\nx", name: "a paused pool"),
      ShellCase(
        "submit { open up; gate g; return x }\nsubmit { result 1 }\ngate up\nopen g\nresult 2",
        "[1] { open up; gate g; return x }\n[2] { result 1 }\nx", name: "a gate"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\nsubmit --pool b { gate go; fail boom }\n"
          + "submit --pool a --after 1 return y\nsubmit --pool a { open go; wait 2; return on }\nresult 3\n"
          + "exception 1",
        "pool a: 1 worker\npool b: 1 worker\n[1] { gate go; fail boom }\n[2] return y\n"
          + "[3] { open go; wait 2; return on }\non\nboom", errors: "1 future was skipped: 2",
        name: "one that is skipped"),
    ])
  func none(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a pool that goes on, or has fewer workers",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit { open up; gate go; open in; result 2 }\ngate up\npause\n"
          + "submit return x\nopen go\ngate in\nsleep 20ms\nresume\nexception 1\nresult 2",
        "pool pool1: 1 worker\n[1] { open up; gate go; open in; result 2 }\n"
          + "pool pool1: paused\n[2] return x\n"
          + "pool pool1: resumed\ndeadlock: [1] waits for [2], [..]\nx",
        errors: "deadlock: [1] waits for [2], [..]"),
      ShellCase(
        "pool new -w 2\nsubmit { open a; gate g; return x }\nsubmit { open b; gate h; result 3 }\ngate a\n"
          + "gate b\nsubmit return y\nopen h\nsleep 20ms\npool resize 1\nopen g\nexception 2\nresult 1 3",
        "pool pool1: 2 workers\n[1] { open a; gate g; return x }\n[2] { open b; gate h; result 3 }\n"
          + "[3] return y\npool pool1: 1 worker\ndeadlock: [2] waits for [3], [..]\nx\ny",
        errors: "deadlock: [2] waits for [3], [..]"),
    ])
  func goesOn(expected: ShellCase) async throws { try await expected.check() }

  @Test("who only waits for one of them gets its failure, and is not part of it")
  func outside() async throws {
    try await ShellCase(
      "pool new a -w 1\npool new b -w 2\nsubmit --pool b { gate y; open x; result 2 }\n"
        + "submit --pool a { gate go; result 3 }\nsubmit --pool a return x\nopen y\ngate x\nsleep 20ms\nopen go\n"
        + "exception 1",
      "pool a: 1 worker\npool b: 2 workers\n[1] { gate y; open x; result 2 }\n[2] { gate go; result 3 }\n"
        + "[3] return x\ndeadlock: [2] waits for [3], which is queued in the same pool a, whose only "
        + "worker runs [2]",
      errors: "deadlock: [2] waits for [3], [..]"
    ).check()
  }

  @Test("a task may go on after it, into the next one; each is said")
  func again() async throws {
    try await ShellCase(
      "pool new -w 1\n"
        + "submit { gate go; for i in 2 3 { try { result $i } catch { print \"no $i\" } } }\n"
        + "submit return ::: x y\nopen go\nwait",
      "pool pool1: 1 worker\n"
        + "[1] { gate go; for i in 2 3 { try { result $i } catch { print \"no $i\" } } }\n"
        + "[2] return x\n[3] return y\nno 2\nno 3\ndone: 1..3\nnot done: none",
      errors: "deadlock: [1] waits for [2], [..]\ndeadlock: [1] waits for [3], [..]"
    ).check()
  }

  @Test("bare waits of a task go on after it, too")
  func bareAgain() async throws {
    try await ShellCase(
      "pool new -w 1\n"
        + "submit { submit return x; for i in 1..3 { try { wait first } catch { print \"no\" } } }\nresult 1"
        + "\nwait",
      "pool pool1: 1 worker\n"
        + "[1] { submit return x; for i in 1..3 { try { wait first } catch { print \"no\" } } }\n"
        + "no\nno\nno\ndone: 2\nnot done: none",
      errors: "deadlock: [1] waits for [2], [..]\ndeadlock: [1] waits for [2], [..]\n"
        + "deadlock: [1] waits for [2], [..]"
    ).check()
  }

  @Test("32 workers, each of which waits for one that is queued")
  func many() async throws {
    let run = try await runShell(
      "pool new -w 32\nset quiet on\n"
        + "submit { gate go; submit return $item; result last } ::: 1..32\nopen go\nwait 1..32\nwait\n"
        + "jobs failed"
    ) { $0.isJSON = true }
    #expect(run.errors.contains("deadlock"))
    #expect(run.output.contains(#""not_done":[]"#))
    #expect(run.errors.split(separator: "\n").count <= 33, "\(run.errors)")
  }

  @Test("at the prompt it is said at once, too")
  func interactive() async throws {
    let run = try await runShell(
      "pool new -w 1\nsubmit { gate go; result 2 }\nsubmit return x\nopen go\nresult 2",
      isInteractive: true)
    #expect(run.errors.contains("deadlock: [1] waits for [2], which"), "\(run.errors)")
    #expect(run.output.hasSuffix("x\n"))
  }

  @Test("JSON names the futures that fail")
  func json() async throws {
    let run = try await runShell(
      "pool new -w 1\nsubmit { gate go; result 2 }\nsubmit return x\nopen go\nexception 1"
    ) { $0.isJSON = true }
    let message =
      "deadlock: [1] waits for [2], which is queued in the same pool pool1, whose only worker runs [1]"
    #expect(
      run.errors == """
        {"notice":"\(message)","hint":"this wait fails now; give the pool more workers, use another \
        pool, or do not wait inside a task","ids":[1]}

        """)
    #expect(
      run.output.hasSuffix(
        #"{"command":"exception","id":1,"state":"failed","error":"\#(message)"}"# + "\n"))
  }

  @Test("kill ends a wait as ever, and is no deadlock")
  func kill() async throws {
    try await ShellCase(
      "submit { open up; gate g }\nsubmit { open two; result 1 }\ngate up\ngate two\nkill 2\nopen g",
      "[1] { open up; gate g }\n[2] { open two; result 1 }\n[2] killed"
    ).check()
  }
}
