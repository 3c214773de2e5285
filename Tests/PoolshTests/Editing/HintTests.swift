import TestSupport
import Testing

/// The rest of the last line that begins like the one being typed, in grey.
@Suite(.serialized, .fewAtOnce) struct HintTests {
  private func hint(_ terminal: ScreenTerminal) throws -> String {
    try terminal.settle()
    return terminal.screen.lines[terminal.screen.cursor.row].text { $0.isGrey }
  }

  @Test func isShownAndTakenWithRight() async throws {
    try await inAWindow { terminal in
      try terminal.run("print hello world")
      try terminal.type("print he")
      #expect(try hint(terminal) == "llo world")
      #expect(terminal.screen.cursor.column == 10)
      try terminal.press(.right)
      try terminal.expect("> print hello world", column: 19)
      #expect(try hint(terminal) == "")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") {
        $0.text.hasSuffix("> print hello world\nhello world\n>")
      }
    }
  }

  @Test func isNotRunWithEnter() async throws {
    try await inAWindow { terminal in
      try terminal.run("print hello world")
      try terminal.type("print he")
      #expect(try hint(terminal) == "llo world")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print he\nhe\n>") }
    }
  }

  @Test func goesWhenWhatIsTypedDiffers() async throws {
    try await inAWindow { terminal in
      try terminal.run("print hello world")
      try terminal.type("print h")
      #expect(try hint(terminal) == "ello world")
      try terminal.type("i")
      try terminal.expect("> print hi", column: 10)
      try terminal.press(.backspace, .left)
      try terminal.settle()
      #expect(try hint(terminal) == "")
    }
  }

  @Test func staysAfterOutputAbove() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.run("print hello world")
      try terminal.type("print he")
      try terminal.settle()
      try announcer.announce("above")
      try terminal.waitFor("above")
      #expect(try hint(terminal) == "llo world")
      try terminal.expect("> print hello world", column: 10)
    }
  }

  @Test func isCutAtTheMargin() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (20, 6) }) { terminal in
      try terminal.run("print 0123456789 中文中文中文")
      try terminal.type("pri")
      try terminal.settle()
      #expect(terminal.edited == "> print 0123456789")
      try terminal.press(.end)
      try terminal.settle()
      #expect(terminal.edited == "> print 0123456789 \n中文中文中文".replacing(" \n", with: "\n"))
    }
  }

  @Test func isNotThereWithoutColour() async throws {
    try await inAWindow({ $0.environment = ["NO_COLOR": "1"] }) { terminal in
      try terminal.run("print hello world")
      try terminal.type("print he")
      try terminal.expect("> print he", column: 10)
    }
  }
}
