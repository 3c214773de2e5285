import TestSupport
import Testing

/// The keys that everybody has who sets nothing.
@Suite(.serialized, .fewAtOnce) struct EmacsKeyTests {
  @Test func aTypedLineRuns() async throws {
    try await inAWindow { terminal in
      try terminal.check("print hello", shows: "hello")
      try terminal.check("", shows: "")
      #expect(try terminal.leave().status == 0)
    }
  }

  /// Each moves in `print alpha beta`, from its end, and then types an X.
  @Test(
    arguments: [
      ([.left], "print alpha betXa"), ([.control("b")], "print alpha betXa"),
      ([.home], "Xprint alpha beta"), ([.control("a")], "Xprint alpha beta"),
      ([.home, .end], "print alpha betaX"), ([.home, .control("e")], "print alpha betaX"),
      ([.home, .right], "pXrint alpha beta"), ([.home, .control("f")], "pXrint alpha beta"),
      ([.alt("b")], "print alpha Xbeta"), ([.controlLeft], "print alpha Xbeta"),
      ([.home, .alt("f")], "printX alpha beta"), ([.home, .controlRight], "printX alpha beta"),
      ([.backspace], "print alpha betX"), ([.left, .delete], "print alpha betX"),
      ([.home, .control("d")], "Xrint alpha beta"), ([.control("w")], "print alpha X"),
      ([.home, .alt("d")], "X alpha beta"), ([.alt("b"), .control("k")], "print alpha X"),
      ([.control("w"), .control("y")], "print alpha betaX"),
      ([.control("t")], "print alpha beatX"), ([.pageUp, .pageDown], "print alpha betaX"),
    ] as [([Key], String)])
  func movesAndRemoves(_ keys: [Key], _ line: String) async throws {
    try await inAWindow { terminal in
      try terminal.type("print alpha beta")
      for key in keys { try terminal.press(key) }
      try terminal.type("X")
      let column =
        2 + (line.firstIndex(of: "X").map { line.distance(from: line.startIndex, to: $0) } ?? 0)
      try terminal.expect("> " + line, column: column + 1)
    }
  }

  @Test func aWholeLineIsRemovedAndPutBack() async throws {
    try await inAWindow { terminal in
      try terminal.type("print gone")
      try terminal.press(.control("u"))
      try terminal.expect(">", column: 2)
      try terminal.press(.control("y"))
      try terminal.expect("> print gone", column: 12)
    }
  }

  @Test func theMiddleOfALineIsRun() async throws {
    try await inAWindow { terminal in
      try terminal.type("print hxllo")
      try terminal.press(.left, .left, .left, .backspace)
      try terminal.type("e")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print hello\nhello\n>") }
    }
  }

  @Test func theScreenIsClearedAndTheLineStays() async throws {
    try await inAWindow { terminal in
      try terminal.run("print before")
      try terminal.type("print half")
      try terminal.press(.left, .control("l"))
      try terminal.settle()
      #expect(terminal.screen.text == "> print half")
      #expect(terminal.screen.cursor == .init(row: 0, column: 11))
    }
  }

  /// What was typed while a command ran is for the next prompt.
  @Test func whatIsTypedAheadIsNotLost() async throws {
    try await inAWindow { terminal in
      try terminal.type("sleep 0.3\nprint ah")
      try terminal.type("ead")
      try terminal.waitForCursor(after: "> print ahead")
      #expect(terminal.screen.text.hasSuffix("> sleep 0.3\n> print ahead"))
    }
  }

  @Test func anEditrcIsHeeded() async throws {
    try await onThread {
      let home = try Home()
      try home.folder.write("home/.editrc", "poolsh:bind ^G ed-move-to-beg\n")
      let terminal = try ScreenTerminal { $0.home = home }
      try terminal.waitForPrompt()
      try terminal.type("print")
      try terminal.press(.control("g"))
      try terminal.expect("> print", column: 2)
    }
  }
}
