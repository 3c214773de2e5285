import Testing
import TestSupport

/// Ctrl-C of a person at the prompt: whatever waits stops waiting, the work goes on.
@Suite(.serialized, .fewAtOnce) struct TerminalInterruptTests {
  @Test func givesUpTheLineBeingTyped() async throws {
    try await atThePrompt { terminal in
      try terminal.type("print unfinished")
      try terminal.expect("print unfinished")
      try terminal.type(Terminal.controlC)
      try terminal.expect("\n> ")
      try terminal.check("print next", answers: "next\n")
    }
  }

  @Test func givesUpAnOpenBlock() async throws {
    try await atThePrompt { terminal in
      try terminal.type("for i in 1..2 {\n")
      try terminal.expect("{\n. ")
      try terminal.type("print $i\n")
      try terminal.expect("print $i\n. ")
      try terminal.type(Terminal.controlC)
      try terminal.expect("\n> ")
      try terminal.check("print next", answers: "next\n")
    }
  }

  @Test(arguments: [
    "wait", "result 1", "as_completed", "exception 1", "gate never", "shutdown", "sleep 100",
    "with pool { submit gate never; print inside; wait }", "map gate ::: never",
  ])
  func endsTheWaitingNotTheWork(_ command: String) async throws {
    try await atThePrompt { terminal in
      try terminal.run("set notify off")
      try terminal.run("submit { open on; gate g; return value }")
      try terminal.run("gate on")
      try terminal.run("submit sleep 1000")  // with only gates left, a gate fails
      try terminal.type("print now && \(command)\n")
      try terminal.expect("\(command)\nnow\n")
      try terminal.type(Terminal.controlC)
      let told = try terminal.expect("> ")
      #expect(told.contains("interrupted"))
      try terminal.check("state 1", answers: "running\n")
      try terminal.run("open g")
      try terminal.check("result 1", answers: "value\n")
    }
  }

  @Test func endsTheProgramInFront() async throws {
    try await atThePrompt { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      for line in ["exec \(sleeper.command)", "sh '\(sleeper.command); echo never'"] {
        try terminal.type("\(line)\n")
        try sleeper.waitUntilRunning(1)
        try terminal.type(Terminal.controlC)
        try terminal.expect("interrupted\n> ")
        try sleeper.waitUntilRunning(0)
      }
    }
  }

  /// A program of a task is not in front.
  @Test func leavesOtherProgramsAlone() async throws {
    try await atThePrompt { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.run("submit exec \(sleeper.command)")
      try sleeper.waitUntilRunning(1)
      try terminal.type("print now && wait\n")
      try terminal.expect("wait\nnow\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("> ")
      try terminal.check("running 1", answers: "true\n")
      #expect(sleeper.processIDs.count == 1)
    }
  }

  @Test func isForTheProgramThatHasTheTerminal() async throws {
    try await atThePrompt { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.type("! \(sleeper.command)\n")
      try sleeper.waitUntilRunning(1)
      try terminal.type(Terminal.controlC)
      try terminal.expect("> ")
      try sleeper.waitUntilRunning(0)
    }
  }

  /// As in other shells: what stands behind it on the line is not run.
  @Test func dropsTheRestOfTheLine() async throws {
    try await atThePrompt { terminal in
      try terminal.type("print now && sleep 100; print rest\n")
      try terminal.expect("rest\nnow\n")
      try terminal.type(Terminal.controlC)
      #expect(!(try terminal.expect("> ").contains("rest")))
    }
  }

  @Test func endsALoop() async throws {
    try await atThePrompt { terminal in
      try terminal.type("print now && repeat 1000000000 let x = 1\n")
      try terminal.expect("1\nnow\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("interrupted\n> ")
    }
  }

  /// A second Ctrl-C is no more than the first.
  @Test func comesAgainAndAgain() async throws {
    try await atThePrompt { terminal in
      for _ in 1...5 {
        try terminal.type(Terminal.controlC)
        try terminal.expect("\n> ")
      }
    }
  }

  /// While the end waits for the work, it gives up.
  @Test func endsTheWaitingAtTheEnd() async throws {
    try await onThread {
      let terminal = try Terminal()
      try terminal.expect("> ")
      try terminal.run("submit { sleep 1000 }")
      try terminal.keepEverythingAtControlC()
      try terminal.type("exit\n")
      try eventually("the end to be interrupted") {
        // One that comes before the command is read takes it away: then it is typed again.
        try? terminal.type(Terminal.controlC)
        try? terminal.type("exit\n")
        return terminal.program.hasEnded
      }
      let run = try terminal.program.wait()
      #expect(run.status == 130)
      #expect(terminal.rest.contains("interrupted"))
    }
  }
}
