import TestSupport
import Testing

/// What tasks print while somebody types appears above the line, which stays as it was.
@Suite(.serialized, .fewAtOnce) struct OutputAboveTests {
  private static func narrow(_ options: inout ScreenTerminal.Options) {
    (options.columns, options.rows) = (30, 12)
  }

  @Test func aLineIsPrintedAboveTheOneBeingTyped() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("print half")
      try terminal.press(.left, .left)
      try terminal.settle()
      try announcer.announce("from a task")
      try terminal.waitFor("from a task")
      try terminal.settle()
      #expect(terminal.screen.text.hasSuffix("\nfrom a task\n> print half"))
      try terminal.expect("> print half", column: 10)
      try terminal.type("x")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("haxlf\n>") }
    }
  }

  @Test func aboveAnEmptyLine() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try announcer.announce("one\ntwo")
      try terminal.wait(for: "the lines") { $0.text.hasSuffix("one\ntwo\n>") }
      try terminal.expect(">", column: 2)
    }
  }

  /// tmux scrolls back what is erased from the first place of the screen on.
  @Test func atTheTopOfTheScreenNoOldPromptIsScrolledBack() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.press(.control("l"))
      try terminal.settle()
      let scrolledBack = terminal.screen.scrolledBack.map(\.text)
      try terminal.type("print half")
      try announcer.announce("from a task")
      try terminal.wait(for: "the line") { $0.text == "from a task\n> print half" }
      try terminal.press(.control("l"), .control("r"))
      try terminal.type("nothing")
      try terminal.press(.control("g"))
      try terminal.expect("> print half", column: 12)
      #expect(terminal.screen.scrolledBack.map(\.text) == scrolledBack)
    }
  }

  @Test func aboveALineOfSeveralRows() async throws {
    try await inAWindow(Self.narrow) { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("print 0123456789012345678901234567890123456789中文")
      let line = "> print 0123456789012345678901\n234567890123456789中文"
      try terminal.expect(line, row: 1, column: 22)
      try terminal.press(.left, times: 25)
      try terminal.settle()
      let place = terminal.place
      try announcer.announce("a line from a task that is longer than the window is wide")
      try terminal.waitFor("is wide")
      try terminal.expect(line, row: place.row, column: place.column)
      try announcer.announce("another")
      try terminal.waitFor("another")
      try terminal.expect(line, row: place.row, column: place.column)
    }
  }

  /// The cursor at the margin is where terminals differ.
  @Test(arguments: 20..<24)
  func aboveALineThatEndsAtTheMargin(length: Int) async throws {
    try await inAWindow(Self.narrow) { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("print " + String(repeating: "x", count: length))
      try terminal.settle()
      let (edited, place) = (terminal.edited, terminal.place)
      try announcer.announce("above")
      try terminal.waitFor("above")
      try terminal.expect(edited, row: place.row, column: place.column)
      #expect(terminal.screen.text.hasSuffix("\nabove\n" + edited))
    }
  }

  @Test func aboveATextOfSeveralLines() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.paste("for i in 1..2 {\n\tprint $i\n}")
      try terminal.press(.up)
      try terminal.settle()
      let place = terminal.place
      try announcer.announce("above")
      try terminal.waitFor("above")
      try terminal.expect(
        "> for i in 1..2 {\n        print $i\n}", row: place.row, column: place.column)
      #expect(terminal.screen.text.contains("\nabove\n> for i"))
    }
  }

  @Test func aboveTheRestOfACommand() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("for i in 1..2 {\n")
      try terminal.waitForCursor(after: ". ")
      try terminal.type("print ")
      try terminal.settle()
      try announcer.announce("above")
      try terminal.waitFor("above")
      try terminal.settle()
      #expect(terminal.screen.text.hasSuffix("> for i in 1..2 {\nabove\n. print"))
      try terminal.type("$i }\n")
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("1\n2\n>") }
    }
  }

  @Test func duringASearch() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.run("print wanted")
      try terminal.press(.control("r"))
      try terminal.type("want")
      try terminal.settle()
      let row = terminal.screen.line(terminal.screen.cursor.row)
      #expect(row.contains("want") && row.hasSuffix("print wanted"))
      let column = terminal.screen.cursor.column
      try announcer.announce("above")
      try terminal.waitFor("above")
      try terminal.settle()
      #expect(terminal.screen.text.hasSuffix("\nabove\n" + row))
      #expect(terminal.screen.cursor.column == column)
      try terminal.press(.enter)
      try terminal.wait(for: "it to run again") { $0.text.hasSuffix("> print wanted\nwanted\n>") }
    }
  }

  @Test func withTheCompletionListOpen() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("pool")
      try terminal.press(.tab, .tab)
      try terminal.waitFor("pools")
      try terminal.settle()
      let edited = terminal.edited
      try announcer.announce("above")
      try terminal.waitFor("above")
      try terminal.expect(edited, column: edited.count)
    }
  }

  @Test func fiveThousandLines() async throws {
    try await inAWindow(Self.narrow) { terminal in
      try terminal.run("set notify off")
      try terminal.run("submit { gate go; for i in 1..5000 { print line $i } }")
      try terminal.run("submit { sleep 0.1; open go }")
      for number in 0..<12 {
        try terminal.type("word\(number) ")
        terminal.terminal.waitToRead(milliseconds: 20)
      }
      try terminal.press(.left, .left)
      try terminal.wait(for: "the last line", within: patience * 5) {
        $0.text.contains("line 5000\n")
      }
      try terminal.settle()
      let lines = terminal.screen.transcript.filter { $0.hasPrefix("line ") }
      #expect(lines == (1...5000).map { "line \($0)" })
      let words = (0..<12).map { "word\($0)" }.joined(separator: " ")
      #expect(terminal.screen.transcript.last == "> " + words)
      #expect(terminal.screen.transcript.count { $0.hasPrefix("> word") } == 1)
    }
  }

  @Test func noticesAreShown() async throws {
    try await inAWindow { terminal in
      try terminal.run("submit { gate a }")
      try terminal.run("submit { gate b; fail boom }")
      try terminal.type("open a; open b\n")
      try terminal.waitFor("[2] failed: boom")
      try terminal.wait(for: "the notice of the end") {
        $0.transcript.contains { $0.hasPrefix("[1] finished ") && $0.contains("gate a") }
      }
      try terminal.run("set notify off")
      try terminal.run("submit { return quiet }")
      try terminal.run("wait")
      #expect(!terminal.screen.text.contains("[3] finished"))
    }
  }

  @Test func noTaskDrawsOnTheTerminal() async throws {
    try await inAWindow { terminal in
      let announcer = try Announcer(in: terminal)
      try terminal.type("print half")
      try announcer.announce("\u{1B}[2Jclear\u{1B}[H \u{7}bell\r\u{1B}]0;title\u{7}\u{9B}2Jend")
      try terminal.waitFor("end")
      try terminal.settle()
      #expect(terminal.screen.text.contains("poolsh "))
      #expect(terminal.screen.bells == 0)
      try terminal.expect("> print half", column: 12)
    }
  }
}
