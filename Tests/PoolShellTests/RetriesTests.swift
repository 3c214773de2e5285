import ChildProcess
import TestSupport
import Testing

@testable import PoolShell

/// `--retries` and `--backoff`: a job that fails is run again, and every run is kept.
@Suite("Retries", .timeLimit(.minutes(5)))
struct RetriesTests {
  /// A line of shell that fails until it has been run so often.
  private func succeeds(at run: Int, _ folder: TemporaryFolder) -> String {
    "echo x >> \(folder.file("runs")); [ $(wc -l < \(folder.file("runs"))) -ge \(run) ]"
  }

  @Test("it is run up to so many times more", arguments: [(1, 0), (1, 3), (3, 2), (3, 9)])
  func succeeds(at run: Int, retries: Int) async throws {
    let folder = try TemporaryFolder()
    let line = succeeds(at: run, folder)
    let ran = try await runShell("submit --retries \(retries) sh '\(line)'\nwait\nstate 1")
    #expect(ran.output.hasSuffix("finished\n"), "\(ran)")
    #expect(try folder.bytes("runs").count == 2 * run && ran.status == 0)
  }

  @Test("one that never succeeds fails as the last run did")
  func fails() async throws {
    let folder = try TemporaryFolder()
    let run = try await runShell(
      "submit --retries 2 sh '\(succeeds(at: 9, folder))'\nexception 1\ninfo 1")
    #expect(try folder.bytes("runs").count == 6)
    #expect(run.output.contains("sh: exit status 1\n"))
    for number in 1...3 {
      #expect(run.output.contains("\nattempt \(number): failed after "), "\(run.output)")
    }
    #expect(!run.output.contains("attempt 4") && run.status == 0)
  }

  @Test("map retries too, and shows the value once")
  func map() async throws {
    let folder = try TemporaryFolder()
    let line =
      "echo x >> \(folder.path)/{}; [ $(wc -l < \(folder.path)/{}) -ge {} ] && echo done {}"
    let run = try await runShell("map --retries 5 sh '\(line)' ::: 1 2 3")
    #expect(run.output == "done 1\ndone 2\ndone 3\n" && run.errors == "", "\(run)")
    #expect(try (1...3).map { try folder.bytes("\($0)").count } == [2, 4, 6])
  }

  @Test("each run begins anew: with its own variables, and with the whole timeout")
  func anew() async throws {
    let shell = ShellUnderTest()
    let run = try await onShellThread {
      shell.run(
        """
        let n = 1
        submit --timeout 0.05 --retries 2 { print n=$n; let n = 2; sleep 3600 }
        exception 1
        """)
    }
    #expect(run.output.hasSuffix("n=1\nn=1\nn=1\ntimed out after 0.05s\n"), "\(run.output)")
    let attempts = try #require(shell.session.futures[1]?.attempts)
    #expect(attempts.map(\.error) == Array(repeating: "timed out after 0.05s", count: 3))
    #expect(attempts.allSatisfy { $0.ran >= 0.05 })
  }

  @Test("the time between them doubles")
  func backoff() async throws {
    let shell = ShellUnderTest()
    _ = try await onShellThread {
      shell.run("submit --retries 3 --backoff 0.02 sh 'exit 7'\nexception 1")
    }
    let attempts = try #require(shell.session.futures[1]?.attempts)
    #expect(attempts.count == 4 && attempts.allSatisfy { $0.status == .exited(7) })
    for (index, (before, next)) in zip(attempts, attempts.dropFirst()).enumerated() {
      let end = try #require(before.end)
      #expect(next.start - end >= UInt64(20_000_000 << index))
    }
  }

  @Test("info tells of attempts only where there may be several")
  func once() async throws {
    let run = try await runShell("set quiet on\nsubmit --env A=1 exec true\nwait 1\ninfo 1")
    #expect(!run.output.contains("attempt") && run.output.contains("state: finished"))
  }

  @Test("kill ends the retrying")
  func killed() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      "submit --retries 1000 --backoff 3600 fail boom\ngate go\nkill 1\nexception 1\ninfo 1",
      in: shell
    ) { shell in
      try eventually("the first run to fail") {
        shell.session.futures[1]?.attempts.first?.end != nil
      }
      shell.open("go")
    }
    #expect(run.output.contains("[1] killed\nkilled\n") && run.status == 0, "\(run)")
    #expect(run.output.contains("\nattempt 1: failed after ") && !run.output.contains("attempt 2"))
  }

  @Test("so does the end of a script that fails")
  func stopped() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      "submit --retries 1000 --backoff 3600 fail boom\ngate go\nfail stop", in: shell
    ) { shell in
      try eventually("the first run to fail") {
        shell.session.futures[1]?.attempts.first?.end != nil
      }
      shell.open("go")
    }
    #expect(run.status == 3 && shell.session.futures[1]?.attempts.count == 1, "\(run)")
  }

  @Test("in JSON, and the record of a job that is run once")
  func json() async throws {
    let shell = ShellUnderTest(
      {
        var values = Settings.Values(); values.isJSON = true; return values
      }())
    let run = try await onShellThread {
      shell.run(
        "submit --retries 1 sh 'echo four; kill -9 $$'\nsubmit sh 'printf 12345'\nwait\ninfo 1\nresult 2"
      )
    }
    let attempt = #"{"state":"failed","ran":[..],"signal":"SIGKILL","bytes":5,"error":"[..]"}"#
    let line = run.output.split(separator: "\n").first { $0.contains(#""info""#) } ?? ""
    #expect(
      Expected.matches(String(line), #"[..],"attempts":["# + attempt + "," + attempt + "],[..]"),
      "\(line)")
    let once = try #require(shell.session.futures[2]?.attempts)
    #expect(once.count == 1 && once[0].status == .exited(0) && once[0].bytesWritten == 5)
    #expect(once[0].end.map { $0 >= once[0].start } == true && once[0].error == nil)
  }

  @Test(
    "nonsense is refused",
    arguments: [
      ShellCase(
        "submit --retries x print",
        errors: "[..]--retries must be a whole number, at least 0[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "submit --retries -1 print", errors: "[..]--retries must be[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "map --backoff 1 print ::: 1", errors: "[..]--backoff needs --retries N[..]\n[..]\n[..]",
        status: 3),
    ])
  func refused(expected: ShellCase) async throws { try await expected.check() }
}
