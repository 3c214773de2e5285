import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// `pool new --queue-limit` and `--when-full`: a queue with a bound.
@Suite("Bounded queues", .timeLimit(.minutes(5)))
struct QueueLimitTests {
  @Test(
    "with fail, submit fails when so many are queued; what was accepted goes on",
    arguments: [
      ShellCase(
        "pool new -w 1 --queue-limit 2 --when-full fail\nsubmit { open started; gate g }\n"
          + "gate started\nsubmit print a\nsubmit print b\ntry { submit print c } catch { print $error }\n"
          + "cancel 2\nsubmit print d\nopen g\nwait",
        "pool pool1: 1 worker\n[1] { open started; gate g }\n[2] print a\n[3] print b\n"
          + "the queue of pool pool1 is full (2)\n[2] cancelled\n[4] print d\nb\nd\ndone: 1..4\n"
          + "not done: none"),
      ShellCase(
        "pool new -w 1 --queue-limit 1 --when-full fail\nsubmit { open started; gate g }\n"
          + "gate started\ntry { submit print ::: a b c } catch { print $error }\nopen g\nwait",
        "pool pool1: 1 worker\n[1] { open started; gate g }\n[2] print a\n"
          + "the queue of pool pool1 is full (1)\na\ndone: 1 2\nnot done: none"),
    ])
  func fails(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "with block, submit waits for room",
    arguments: [
      ShellCase(
        "pool new -w 1 --queue-limit 1\nsubmit return ::: 1..20\nwait\nresult 20",
        "pool pool1: 1 worker\n" + (1...20).map { "[\($0)] return \($0)\n" }.joined()
          + "done: 1..20\nnot done: none\n20"),
      ShellCase(
        "pool new -w 1 --queue-limit 2\nmap return ::: 1..10",
        "pool pool1: 1 worker\n" + (1...10).map(String.init).joined(separator: "\n")),
      ShellCase(
        "pool new -w 2 --queue-limit 1\nmap --no-wait return ::: 1..10\nwait",
        "pool pool1: 2 workers\n[1..10] 10 futures\ndone: 1..10\nnot done: none"),
      ShellCase(
        "pool new a -w 1 --queue-limit 1\npool new b -w 1\n"
          + "submit { submit --pool a return ::: 1..5; wait; return done }\nresult 1",
        "pool a: 1 worker\npool b: 1 worker\n"
          + "[1] { submit --pool a return ::: 1..5; wait; return done }\ndone"),
      ShellCase(
        "pool new -w 1 --queue-limit 1\nsubmit fail ::: a b\nwait\nretry failed\nwait\nexception 4",
        "pool pool1: 1 worker\n[1] fail a\n[2] fail b\ndone: 1 2\nnot done: none\n[3] fail a\n"
          + "[4] fail b\ndone: 3 4\nnot done: none\nb", errors: "1 failure was never looked at: 3",
        status: 1),
    ])
  func blocks(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "nobody waits for room for ever",
    arguments: [
      ShellCase(
        "pool new -w 1 --queue-limit 1\npause\nsubmit return a\ntry { submit return b } catch { print $error }\n"
          + "resume\nresult 1",
        "pool pool1: 1 worker\npool pool1: paused\n[1] return a\n"
          + "pool pool1 is paused, and nothing that runs could resume it\npool pool1: resumed\na"),
      ShellCase(
        "pool new -w 1 --queue-limit 1\nsubmit { submit return ::: 1 2 }\nexception 1",
        "pool pool1: 1 worker\n[1] { submit return ::: 1 2 }\nthe queue of pool pool1 is full (1), "
          + "and one of its own workers cannot wait for it"),
      ShellCase(
        "pool new -w 1 --queue-limit 1\nsubmit { open started; gate g }\ngate started\n"
          + "submit return a\nsubmit --timeout 1 --pool main { submit --pool pool1 return b }\n"
          + "submit --pool main { sleep 0.05; open g }\nresult 3",
        "pool pool1: 1 worker\n[1] { open started; gate g }\n[2] return a\n"
          + "[3] { submit --pool pool1 return b }\n[4] { sleep 0.05; open g }"),
    ])
  func isNeverForEver(expected: ShellCase) async throws { try await expected.check() }

  @Test("Ctrl-C ends the waiting for room, and nothing was submitted")
  func interrupt() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      "pool new -w 1 --queue-limit 1\nsubmit { open started; gate g }\ngate started\n"
        + "submit return a\nopen full\nsubmit return never\nopen g\nwait\njobs",
      in: shell, isInteractive: true
    ) { shell in
      _ = try shell.session.gates.future("full").result(timeout: .seconds(30))
      while shell.session.pools.existing("pool1")?.room?.isWaitedFor != true {}
      shell.session.userInterrupts()
    }
    #expect(run.output.contains("done: 1 2\n"), "\(run)")
    #expect(!run.output.contains("never"), "\(run)")
  }

  @Test(
    "wrong options",
    arguments: [
      ShellCase(
        "pool new --when-full fail",
        errors: "-c:1:1: error: pool: --when-full needs --queue-limit N (usage: [..])\n[..]\n[..]",
        status: 3),
      ShellCase(
        "pool new --queue-limit 1 --when-full maybe",
        errors:
          "-c:1:1: error: pool: --when-full must be block or fail, not maybe (usage: [..])\n[..]\n"
          + "[..]", status: 3),
      ShellCase(
        "pool new --queue-limit 0",
        errors:
          "-c:1:[..]: error: pool: --queue-limit must be a whole number, at least 1, not 0 [..]\n"
          + "[..]\n[..]", status: 3),
    ])
  func wrong(expected: ShellCase) async throws { try await expected.check() }
}
