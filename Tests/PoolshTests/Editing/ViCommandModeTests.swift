import TestSupport
import Testing

/// What ends a line while vi's command mode has the cursor on a character, not behind the last.
@Suite(.serialized, .fewAtOnce) struct ViCommandModeTests {
  /// The last character was lost: libedit puts the cursor back onto it with each redraw.
  @Test(arguments: ["", "0", "b", "hh", "$"])
  func escapeAndEnterRunTheWholeLine(_ keys: String) async throws {
    try await inCommandMode("print abcdef") { terminal in
      try terminal.type(keys)
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print abcdef\nabcdef\n>") }
      try terminal.press(.up)
      try terminal.expect("> print abcdef", column: 14)
    }
  }

  @Test func aLineFromTheHistoryIsRunWhole() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.run("print ok")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("k")
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print ok\nok\n>") }
    }
  }

  @Test func aLineOfOneLetterIsRun() async throws {
    try await inCommandMode("x") { terminal in
      try terminal.press(.enter)
      try terminal.waitFor("unknown command x")
    }
  }

  @Test func anEmptyLineIsRun() async throws {
    try await inCommandMode("") { terminal in
      try terminal.press(.enter)
      try terminal.wait(for: "a prompt below") { $0.text.hasSuffix("> set editor vi\n>\n>") }
      try terminal.check("print next", shows: "next")
    }
  }

  @Test func theQuoteThatEndsATextStays() async throws {
    try await inCommandMode("print \"a") { terminal in
      try terminal.type("0")
      try terminal.press(.enter)
      try terminal.waitForCursor(after: ". ")
      try terminal.type("b\"")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("\na\nb\n>") }
    }
  }

  /// It was taken for Alt-Enter.
  @Test func escapeAndQuicklyEnterRunTheLine() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("print abcdef\u{1B}\r")
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print abcdef\nabcdef\n>") }
    }
  }

  @Test func aWrappedLineIsRunWhole() async throws {
    let word = String(repeating: "abcdefghij", count: 15)
    try await inCommandMode("print \(word)") { terminal in
      try terminal.type("0")
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") {
        $0.transcript.suffix(3) == ["> print \(word)", word, ">"]
      }
    }
  }

  @Test func controlCLeavesTheLineAsItWas() async throws {
    try await inCommandMode("print abcde") { terminal in
      try terminal.press(.control("c"))
      try terminal.wait(for: "the next prompt") { $0.text.hasSuffix("> print abcde^C\n>") }
    }
  }

  /// It completed what stands before the character that the cursor is on.
  @Test func tabDoesNothing() async throws {
    try await inCommandMode("pri") { terminal in
      try terminal.press(.tab)
      try terminal.expect("> pri", column: 4)
      try terminal.type("ant a\n")  // the first letter has the others appended
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print a\na\n>") }
    }
  }

  /// What was yanked is still there on the next line.
  @Test func enterLeavesWhatWasYanked() async throws {
    try await inCommandMode("print abc") { terminal in
      try terminal.type("0yw")
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.waitForPrompt()
      try terminal.type("x")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("P")
      try terminal.settle()
      #expect(terminal.edited.hasPrefix("> print"), "\(terminal.picture)")
    }
  }

  private func inCommandMode(
    _ text: String, _ body: @escaping @Sendable (ScreenTerminal) throws -> Void
  ) async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type(text)
      try terminal.press(.escape)
      try terminal.settle()
      try body(terminal)
    }
  }
}
