import Glibc
import TestSupport
import Testing

/// Tasks write nothing over a program in the foreground.
@Suite(.serialized, .fewAtOnce) struct ForegroundOutputTests {
  @Test func tasksWriteAfterTheProgramInTheForeground() async throws {
    try await inAWindow { terminal in
      try terminal.run("set notify off")
      let announcer = try Announcer(in: terminal)
      try terminal.type("! echo ready; read line; echo \"got $line\"\n")
      try terminal.waitFor("\nready")
      // The task listens again when it has printed the one before.
      for text in ["one", "two", "three"] { try announcer.announce(text) }
      try terminal.settle()
      #expect(terminal.screen.text.hasSuffix("\nready"), "\(terminal.picture)")
      try terminal.type("x\n")
      try terminal.wait(for: "all of it") { $0.text.hasSuffix("got x\none\ntwo\nthree\n>") }
      try announcer.announce("at once")
      try terminal.wait(for: "what is printed later") { $0.text.hasSuffix("three\nat once\n>") }
    }
  }

  /// A script has no prompt, but its programs have the screen.
  @Test func tasksOfAScriptToo() async throws {
    try await onThread {
      let folder = try Folder()
      let pipe = folder("pipe")
      guard mkfifo(pipe, 0o600) == 0 else { throw SystemCallFailed("mkfifo") }
      let terminal = try ScreenTerminal {
        // The task prints once the program is there.
        $0.arguments = [
          "-c",
          "submit { print \"$(read \(pipe))\" }\n"
            + "! echo one > \(pipe); echo ready; read line; echo \"got $line\"",
        ]
      }
      try terminal.waitFor("\nready")
      try terminal.settle()
      #expect(!terminal.screen.text.contains("\none"), "\(terminal.picture)")
      try terminal.type("x\n")
      let end = try terminal.waitForEnd()
      #expect(end.status == 0)
      #expect(terminal.screen.text.hasSuffix("got x\none"), "\(terminal.picture)")
    }
  }

  @Test func aCrashLosesNothing() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("! echo ready; read line\n")
      try terminal.waitFor("\nready")
      for text in ["one", "two"] { try announcer.announce(text) }
      try terminal.settle()
      terminal.program.send(SIGSEGV)
      _ = try terminal.waitForEnd()
      #expect(terminal.screen.text.contains("\none\ntwo"), "\(terminal.picture)")
    }
  }

  @Test func theEndOfTheSessionLosesNothing() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("! trap '' TERM; echo ready; read line\n")
      try terminal.waitFor("\nready")
      for text in ["one", "two"] { try announcer.announce(text) }
      try terminal.settle()
      terminal.program.send(SIGTERM)
      #expect(try terminal.waitForEnd().status == 143)
      #expect(terminal.screen.text.contains("\none\ntwo\n"), "\(terminal.picture)")
      #expect(terminal.screen.text.contains("\nterminated"), "\(terminal.picture)")
    }
  }
}
