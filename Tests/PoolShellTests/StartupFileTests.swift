import TestSupport
import Testing

@testable import PoolShell

/// The user's own commands, run before the first that is typed.
@Suite(.timeLimit(.minutes(5))) struct StartupFileTests {
  /// Runs a start-up file and then a script, as if somebody typed that.
  private func run(_ startup: String, then script: String) async throws -> ShellRun {
    try await onShellThread {
      let folder = try TemporaryFolder()
      try folder.write("rc.poolsh", startup)
      let test = ShellUnderTest()
      return try inTime("the end") {
        let shell = Shell(
          session: test.session, source: TextSource(name: "stdin", text: script),
          isInteractive: true)
        shell.runStartupFile(folder.file("rc.poolsh"))
        let status = shell.run()
        let errors = test.errors.text.replacing(folder.path + "/", with: "")
        return ShellRun(output: test.output.text, errors: errors, status: status)
      }
    }
  }

  @Test func whatItSetsStaysInForce() async throws {
    let run = try await run(
      "def twice x { print $x $x }\nlet a = 1\nset quiet on\npool new p -w 2\npool use p",
      then: "twice $a\nsubmit print x\nwait\npool")
    #expect(run.output == "1 1\nx\ndone: 1\nnot done: none\npool p: 2 workers\n")
    #expect(run.errors.isEmpty && run.status == 0)
  }

  @Test func everyErrorIsToldAndTheRestIsRead() async throws {
    let run = try await run(
      "let a = 1\n  fail boom\nprint | x\nlet b = 2\nfor i in 1 {", then: "print $a $b\nfail later")
    #expect(run.output == "1 2\n" && run.status == 0)
    let pattern =
      "rc.poolsh:2:3: error: boom\n    fail boom\n    ^\nrc.poolsh:3:7: error: [..]\n[..]\n[..]\n"
      + "rc.poolsh:5:12: error: this block is never closed\n[..]\n[..]\nerror: later\n"
    #expect(Expected.matches(run.errors, pattern), "\(run.errors)")
  }

  @Test func itIsNotInTheHistory() async throws {
    let run = try await run("print a", then: "print b\nhistory")
    #expect(run.output == "a\nb\n1  print b\n2  history\n")
  }

  @Test func returnLeavesItAndExitTheSession() async throws {
    var run = try await run("print a\nreturn\nprint never", then: "print b")
    #expect(run.output == "a\nb\n" && run.status == 0)
    run = try await self.run("submit print x\nexit 4\nprint never", then: "print never")
    #expect(run.output == "[1] print x\nx\n" && run.status == 4)
  }

  @Test func noFileIsNoTrouble() async throws {
    let run = try await onShellThread {
      let test = ShellUnderTest()
      let shell = Shell(
        session: test.session, source: TextSource(name: "stdin", text: ""), isInteractive: true)
      shell.runStartupFile("/nonexistent/rc.poolsh")
      shell.runStartupFile("/dev/null/rc.poolsh")
      return test.errors.text
    }
    #expect(run == "")
  }

  @Test(arguments: [
    (["HOME": "/h"], "/h/.config/poolsh/rc.poolsh"),
    (["HOME": "/h", "XDG_CONFIG_HOME": "/x"], "/x/poolsh/rc.poolsh"),
    (["HOME": "/h", "XDG_CONFIG_HOME": "x"], "/h/.config/poolsh/rc.poolsh"),
    (["HOME": "/h", "XDG_CONFIG_HOME": ""], "/h/.config/poolsh/rc.poolsh"),
    (["HOME": "h"], nil), (["HOME": ""], nil), ([:], nil),
    (["XDG_CONFIG_HOME": "/x"], "/x/poolsh/rc.poolsh"),
  ])
  func thePathIsTheUsers(environment: [String: String], expected: String?) {
    #expect(StartupFile.path { environment[$0] } == expected)
  }
}
