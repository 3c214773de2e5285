import TestSupport
import Testing

/// vi's keys, for those who ask for them.
@Suite(.serialized, .fewAtOnce) struct ViKeyTests {
  /// Each begins in `print alpha beta` with Escape, and ends with an X that is inserted.
  @Test(arguments: [
    ("0i", "Xprint alpha beta"), ("bi", "print alpha Xbeta"), ("A", "print alpha betaX"),
    ("0wi", "print Xalpha beta"), ("0dwi", "Xalpha beta"),
    ("0xi", "Xrint alpha beta"), ("I", "Xprint alpha beta"), ("bcw", "print alpha X"),
  ])
  func movesAndRemoves(_ keys: String, _ line: String) async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("print alpha beta")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type(keys + "X")
      let before = line.prefix { $0 != "X" }
      try terminal.expect("> " + line, column: 3 + before.count)
    }
  }

  /// libedit ends the reading by itself, which was taken for the end of the session.
  @Test func aLineMadeACommentIsNoEnd() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("print alpha")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("#")
      try terminal.wait(for: "the next prompt") { $0.text.hasSuffix("> #print alpha\n>") }
      try terminal.check("print next", shows: "next")
      try terminal.press(.up, .up)
      try terminal.settle()
      #expect(terminal.edited == "> #print alpha")
    }
  }

  @Test func aKeyThatEditrcBindsToANewlineRunsTheLine() async throws {
    try await onThread {
      let home = try Home()
      try home.folder.write("home/.editrc", "bind ^T ed-newline\n")
      let terminal = try ScreenTerminal { $0.home = home }
      try terminal.waitForPrompt()
      try terminal.type("print alpha")
      try terminal.press(.control("t"))
      try terminal.wait(for: "the next prompt") { $0.text.hasSuffix("> print alpha\nalpha\n>") }
      try terminal.check("print next", shows: "next")
    }
  }

  /// Stopped by Ctrl-Z, libedit's vi would never go on, nor the session, which waits for it.
  @Test func vRunsNoEditorThatNobodyCanStop() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("print alpha")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("v")
      try terminal.settle()
      try terminal.type("Abeta")
      try terminal.expect("> print alphabeta", column: 17)
    }
  }

  @Test func theKeysAreChangedAndChangedBack() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.type("abc")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("0xi")
      try terminal.expect("> bc", column: 2)
      try terminal.press(.control("c"))
      try terminal.waitFor("^C")
      try terminal.run("set editor emacs")
      try terminal.type("abc")
      try terminal.press(.control("a"), .control("d"))
      try terminal.expect("> bc", column: 2)
    }
  }

  @Test func anEditrcSetsThem() async throws {
    try await onThread {
      let home = try Home()
      try home.folder.write("home/.editrc", "bind -v\n")
      let terminal = try ScreenTerminal { $0.home = home }
      try terminal.waitForPrompt()
      try terminal.type("print hello")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("0x")
      try terminal.expect("> rint hello", column: 2)
    }
  }

  @Test func arrowsAndEscapeWork() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      try terminal.run("print first")
      try terminal.press(.up)
      try terminal.expect("> print first", column: 13)
      try terminal.press(.left, .left, .escape)
      try terminal.settle()
      try terminal.type("x")
      try terminal.settle()
      #expect(terminal.edited == "> print fist" || terminal.edited == "> print firt")
      try terminal.type("ZZ")
      try terminal.press(.enter)
      try terminal.waitForPrompt()
    }
  }

  @Test func outputComesInTheMiddleOfACommand() async throws {
    try await inAWindow { terminal in
      try terminal.run("set editor vi")
      let announcer = try Announcer(in: terminal)
      try terminal.type("print alpha beta")
      try terminal.press(.escape)
      try terminal.settle()
      try terminal.type("d")
      try announcer.announce("between")
      try terminal.waitFor("between")
      try terminal.type("b")
      try terminal.settle()
      #expect(terminal.edited == "> print alpha a")
    }
  }
}
