import ChildProcess
import TestSupport
import Testing

@testable import PoolShell

/// `log` and `follow`: what the programs of a job write, while it runs and afterwards.
@Suite("log and follow", .timeLimit(.minutes(5)))
struct LogTests {
  private static func hasWritten(_ count: Int, _ shell: ShellUnderTest) -> Bool {
    shell.session.futures[1]?.progress.job?.output.bytes(.output).count ?? 0 >= count
  }

  @Test("while it runs, each stream where it belongs")
  func running() async throws {
    let run = try await runShell(
      "set quiet on\nsubmit sh 'echo err >&2; echo out; exec sleep 3600'\ngate go\nlog 1\nprint -\nkill 1",
      in: ShellUnderTest()
    ) { shell in
      try eventually("its output") { Self.hasWritten(4, shell) }
      shell.open("go")
    }
    // Shown again at its end: what a program has written that fails is the user's.
    #expect(run.output == "out\n-\nout\n[1] killed\n", "\(run)")
    #expect(run.errors == "err\n" && run.status == 0)
  }

  @Test(
    "afterwards, of every program and every run",
    arguments: [
      ShellCase(
        "set quiet on\nsubmit { let a = $(sh 'echo a'); exec echo b; return c }\nresult 1\nlog 1",
        "b\nc\na\nb"),
      ShellCase(
        "set quiet on\nsubmit --retries 2 sh 'echo x; exit 1'\nexception 1\nlog 1",
        "x\nx\nx\nsh: exit status 1\nx\nx\nx"),
      ShellCase(
        "set quiet on\nsubmit exec printf 'no newline'\nwait 1\nprint $(log 1)",
        "done: 1\nnot done: none\nno newline"),
      ShellCase(
        "set quiet on\nsubmit return x\nresult 1\nlog 1", "x", errors: "[1] has run no program"),
      ShellCase("log 1", errors: "[..]no future 1[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "set quiet on\nset json on\nsubmit sh 'echo a; echo b >&2'\nwait 1\nlog 1",
        #"{"command":"wait","done":[1],"not_done":[]}"# + "\n"
          + #"{"command":"log","id":1,"stdout":"a\n","stderr":"b\n"}"#),
    ])
  func afterwards(expected: ShellCase) async throws { try await expected.check() }

  @Test("what is too much for memory, too")
  func large() async throws {
    let run = try await runShell(
      "set quiet on\nsubmit sh 'seq 100000; exec sleep 3600'\ngate go\nlog 1\nkill 1",
      in: ShellUnderTest()
    ) { shell in
      try eventually("its output") { Self.hasWritten(588_895, shell) }
      shell.open("go")
    }
    let lines = run.output.split(separator: "\n").prefix(100_000).map(String.init)
    #expect(lines == (1...100_000).map(String.init))
  }

  @Test("follow shows all of it until the job ends, and waits for one that has not begun")
  func follow() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new -w 1
      submit gate go
      submit sh 'for i in 1 2 3; do echo $i; sleep 0.1; done; echo end >&2; seq 50000'
      follow 2
      state 2
      """, in: ShellUnderTest()
    ) { shell in
      try eventually("both to be there") { shell.session.futures[2] != nil }
      shell.open("go")
    }
    let expected = "1\n2\n3\n" + (1...50_000).map { "\($0)\n" }.joined() + "finished\n"
    #expect(run.output == expected && run.errors == "end\n")
  }

  @Test("Ctrl-C ends the following, not the job")
  func interrupted() async throws {
    let run = try await runShell(
      "set quiet on\nsubmit sh 'echo up; exec sleep 3600'\nfollow 1\nstate 1\nkill 1",
      in: ShellUnderTest(), isInteractive: true
    ) { shell in
      try shell.output.wait(for: "up\n")
      shell.session.userInterrupts()
    }
    #expect(run.output.hasPrefix("up\nrunning\n"), "\(run)")
    #expect(run.errors.hasPrefix("interrupted; still running: 1"))
  }

  @Test("objects hold whole lines")
  func json() async throws {
    let run = try await runShell(
      "set quiet on\nset json on\nsubmit sh 'printf é; sleep 0.2; echo x; printf end'\nfollow 1")
    #expect(
      run.output
        == #"{"command":"follow","id":1,"stream":"stdout","value":"éx\n"}"# + "\n"
        + #"{"command":"follow","id":1,"stream":"stdout","value":"end"}"# + "\n", "\(run)")
  }
}
