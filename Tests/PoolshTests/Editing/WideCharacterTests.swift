import TestSupport
import Testing

/// Long lines, and characters that are not one column wide.
@Suite(.serialized, .fewAtOnce) struct WideCharacterTests {
  private static func narrow(_ options: inout ScreenTerminal.Options) {
    (options.columns, options.rows) = (20, 10)
  }

  @Test func otherScriptsAreTypedMovedThroughAndRun() async throws {
    try await inAWindow { terminal in
      try terminal.type("print 日本語 é🙂")
      try terminal.expect("> print 日本語 é🙂", column: 18)
      try terminal.press(.left)
      try terminal.expect("> print 日本語 é🙂", column: 16)
      try terminal.press(.left, .left, .left)
      try terminal.expect("> print 日本語 é🙂", column: 12)
      try terminal.press(.backspace)
      try terminal.expect("> print 日語 é🙂", column: 10)
      try terminal.type("한")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("\n日한語 é🙂\n>") }
    }
  }

  @Test func aLineIsWrapped() async throws {
    try await inAWindow(Self.narrow) { terminal in
      try terminal.type("print 0123456789ab")
      try terminal.expect("> print 0123456789ab", row: 1, column: 0)
      try terminal.type("c")
      try terminal.expect("> print 0123456789ab\nc", row: 1, column: 1)
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("\nc\n0123456789abc\n>") }
    }
  }

  /// libedit itself hides what stands behind.
  @Test func theMiddleOfAWrappedLineIsEdited() async throws {
    try await inAWindow(Self.narrow) { terminal in
      try terminal.type("print 0123456789abcdefghijklmnopqrstuvwxyz")
      try terminal.press(.home)
      try terminal.press(.controlRight)
      for _ in 0..<3 { try terminal.type("!") }
      try terminal.expect(
        "> print!!! 012345678\n9abcdefghijklmnopqrs\ntuvwxyz", column: 10)
      try terminal.press(.backspace, .backspace, .backspace, .control("a"), .delete)
      try terminal.expect("> rint 0123456789abc\ndefghijklmnopqrstuvw\nxyz", column: 2)
    }
  }

  @Test func wideCharactersAreEditedAcrossTheMargin() async throws {
    try await inAWindow(Self.narrow) { terminal in
      try terminal.type("print 中文中文中文中文中文")
      try terminal.expect("> print 中文中文中文\n中文中文", row: 1, column: 8)
      try terminal.press(.home)
      try terminal.type("x")
      try terminal.expect("> xprint 中文中文中\n文中文中文", column: 3)
      try terminal.press(.end, .backspace, .control("a"), .delete)
      try terminal.expect("> print 中文中文中文\n中文中", column: 2)
    }
  }

  /// A line that is longer than the window is high.
  @Test func aLineLongerThanTheWindow() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (20, 4) }) { terminal in
      try terminal.type("print ")
      for number in 0..<20 { try terminal.type("word\(number + 10) ") }
      try terminal.type("end")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") {
        $0.transcript.last == ">" && $0.transcript.contains { $0.hasSuffix("word28 word29 end") }
      }
      let expected = (10..<30).map { "word\($0)" }.joined(separator: " ") + " end"
      #expect(terminal.screen.transcript.suffix(2).first == expected)
    }
  }

  /// A mark changes what is drawn, never what is run.
  @Test func marksArriveAsTheyWereTyped() async throws {
    try await inAWindow { terminal in
      try terminal.type("print e\u{301}x👩\u{200D}👩\n")
      try terminal.wait(for: "the answer") { $0.line($0.cursor.row - 1) == "e\u{301}x👩\u{200D}👩" }
    }
  }
}
