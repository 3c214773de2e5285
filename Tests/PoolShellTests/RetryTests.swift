import ChildProcess
import TestSupport
import Testing

@testable import PoolShell

/// `retry`: what did not finish, once more.
@Suite("retry", .timeLimit(.minutes(5)))
struct RetryTests {
  @Test(
    "submits the same command as a new future",
    arguments: [
      ShellCase(
        "let who = before\nsubmit --as it fail \"$who {}\" ::: a b\nwait\nlet who = after\n"
          + "retry failed\nwait 3 4\nexception 3\nexception 4\njobs @it",
        "[1] fail '$who a'\n[2] fail '$who b'\ndone: 1 2\nnot done: none\n[3] fail '$who a'\n"
          + "[4] fail '$who b'\ndone: 3 4\nnot done: none\nbefore a\nbefore b\n[..]\n[..]\n[..]\n[..]\n[..]",
        name: "with its variables, items and label; the old ones count as looked at"),
      ShellCase(
        "submit fail a\nsubmit --after 1 print b\nwait\nretry 1 2\nas_completed 3 4",
        "[1] fail a\n[2] print b\ndone: 1 2\nnot done: none\n[3] fail a\n[4] print b\n[3] error: a\n"
          + "[4] skipped: [3] failed: a"),
      ShellCase(
        "submit fail a\nsubmit --after 1 print b\nwait\nretry skipped\nresult 3\nexception 1",
        "[1] fail a\n[2] print b\ndone: 1 2\nnot done: none\n[3] print b\nb\na"),
      ShellCase(
        "try { map fail ::: x } catch { }\nretry failed\nexception 2",
        "[2] fail x\nx", errors: "[1] error: x"),
      ShellCase("retry failed", errors: "no failed futures"),
    ])
  func again(expected: ShellCase) async throws { try await expected.check() }

  @Test("in the current pool if its own is shut down")
  func anotherPool() async throws {
    let run = try await runShell(
      "pool new a\nsubmit fail x\nshutdown\npool new b\nretry 1\nwait 2\ninfo 2")
    #expect(run.output.contains("\npool: b\n"), "\(run.output)")
  }

  @Test(
    "refuses what finished or is not done, before anything is submitted",
    arguments: [
      ShellCase(
        "submit return x\nsubmit fail y\nwait\nretry 2 1",
        "[1] return x\n[2] fail y\ndone: 1 2\nnot done: none",
        errors: "-c:4:1: error: retry: [1] is finished: only what failed, was cancelled or skipped "
          + "can be retried (such as retry failed)\n[..]\n[..]\n1 failure was never looked at: 2",
        status: 3),
      ShellCase(
        "submit gate g\ntry { retry 1 } catch { print $error }\nopen g",
        "[1] gate g\nretry: [1] is [..]: only what failed, was cancelled or skipped can be retried"),
    ])
  func refuses(expected: ShellCase) async throws { try await expected.check() }
}
