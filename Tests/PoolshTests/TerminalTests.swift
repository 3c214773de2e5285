import Testing
import TestSupport

/// A person at the prompt.
@Suite(.serialized, .fewAtOnce) struct TerminalTests {
  @Test func answersAndAsksForMore() async throws {
    try await atThePrompt { terminal in
      try terminal.run("set notify off")
      try terminal.check("print hello", answers: "hello\n")
      try terminal.check("submit return 42", answers: "[1] return 42\n")
      try terminal.check("result last", answers: "42\n")
      try terminal.check("", answers: "")
      let run = try terminal.leave()
      #expect(run.status == 0)
    }
  }

  @Test func asksForTheRestOfACommand() async throws {
    try await atThePrompt { terminal in
      try terminal.type("for i in 1..2 {\n")
      try terminal.expect("for i in 1..2 {\n. ")
      try terminal.type("print \"$i\n")
      try terminal.expect("print \"$i\n. ")
      try terminal.type("more\"\n")
      try terminal.expect("more\"\n. ")
      try terminal.type("}\n")
      try terminal.expect("}\n1\nmore\n2\nmore\n> ")
      try terminal.type("print a \\\n")
      try terminal.expect("print a \\\n. ")
      try terminal.type("b\n")
      try terminal.expect("b\na b\n> ")
    }
  }

  @Test func anErrorIsToldAndPassedOver() async throws {
    try await atThePrompt { terminal in
      try terminal.check("fail boom", answers: "error: boom\n")
      #expect(try terminal.run("pirnt x").hasPrefix("error: unknown command pirnt (did you mean"))
      #expect(try terminal.run("print a | b").hasPrefix("error: "))
      #expect(try terminal.run("submit fail later; wait").contains("done: 1\n"))
      try terminal.check("exception 1", answers: "later\n")
      try terminal.check("print still here", answers: "still here\n")
      let run = try terminal.leave()
      #expect(run.status == 0)
    }
  }

  @Test func runsALineInTheForeground() async throws {
    try await atThePrompt { terminal in
      try terminal.check("! echo hi; echo ho", answers: "hi\nho\n")
      try terminal.check("! tty -s && echo on a terminal", answers: "on a terminal\n")
      try terminal.type("! read name; echo \"hello $name\"\nworld\n")
      try terminal.expect("hello world\n> ")
      try terminal.check("! exit 3", answers: "error: ! exit status 3\n")
    }
  }

  /// A task may write while somebody types.
  @Test func tasksWriteAtAnyTime() async throws {
    try await atThePrompt { terminal in
      try terminal.run("set notify off")
      try terminal.run("submit { gate g; print from a task }")
      try terminal.run("submit { gate h; open g }")
      try terminal.type("open h\n")
      try terminal.expect("from a task\n")
      #expect(try terminal.run("print x").hasSuffix("x\n"))
    }
  }

  // MARK: The end

  @Test func controlDWaitsForTheWork() async throws {
    try await atThePrompt { terminal in
      try terminal.run("submit { sleep 0.1; print worked }")
      let run = try terminal.leave()
      #expect(run.errors.contains("worked\n"))
      #expect(run.status == 0)
    }
  }

  @Test func controlDTellsOfFailures() async throws {
    try await atThePrompt { terminal in
      try terminal.run("submit fail boom")
      let run = try terminal.leave()
      #expect(run.errors.contains("1 failure was never looked at: 1\n"))
      #expect(run.status == 1)
    }
  }

  @Test func exitEndsTheSession() async throws {
    try await atThePrompt { terminal in
      try terminal.type("exit 9\n")
      #expect(try terminal.program.wait().status == 9)
    }
  }

  /// Ctrl-D in the middle of a command is an error, not the end.
  @Test func controlDInABlock() async throws {
    try await atThePrompt { terminal in
      try terminal.type("for i in 1..2 {\n")
      try terminal.expect("{\n. ")
      try terminal.type(Terminal.controlD)
      try terminal.expect("error: this block is never closed\n> ")
      try terminal.check("print still here", answers: "still here\n")
      let run = try terminal.leave()
      #expect(run.status == 0)
    }
  }

  @Test func aLostTerminalEndsTheChildren() async throws {
    try await atThePrompt { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.run("submit exec \(sleeper.command)")
      try sleeper.waitUntilRunning(1)
      terminal.hangUp()
      #expect(try terminal.program.wait().status == 129)
      #expect(sleeper.processIDs == [])
    }
  }
}
