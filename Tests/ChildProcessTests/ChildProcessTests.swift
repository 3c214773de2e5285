import ChildProcess
import Glibc
import TestSupport
import Testing

@Suite(.fewAtOnce) struct ChildProcessTests {
  @Test func exitStatus() async throws {
    let outcome = try await sh("exit 7")
    #expect(outcome.status == .exited(7))
    #expect(outcome.ending == .byItself)
    #expect(outcome.output.isEmpty && outcome.errorOutput.isEmpty)
    #expect(try await run("/bin/true").status == .exited(0))
  }

  @Test func killedBySignal() async throws {
    let outcome = try await sh("kill -9 $$")
    #expect(outcome.status == .signalled(SIGKILL))
    #expect(outcome.ending == .byItself)
  }

  @Test func bothStreamsApart() async throws {
    let outcome = try await sh("echo out; echo err >&2; echo more; exit 1")
    #expect(outcome.output.text == "out\nmore\n")
    #expect(outcome.errorOutput.text == "err\n")
    #expect(outcome.status == .exited(1))
  }

  @Test func argumentsAsTheyAre() async throws {
    let words = ["", " ", "a b", "*", "$HOME", "'", "-n", "äöü€😀", "x\ny"]
    let outcome = try await run("printf", ["%s|"] + words)
    #expect(outcome.output.text == words.map { $0 + "|" }.joined())
  }

  @Test func inputIsEmptyUnlessAFileIsGiven() async throws {
    #expect(try await run("cat").output.isEmpty)
    let directory = try TemporaryDirectory()
    let file = try directory.write("in", "hello")
    #expect(try await run("cat") { $0.input = .file(file) }.output.text == "hello")
    let both = try await run("cat") {
      $0.input = .file(file)
      $0.directory = "/"
    }
    #expect(both.output.text == "hello")
  }

  @Test func environment() async throws {
    let own = try await run("/usr/bin/env") { $0.environment = ["A=1", "B=x=y"] }
    #expect(own.output.text == "A=1\nB=x=y\n")
    #expect(try await run("/usr/bin/env") { $0.environment = [] }.output.isEmpty)
    let inherited = try await sh("echo $PATH")
    #expect(inherited.output.text == String(cString: getenv("PATH")) + "\n")
  }

  @Test func directory() async throws {
    #expect(try await run("pwd") { $0.directory = "/usr" }.output.text == "/usr\n")
  }

  @Test func ownProcessGroup() async throws {
    // Fields 1 and 5 of its stat: its number and its group.
    let line = "read pid name state parent group rest < /proc/self/stat; echo $$ $group"
    let own = try await sh(line).output.text.split(whereSeparator: \.isWhitespace)
    #expect(own[0] == own[1])
    let callers = try await sh(line) { $0.newProcessGroup = false }.output.text
    #expect(callers.split(whereSeparator: \.isWhitespace)[1] == "\(getpgrp())")
  }

  @Test func inheritedOutputIsNotCaptured() async throws {
    let outcome = try await run("/bin/sh", ["-c", "exit 3"]) {
      $0.input = .inherit
      $0.output = .inherit
      $0.newProcessGroup = false
    }
    #expect(outcome.status == .exited(3))
    #expect(outcome.output.isEmpty && outcome.errorOutput.isEmpty)
  }

  @Test func whatADescendantWritesLaterCounts() async throws {
    let outcome = try await sh("(sleep 0.2; echo late) & echo early")
    #expect(outcome.output.text == "early\nlate\n")
  }

  @Test func childThatClosesItsOutputIsWaitedFor() async throws {
    let outcome = try await sh("exec >&- 2>&-; sleep 0.1; exit 3")
    #expect(outcome.status == .exited(3))
  }

  @Test func processID() async throws {
    try await onThread {
      let child = try ChildProcess.start(shell("echo $$"))
      #expect(child.wait().output.text == "\(child.processID)\n")
    }
  }

  @Test func signalReachesTheChild() async throws {
    let directory = try TemporaryDirectory()
    let line = "trap 'exit 7' USR1; : > '\(directory("ready"))'; while :; do sleep 0.01; done"
    try await onThread {
      let child = try ChildProcess.start(shell(line))
      try eventually("the trap to be set") { directory.has("ready") }
      child.signal(SIGUSR1)
      #expect(child.wait().status == .exited(7))
    }
  }

  @Test func nothingIsSentAfterTheEnd() async throws {
    try await onThread {
      let child = try ChildProcess.start(ChildCommand(program: "true"))
      let outcome = child.wait()
      child.terminate()
      child.signal(SIGKILL)
      #expect(outcome.ending == .byItself)
    }
  }

  @Test func statusInWords() {
    #expect("\(ExitStatus.exited(2))" == "exit status 2")
    #expect("\(ExitStatus.signalled(9))" == "killed by signal 9 (SIGKILL)")
    #expect("\(ExitStatus.signalled(40))" == "killed by signal 40")
  }
}
