import TestSupport
import Testing

@testable import PoolShell

/// `explain`: why a future is as it is, in words.
@Suite("explain", .timeLimit(.minutes(5)))
struct ExplainTests {
  private static let queue = """
    set quiet on
    pool new -w 1
    submit { open begun; gate g; return x }
    gate begun

    """

  /// In virtual time a task has come to its gate before the next command of the session.
  private static let standing = "set clock virtual\n" + queue

  @Test(
    "what is pending: who is before it, and who runs",
    arguments: [
      ShellCase(
        queue + "submit return a\nsubmit return b\nsubmit return c\nexplain 2\nexplain 4\nopen g",
        "[2] is the next one in the queue of pool pool1. It waits because the pool's only worker runs "
          + "[1].\n[4] is in the queue of pool pool1, behind 2 others. It waits because the pool's only "
          + "worker runs [1]."),
      ShellCase(
        queue + "submit return a\nsubmit --priority 2 return b\nexplain pending\nopen g",
        "[2] is in the queue of pool pool1, behind 1 other. It waits because the pool's only worker "
          + "runs [1].\n[3] is the next one in the queue of pool pool1, with priority 2. It waits "
          + "because the pool's only worker runs [1]."),
      ShellCase(
        "set quiet on\npool new -w 2\nsubmit { open $item; gate g } ::: a b\ngate a\ngate b\n"
          + "submit return x\nexplain 3\nopen g",
        "[3] is the next one in the queue of pool pool1. It waits because the pool's 2 workers run "
          + "[1] and [2]."),
      ShellCase(
        "set quiet on\npool new -w 1\nsubmit gate s\non_done 1 { open in; gate g }\nopen s\n"
          + "gate in\nsubmit return y\nexplain 2\nopen g",
        "[2] is the next one in the queue of pool pool1. It waits because the pool's only worker runs "
          + "a callback."),
      ShellCase(
        queue
          + "submit --after 1 return a\nsubmit --after 1,2 return b\nsubmit --after-any 1 return c\n"
          + "submit --after 1 --after-any 3 return d\nexplain 2..5\nopen g",
        "[2] begins after [1], which is not done; if it does not finish, [2] is skipped.\n"
          + "[3] begins after [1] and [2], which are not done; if one of them does not finish, [3] is "
          + "skipped.\n[4] begins after [1], which is not done.\n"
          + "[5] begins after [1] and [3], which are not done; if [1] does not finish, [5] is skipped."
      ),
      ShellCase(
        "set quiet on\npause\nsubmit return x\nexplain 1",
        "pool main: paused\n[1] waits because pool main is paused; resume main lets it begin.",
        errors: "pool main: resumed, because it is shut down"),
    ])
  func pending(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "what runs: where, for how long, and what it waits for",
    arguments: [
      ShellCase(
        standing + "explain 1\nopen g",
        "[1] has been running on ThreadPoolExecutor-0_0 for [..]s, and waits at gate g. cancel cannot "
          + "take back what has begun; kill 1 ends it."),
      ShellCase(
        standing + "pool new b\nsubmit { open two; result 1 }\ngate two\nexplain 2\nopen g",
        "[2] has been running on [..] for [..]s, and waits for [1]. cancel cannot take back what has "
          + "begun; kill 2 ends it."),
      ShellCase(
        "set quiet on\nsubmit { open begun; sleep 0.2 }\ngate begun\nexplain 1",
        "[1] has been running on ThreadPoolExecutor-0_0 for [..]s. cancel cannot take back what has "
          + "begun; kill 1 ends it."),
      ShellCase(
        "set quiet on\nsubmit --retries 1 fail boom\nwait\nexplain 1",
        "done: 1\nnot done: none\n[1] failed after [..]s in the queue and [..]s on "
          + "ThreadPoolExecutor-0_0, in attempt 2 (the one before failed: boom), so it can no longer be "
          + "cancelled. Nobody has looked at its error; exception 1 shows it.",
        errors: "1 failure was never looked at: 1", status: 1),
    ])
  func running(expected: ShellCase) async throws { try await expected.check() }

  private static let end =
    "after [..]s in the queue and [..]s on [..], so it can no longer be cancelled."

  @Test(
    "what is done: how it ended, and who has shown it; that changes nothing",
    arguments: [
      ShellCase(
        "set quiet on\nsubmit return x\nwait\nexplain 1\nresult 1\nexplain 1",
        "done: 1\nnot done: none\n[1] finished \(end) Nobody has looked at its value; result 1 shows it."
          + "\nx\n[1] finished \(end) result has shown it."),
      ShellCase(
        "set quiet on\nsubmit fail boom\nwait\nexplain 1\nexplain 1",
        "done: 1\nnot done: none\n[1] failed \(end) Nobody has looked at its error; exception 1 shows it.\n"
          + "[1] failed \(end) Nobody has looked at its error; exception 1 shows it.",
        errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "set quiet on\nsubmit fail boom\nexception 1\nexplain 1",
        "boom\n[1] failed \(end) exception has shown it: boom."),
      ShellCase(
        "set quiet on\nsubmit return x\nas_completed\nexplain 1\nmap return ::: y\nexplain 2",
        "[1] x\n[1] finished \(end) as_completed has shown it.\ny\n[2] finished \(end) map has shown it."
      ),
      ShellCase(
        "set quiet on\nsubmit return x\nrace 1\nexplain 1",
        "x\n[1] finished \(end) race has chosen among it and others."),
      ShellCase(
        "set quiet on\nsubmit return x\nwait\nlet i = $(info 1)\nexplain 1",
        "done: 1\nnot done: none\n[1] finished \(end) info has shown it."),
      ShellCase(
        "set quiet on\nsubmit fail boom\nwait\nretry 1\nwait\nexplain 1\nlet e = $(exception 2)",
        "done: 1\nnot done: none\ndone: 2\nnot done: none\n"
          + "[1] failed \(end) retry has submitted it once more: boom."),
      ShellCase(
        "set quiet on\nsubmit { open up; sleep 60 }\ngate up\nkill 1\nexplain 1",
        "[1] killed\n[1] was ended by kill \(end) kill has told of it: killed."),
      ShellCase(
        queue + "submit return x\ncancel 2\nexplain 2\nopen g",
        "[2] cancelled\n[2] was cancelled before it began, so it never ran. Nobody has looked at it."
      ),
      ShellCase(
        "set quiet on\nsubmit fail boom\nsubmit --after 1 return x\nwait\nexplain 2\nexception 1",
        "done: 1 2\nnot done: none\n[2] was skipped: it was to begin only after others had finished, and "
          + "[1] failed. Nobody has looked at it.\nboom", errors: "1 future was skipped: 2"),
      ShellCase(
        "set quiet on\nsubmit fail boom\nsubmit --after 1 return x\nas_completed\nexplain 2",
        "[1] error: boom\n[2] skipped: [1] failed: boom\n[2] was skipped: it was to begin only after "
          + "others had finished, and [1] failed: boom. as_completed has shown it."),
      ShellCase(
        "set quiet on\npool new p -w 1 --initializer { fail no }\nsubmit return x\nwait\nexplain 1\n"
          + "let e = $(exception 1)",
        "done: 1\nnot done: none\n[1] failed without having run, because the initializer of pool p has "
          + "failed. Nobody has looked at its error; exception 1 shows it.",
        errors: "exception in initializer of pool p: no"),
    ])
  func done(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "what it needs",
    arguments: [
      ShellCase(
        "explain", errors: "-c:1:1: error: explain: SEL is missing (usage: [..])\n[..]\n[..]",
        status: 3),
      ShellCase("explain 1", errors: "-c:1:9: error: no future 1\n[..]\n[..]", status: 3),
      ShellCase(
        "submit return x\nresult 1\nexplain failed", "[1] return x\nx", errors: "no failed futures"),
    ])
  func wrong(expected: ShellCase) async throws { try await expected.check() }

  @Test("items that a long map has shown are not kept")
  func forgotten() async throws {
    let run = try await runShell("map --buffersize 100 return ::: 1..1102\nexplain 1 2")
    #expect(
      run.output.hasSuffix(
        "\n[1] finished, and map has shown it; no more of it is kept.\n"
          + "[2] finished, and map has shown it; no more of it is kept.\n"),
      "\(run.output.suffix(300))")
  }

  @Test("a worker between two tasks is not said to run a callback")
  func betweenTasks() {
    var waiting = Explanation(id: 2, state: .pending, pool: "p", workers: 1, hold: .queued)
    #expect(
      waiting.text
        == "[2] is the next one in the queue of pool p. It begins as soon as a worker is ready.")
    waiting.callbacks = 1
    #expect(waiting.text.hasSuffix("It waits because the pool's only worker runs a callback."))
  }

  @Test("JSON")
  func json() async throws {
    let run = try await runShell(
      Self.queue
        + "submit return a\nsubmit --after 1 return b\nexplain 2 3\nopen g\nresult 2\nexplain 2"
    ) { $0.isJSON = true }
    let lines = run.output.split(separator: "\n").filter { $0.contains("explain") }
    #expect(lines.count == 3)
    #expect(
      lines[0].contains(
        #""id":2,"state":"pending","text":"[2] is the next one in the queue of pool "#))
    #expect(lines[0].hasSuffix(#""pool":"pool1","reason":"queued","ahead":0,"running":[1]}"#))
    #expect(lines[1].hasSuffix(#""pool":"pool1","reason":"after","waits_for":[1]}"#))
    #expect(lines[2].contains(#""worker":"ThreadPoolExecutor-0_0","waited":"#))
    #expect(lines[2].hasSuffix(#""seen_by":"result"}"#), "\(run.output)")
  }
}
