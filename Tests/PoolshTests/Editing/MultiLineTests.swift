import TestSupport
import Testing

/// Commands of several lines: typed, pasted, recalled.
@Suite(.serialized, .fewAtOnce) struct MultiLineTests {
  @Test(arguments: [
    (["for i in 1..2 {", "print $i", "}"], "1\n2"), (["print \"a", "b\""], "a\nb"),
    (["print a \\", "b"], "a b"), (["print 'it", "is'"], "it\nis"),
  ])
  func theRestIsAskedForAndAllOfItRecalled(_ lines: [String], _ answer: String) async throws {
    try await inAWindow { terminal in
      for (index, line) in lines.enumerated() {
        let prompt = index == 0 ? ScreenTerminal.prompt : ScreenTerminal.continuationPrompt
        try terminal.waitForCursor(after: prompt)
        try terminal.type(line + "\n")
      }
      try terminal.waitForPrompt()
      #expect(terminal.screen.text.hasSuffix(lines[lines.count - 1] + "\n\(answer)\n>"))
      try terminal.press(.up)
      let last = lines[lines.count - 1]
      try terminal.expect(
        "> " + lines.joined(separator: "\n"), row: lines.count - 1, column: last.count)
      try terminal.press(.enter)
      try terminal.wait(for: "it to run again") {
        $0.text.hasSuffix(lines.joined(separator: "\n") + "\n\(answer)\n>")
      }
    }
  }

  @Test func aRecalledBlockIsEditedInTheMiddle() async throws {
    try await inAWindow { terminal in
      try terminal.type("for i in 1..2 {\n")
      try terminal.waitForCursor(after: ". ")
      try terminal.type("print $i\n")
      try terminal.waitForCursor(after: ". ")
      try terminal.type("}\n")
      try terminal.waitForPrompt()
      try terminal.press(.up, .left, .left)
      try terminal.type("x")
      try terminal.expect("> for i in 1..2 {\nprint $ix\n}", row: 1, column: 9)
      try terminal.press(.backspace, .backspace)
      try terminal.type("{i}!")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("1!\n2!\n>") }
    }
  }

  @Test func controlCInOneOfSeveralCommandsDropsTheOthers() async throws {
    try await inAWindow { terminal in
      try terminal.paste("print begun\nsleep 60\nprint never")
      try terminal.press(.enter)
      try terminal.waitFor("\nbegun\n")
      try terminal.settle()
      try terminal.press(.control("c"))
      try terminal.wait(for: "the next prompt") { $0.text.hasSuffix("\ninterrupted\n>") }
      try terminal.check("print next", shows: "next")
      #expect(!terminal.screen.text.contains("\nnever"))
    }
  }

  @Test func altEnterBeginsALine() async throws {
    try await inAWindow { terminal in
      try terminal.type("print a")
      try terminal.press(.altEnter)
      try terminal.type("print b")
      try terminal.expect("> print a\nprint b", row: 1, column: 7)
      try terminal.press(.up)
      try terminal.type("!")
      try terminal.expect("> print a!\nprint b", row: 0, column: 10)
      try terminal.press(.enter)
      try terminal.wait(for: "both answers") { $0.text.hasSuffix("a!\nb\n>") }
    }
  }

  // MARK: Pasting

  @Test func aPastedBlockDoesNotRunByItself() async throws {
    try await inAWindow { terminal in
      try terminal.paste("for i in 1..2 {\n\tprint $i\n}\n")
      try terminal.expect("> for i in 1..2 {\n        print $i\n}", row: 2, column: 1)
      #expect(!terminal.screen.text.contains("\n1\n"))
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("}\n1\n2\n>") }
    }
  }

  @Test func severalCommandsArePastedAndRunAtEnter() async throws {
    try await inAWindow { terminal in
      try terminal.paste("print one\nprint two\nprint three")
      try terminal.expect("> print one\nprint two\nprint three", row: 2, column: 11)
      try terminal.press(.enter)
      try terminal.wait(for: "the answers") { $0.text.hasSuffix("one\ntwo\nthree\n>") }
    }
  }

  @Test func tabsDoNotComplete() async throws {
    try await inAWindow { terminal in
      try terminal.paste("pri\tsub\t\t")
      try terminal.settle()
      #expect(terminal.screen.bells == 0)
      #expect(terminal.screen.text.hasSuffix("> pri   sub"))
    }
  }

  /// No key is pressed and nothing is drawn by what is pasted.
  @Test func controlCharactersDoNothing() async throws {
    try await inAWindow { terminal in
      try terminal.paste("print a\u{4}\u{1B}[31mb\u{7F}\u{12}c\u{7}")
      try terminal.settle()
      #expect(terminal.edited.hasPrefix("> print a"))
      #expect(!terminal.edited.contains("\u{1B}"))
      try terminal.press(.enter)
      try terminal.waitForPrompt()
      #expect(terminal.screen.text.contains("c\n>"))
    }
  }

  @Test func muchIsPasted() async throws {
    try await inAWindow { terminal in
      let text = String(repeating: "0123456789", count: 3_000)
      try terminal.paste("print \(text)")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.textBeforeCursor == "> " && $0.cursor.row > 5 }
      try terminal.settle()
      #expect(terminal.screen.transcript.contains(text))
    }
  }

  /// The terminal marks pastes while a line is edited only: programs in front do not know the marks.
  @Test func programsInFrontGetNoMarks() async throws {
    try await inAWindow { terminal in
      #expect(terminal.screen.isPasteBracketed)
      try terminal.type("! read line; echo \"got $line\"\n")
      try terminal.wait(for: "the program") { !$0.isPasteBracketed }
      try terminal.paste("plain")
      try terminal.press(.enter)
      try terminal.waitFor("got plain")
      try terminal.waitForPrompt()
      #expect(terminal.screen.isPasteBracketed)
    }
  }
}
