import Glibc
import TestSupport
import Testing

/// What once went wrong at the edited prompt, one test for each.
@Suite(.serialized, .fewAtOnce) struct EditorRegressionTests {
  /// The editor drew a part, and waited for the next line to be told of the rest.
  @Test func muchTextAtOnceIsShownToItsEnd() async throws {
    try await inAWindow { terminal in
      try terminal.run("set notify off")
      try terminal.run("submit { gate go; print $(exec seq 1 6000) }")
      try terminal.run("submit { sleep 0.1; open go }")
      try terminal.type("print half")
      try terminal.wait(for: "the last line") { $0.transcript.contains("6000") }
      try terminal.expect("> print half", column: 12)
      let numbers = terminal.screen.transcript.compactMap { Int($0) }
      #expect(numbers == Array(1...6000))
    }
  }

  /// The places that `d` remembers were addresses of a line that had moved: memory was overwritten.
  @Test func aPasteGivesUpACommandOfViThatWaitsForAMotion() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("abc def")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("d")
      try terminal.paste(String(repeating: "x", count: 3000))
      try terminal.type("0iprint \u{1B}$i \n")
      try terminal.waitForPrompt()
      let answer = "abc de" + String(repeating: "x", count: 3000) + " f"
      #expect(terminal.screen.transcript.suffix(2).first == answer)
    }
  }

  /// Who reads keys for something else must not have the line changed under it.
  @Test func aPasteAtLibeditsOwnQuestionIsDropped() async throws {
    try await inAWindow { terminal in
      try terminal.press(.alt("x"))
      try terminal.settle()
      try terminal.paste(String(repeating: "x", count: 3000))
      try terminal.settle()
      try terminal.press(.control("c"))
      try terminal.waitFor("^C")
      try terminal.settle()
      try terminal.type("print on\n")
      try terminal.waitFor("\non\n>")
    }
  }

  @Test func aWalkThroughTheHistoryLeavesWhatWasYanked() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.run("print one")
      try terminal.type("abc")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("0ylkP")
      try terminal.expect("> print onae", column: 10)
    }
  }

  @Test func completionLeavesWhatWasYanked() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("xyz")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("0yl0Cvers")
      try terminal.press(.tab, .escape)
      try terminal.settle()
      try terminal.type("P")
      try terminal.settle()
      #expect(terminal.edited == "> versionxyz " || terminal.edited == "> versionxyz")
    }
  }

  /// The end of a paste may be lost; then all keys were taken for more of it.
  @Test func controlCEndsAPasteWithoutAnEnd() async throws {
    try await inAWindow { terminal in
      try terminal.send(Array("\u{1B}[200~lost".utf8))
      try terminal.settle()
      try terminal.press(.control("c"))
      try terminal.waitFor("^C")
      try terminal.check("print on", shows: "on")
    }
  }

  @Test func aControlCWithinAPasteIsDropped() async throws {
    try await inAWindow { terminal in
      try terminal.paste("print a\u{3}b")
      try terminal.expect("> print ab", column: 10)
    }
  }

  @Test func theControlVThatIsTakenLiterallyTakesNoKeyLiterally() async throws {
    try await inAWindow { terminal in
      try terminal.press(.control("v"), .control("v"), .control("c"))
      try terminal.waitFor("^V^C")
      try terminal.check("print on", shows: "on")
    }
  }

  /// libedit drops what such a terminal does not take at once.
  @Test func aTerminalThatAProgramHasLeftNonblockingIsPutRight() async throws {
    try await inAWindow { terminal in
      let flags = "! sed -n 's/flags:[[:space:]]*//p' /proc/self/fdinfo/1"
      let before = try terminal.run(flags)
      try terminal.run("! dd oflag=nonblock if=/dev/null status=none; \(flags.dropFirst(2))")
      #expect(try terminal.run(flags) == before)
    }
  }

  /// Programs got the modes that libedit likes.
  @Test func programsHaveTheModesFromBefore() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.columns = 120
        $0.arguments = ["-c", "stty -echoctl inlcr; stty -g; exec \(PoolshBinary.path)"]
      }
      try terminal.waitForPrompt()
      let before = terminal.screen.transcript.first
      let now = try terminal.run("! stty -g")
      #expect(now == before)
      #expect(try terminal.leave().status == 0)
    }
  }
}
