import TestSupport
import Testing

@testable import PoolShell

/// `pause` and `resume`: a pool that starts nothing for a while.
@Suite("pause and resume", .timeLimit(.minutes(5)))
struct PauseTests {
  @Test(
    "what runs goes on, what is queued begins after resume, in order",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit { open started; gate g; print a }\nsubmit print b\ngate started\npause\n"
          + "submit print c\nopen g\nwait 1\nstate 2\nstate 3\npools\nresume\nwait",
        "pool pool1: 1 worker\n[1] { open started; gate g; print a }\n[2] print b\npool pool1: paused\n"
          + "[3] print c\na\ndone: 1\nnot done: none\npending\npending\n"
          + "* pool1: 1 worker, 1 started, [..] idle, 2 queued, paused\npool pool1: resumed\nb\nc\n"
          + "done: 2 3\nnot done: none"),
      ShellCase(
        "pause\npause\nsubmit return ::: 1..3\ncancel 2\nresume\nresume\nwait\nresult finished",
        "pool main: paused\npool main: paused\n[1] return 1\n[2] return 2\n[3] return 3\n[2] cancelled\n"
          + "pool main: resumed\npool main: resumed\ndone: 1..3\nnot done: none\n1\n3"),
      ShellCase(
        "pool new a\npool new b\npause a\nsubmit return here\nresult 1",
        "pool a: [..] workers\npool b: [..] workers\npool a: paused\n[1] return here\nhere"),
      ShellCase(
        "submit return a\nresult 1\npause\nsubmit --after 1 return b\nstate 2\nresume\nresult 2",
        "[1] return a\na\npool main: paused\n[2] return b\npending\npool main: resumed\nb"),
      ShellCase(
        "pool new a\npause a\npool new b\nsubmit --pool a print queued\nsubmit resume a\nresult 1",
        "pool a: [..]\npool a: paused\npool b: [..]\n[1] print queued\n[2] resume a\nqueued",
        name: "a task of another pool resumes it"),
      ShellCase("pause nosuch", errors: "[..]no pool named nosuch[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "shutdown\npause", "pool main: shut down",
        errors:
          "-c:2:1: error: cannot schedule new futures after shutdown (make another: pool new)\n[..]\n[..]",
        status: 3),
    ])
  func goesOn(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "nobody waits for ever for what a paused pool holds",
    arguments: [
      "wait", "wait first", "result 1", "as_completed", "race 1", "exception 1",
      "map return ::: 1..3",
    ])
  func waiting(command: String) async throws {
    let run = try await runShell("pause\nsubmit return x\n\(command)")
    #expect(run.status == 3)
    #expect(
      run.errors.contains(
        "error: pool main is paused, and nothing that runs could resume it (resume main)\n"))
  }

  @Test(
    "with a timeout they wait as long as that; at the end, or shut down, the pool goes on",
    arguments: [
      ShellCase(
        "pause\nsubmit return x\nwait -t 50ms\nresume\nresult 1",
        "pool main: paused\n[1] return x\ndone: none\nnot done: 1\npool main: resumed\nx"),
      ShellCase(
        "pause\nsubmit print x ::: 1 2",
        "pool main: paused\n[1] print x 1\n[2] print x 2\nx 1\nx 2",
        errors: "pool main: resumed, because it is shut down", isUnordered: true),
      ShellCase(
        "pause\nsubmit print x\nshutdown\nstate 1",
        "pool main: paused\n[1] print x\nx\npool main: shut down\nfinished",
        errors: "pool main: resumed, because it is shut down"),
      ShellCase(
        "pause\nsubmit print ::: 1..3\nshutdown --cancel-futures\nstate 3",
        "pool main: paused\n[1] print 1\n[2] print 2\n[3] print 3\npool main: shut down, 3 cancelled\n"
          + "cancelled"),
      ShellCase(
        "with pool p -w 1 { pause; submit print x }\nstate 1",
        "pool p: paused\n[1] print x\nx\nfinished",
        errors: "pool p: resumed, because it is shut down"),
      ShellCase("pause\nprint x", "pool main: paused\nx"),
      ShellCase(
        "pause\nsubmit open g\ntry { gate g } catch { print $error }\nresume",
        "pool main: paused\n[1] open g\nnothing is left that could open gate g\npool main: resumed"),
      ShellCase(
        "pool new a\npause\nsubmit print held\npool new b\nsubmit { result 1; print after }",
        "pool a: [..]\npool a: paused\n[1] print held\npool b: [..]\n[2] { result 1; print after }\n"
          + "held\nafter", errors: "pool a: resumed, because it is shut down",
        name: "a task waits for what another pool holds"),
      ShellCase(
        "submit { pool new t -w 1; pause; submit print held; wait; print after }",
        "[1] { pool new t -w 1; pause; submit print held; wait; print after }\nheld\nafter",
        errors: "pool t: resumed, because nothing else is left", name: "a pool of a task"),
    ])
  func ends(expected: ShellCase) async throws { try await expected.check() }

  @Test("a script that stops cancels what a paused pool holds")
  func scriptError() async throws {
    try await ShellCase(
      "pause\nsubmit return ::: 1..3\nfail boom",
      "pool main: paused\n[1] return 1\n[2] return 2\n[3] return 3",
      errors: "-c:3:1: error: boom\n[..]\n[..]\nstopped: 3 queued cancelled", status: 3
    ).check()
  }

  @Test("JSON")
  func json() async throws {
    let run = try await runShell("pause\nresume") { $0.isJSON = true }
    #expect(
      run.output == """
        {"command":"pause","pool":"main"}
        {"command":"resume","pool":"main"}

        """)
  }
}
