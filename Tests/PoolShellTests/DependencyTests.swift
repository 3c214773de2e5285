import TestSupport
import Testing

@testable import PoolShell

/// `submit --after` and `--after-any`: jobs that wait for others.
@Suite("Jobs that wait for others", .timeLimit(.minutes(5)))
struct DependencyTests {
  @Test(
    "begin when those have finished",
    arguments: [
      ShellCase(
        "submit { gate g; print first }\nsubmit --after 1 print second\nopen g\nwait",
        "[1] { gate g; print first }\n[2] print second\nfirst\nsecond\ndone: 1 2\nnot done: none"),
      ShellCase(
        "submit return a\nresult 1\nsubmit --after 1 return b\nresult 2",
        "[1] return a\na\n[2] return b\nb"),
      ShellCase(
        "submit --as get { gate g; return $item } ::: 1..3\nsubmit --after @get print all\nopen g",
        "[1] { gate g; return $item } ::: 1\n[2] { gate g; return $item } ::: 2\n"
          + "[3] { gate g; return $item } ::: 3\n[4] print all\nall"),
      ShellCase(
        "submit return ::: 1..4\nsubmit --after 1..2,4 --after last print x\nresult 1..4\nwait 5",
        "[1] return 1\n[2] return 2\n[3] return 3\n[4] return 4\n[5] print x\n1\n2\n3\n4\nx\n"
          + "done: 5\nnot done: none", isUnordered: true, name: "several selectors"),
      ShellCase(
        "submit return a\nlet ids = $(submit return ::: b c)\nsubmit --after 1,$ids return d\nresult 4",
        "[1] return a\n[4] return d\nd"),
      ShellCase(
        "pool new -w 1\nsubmit { gate g; print a }\nsubmit --after 1 print c\nsubmit print b\nopen g",
        "pool pool1: 1 worker\n[1] { gate g; print a }\n[2] print c\n[3] print b\na\nb\nc"),
      ShellCase(
        "submit --after-any 1 print x", errors: "-c:1:20: error: no future 1\n[..]\n[..]", status: 3
      ),
      ShellCase(
        "submit return a\nsubmit --after failed return b\nresult 2",
        "[1] return a\n[2] return b\nb", errors: "no failed futures"),
      ShellCase(
        "submit return a\nresult 1\nsubmit --after 1,,1 return b", "[1] return a\na",
        errors: "-c:3:16: error:  is no selector [..]\n[..]\n[..]",
        status: 3, name: "an empty selector"),
      ShellCase(
        "submit --after { x } print x",
        errors:
          "-c:1:16: error: submit: --after needs futures, not a block (usage: [..])\n[..]\n[..]",
        status: 3),
    ])
  func begin(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "are skipped, with the reason, if one of those did not finish",
    arguments: [
      ShellCase(
        "submit fail boom\nsubmit --after 1 print never\nas_completed",
        "[1] fail boom\n[2] print never\n[1] error: boom\n[2] skipped: [1] failed: boom"),
      ShellCase(
        "submit fail boom\nsubmit --after 1 print x\nsubmit --after 2 print y\nwait\nstate 3\ninfo 3",
        "[1] fail boom\n[2] print x\n[3] print y\ndone: 1..3\nnot done: none\nskipped\n"
          + "id: 3\nstate: skipped\ntask: print y\npool: main\nafter: 2\nwaited: [..]\n"
          + "error: [1] failed: boom",
        errors: "1 failure was never looked at: 1\n1 future was skipped: 2", status: 1),
      ShellCase(
        "pause\nsubmit return a\nsubmit --after 1 return b\ncancel 1\nas_completed",
        "pool main: paused\n[1] return a\n[2] return b\n[1] cancelled\n[1] cancelled\n"
          + "[2] skipped: [1] cancelled"),
      ShellCase(
        "submit gate g\nsubmit fail boom\nsubmit --after 1,2 print x\nas_completed 3\nopen g",
        "[1] gate g\n[2] fail boom\n[3] print x\n[3] skipped: [2] failed: boom",
        errors: "1 failure was never looked at: 2", status: 1, name: "as soon as one has failed"),
      ShellCase(
        "submit fail boom\nsubmit --after 1 return x\ntry { result 2 } catch { print $error }\n"
          + "try { exception 2 } catch { print $error }\nlet e = $(exception 1)",
        "[1] fail boom\n[2] return x\n[2] was skipped: [1] failed: boom\n"
          + "[2] was skipped: [1] failed: boom"),
      ShellCase(
        "submit fail boom\nsubmit --after 1 return x\nlet e = $(exception 1)\n"
          + "as_completed 2 do { print \"$state $error\"; try { print $result } catch { print $error } }",
        "[1] fail boom\n[2] return x\nskipped [1] failed: boom\n[2] was skipped: [1] failed: boom"),
      ShellCase(
        "submit fail boom\nsubmit --after 1 return x\nwait\njobs skipped\ndone 2\nfailed 2\n"
          + "cancelled 2\ncancel skipped\nlet e = $(exception 1)",
        "[1] fail boom\n[2] return x\ndone: 1 2\nnot done: none\n"
          + "id  state    worker  waited  ran  task\n 2  skipped  -       [..]s    -  return x\n"
          + "true\nfalse\nfalse\n[2] not cancelled: already skipped",
        errors: "1 future was skipped: 2"),
    ])
  func skipped(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "with --after-any they begin however those ended",
    arguments: [
      ShellCase(
        "submit fail boom\nsubmit --after-any 1 print cleaned\nwait\nexception 1",
        "[1] fail boom\n[2] print cleaned\ncleaned\ndone: 1 2\nnot done: none\nboom"),
      ShellCase(
        "submit fail boom\nsubmit --after 1 return x\nsubmit --after-any 2 return y\nresult 3\n"
          + "exception 1", "[1] fail boom\n[2] return x\n[3] return y\ny\nboom",
        errors: "1 future was skipped: 2"),
      ShellCase(
        "submit fail a\nsubmit return b\nsubmit --after-any 1 --after 2 return c\nresult 3\n"
          + "exception 1", "[1] fail a\n[2] return b\n[3] return c\nc\na"),
    ])
  func any(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "hold no worker, and are waited for by shutdown, with and the end",
    arguments: [
      ShellCase(
        "submit { gate g; print a }\nsubmit --after 1 print b\nsubmit open g\nshutdown\nstate 2",
        "[1] { gate g; print a }\n[2] print b\n[3] open g\na\nb\npool main: shut down\nfinished"),
      ShellCase(
        "pool new a -w 1\nsubmit { gate g; print a }\npool new b -w 1\nsubmit --after 1 print b\n"
          + "shutdown --no-wait b\ntry { submit --pool b return } catch { print $error }\nopen g",
        "pool a: 1 worker\n[1] { gate g; print a }\npool b: 1 worker\n[2] print b\n"
          + "pool b: shut down\ncannot schedule new futures after shutdown\na\nb"),
      ShellCase(
        "with pool -w 1 { submit { gate g; print a }; submit --after 1 print b; open g }\nstate 2",
        "[1] { gate g; print a }\n[2] print b\na\nb\nfinished"),
      ShellCase(
        "submit { open started; gate g }\ngate started\nsubmit --after 1 print b\nsubmit --after 2 print c\n"
          + "shutdown --no-wait --cancel-futures\nstate 2\nstate 3\nopen g",
        "[1] { open started; gate g }\n[2] print b\n[3] print c\npool main: shut down, 2 cancelled\n"
          + "cancelled\ncancelled"),
      ShellCase(
        "submit gate never\nsubmit --after 1 print x\nsubmit --after 2 print y",
        "[1] gate never\n[2] print x\n[3] print y",
        errors: "1 failure was never looked at: 1\n2 futures were skipped: 2 3", status: 1,
        name: "a closed gate at the end"),
    ])
  func ends(expected: ShellCase) async throws {
    try await expected.check()
  }

  @Test("info says whom it waits for")
  func info() async throws {
    try await ShellCase(
      "submit gate g\nsubmit return x\nresult 2\nsubmit --after 1,2 --priority 3 return y\ninfo 3\nopen g",
      "[1] gate g\n[2] return x\nx\n[3] return y\nid: 3\nstate: pending\ntask: return y\n"
        + "pool: main\nafter: 1 2\nwaits for: 1\npriority: 3\nwaited: [..]"
    ).check()
  }

  @Test("a script that stops cancels them, and skips none")
  func scriptError() async throws {
    try await ShellCase(
      "submit { open started; gate g }\ngate started\nsubmit --after 1 print x\nsubmit --after 2 print y\n"
        + "fail boom",
      "[1] { open started; gate g }\n[2] print x\n[3] print y",
      errors: "-c:5:1: error: boom\n[..]\n[..]\nstopped: 2 queued cancelled[..]",
      status: 3
    ).check()
  }

  @Test("a chain of 5,000 is skipped, and one is run, without a deep stack")
  func chains() async throws {
    let count = 5_000
    let links = "for i in 1..\(count) { submit --after last return $i }\n"
    let run = try await runShell(
      "submit { gate g; fail boom }\n" + links + "open g\nwait\nstate last\nlet e = $(exception 1)"
    ) { $0.isQuiet = true }
    #expect(run.output == "done: 1..\(count + 1)\nnot done: none\nskipped\n", "\(run.errors)")
    #expect(run.status == 0)
    let good = try await runShell("submit gate g\n" + links + "open g\nresult last") {
      $0.isQuiet = true
    }
    #expect(good.output == "\(count)\n" && good.status == 0)
  }

  @Test("JSON tells the same")
  func json() async throws {
    let run = try await runShell(
      "submit fail boom\nsubmit --after 1 return x\nas_completed\ninfo 2"
    ) { $0.isJSON = true }
    #expect(
      run.output.contains(
        #"{"command":"as_completed","id":2,"state":"skipped","error":"[1] failed: boom"}"#))
    #expect(run.output.contains(#""after":[1]"#))
  }

  @Test("while notices are on, a skipped one is told with its reason")
  func notices() async throws {
    var values = Settings.Values()
    values.notifies = true
    let run = try await runShell(
      "submit fail boom\nsubmit --after 1 return x\nlet w = $(wait 2)\ngate told\nlet e = $(exception 1)",
      in: ShellUnderTest(values)
    ) { shell in
      try shell.errors.wait(for: "[2] skipped: [1] failed: boom\n")
      shell.open("told")
    }
    #expect(run.status == 0)
  }
}
