import Glibc
import TestSupport
import Testing

/// Ctrl-C, Ctrl-D, Ctrl-Z, signals and sizes while a line is edited: the terminal is always put right.
@Suite(.serialized, .fewAtOnce) struct LeavingTests {
  /// Runs a test in a window whose modes are known from before.
  private func comparingModes(
    _ body: @escaping @Sendable (ScreenTerminal) throws -> Void
  ) async throws {
    try await onThread {
      let modes = try PseudoTerminal().modes
      let terminal = try ScreenTerminal()
      try terminal.waitForPrompt()
      #expect(try !terminal.terminal.modes.isCooked)
      try body(terminal)
      #expect(try terminal.terminal.modes == modes)
      #expect(!terminal.screen.isPasteBracketed)
      #expect(terminal.screen.isCursorShown)
    }
  }

  @Test func controlCDropsTheLine() async throws {
    try await inAWindow { terminal in
      try terminal.type("print half")
      try terminal.press(.left)
      try terminal.settle()  // the terminal drops what nobody has read yet
      try terminal.press(.control("c"))
      try terminal.waitForPrompt()
      #expect(terminal.screen.text.hasSuffix("> print half^C\n>"))
      try terminal.check("print next", shows: "next")
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test func controlCDropsALineOfSeveralRows() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (20, 10) }) { terminal in
      try terminal.type("print 0123456789012345678901234567890123456789")
      try terminal.press(.home)
      try terminal.settle()  // what is typed just before Ctrl-C is dropped unread, as everywhere
      try terminal.press(.control("c"))
      try terminal.wait(for: "the next prompt") {
        $0.text.contains("^C") && $0.textBeforeCursor == "> "
      }
      #expect(
        terminal.screen.text.hasSuffix("> print 012345678901\n23456789012345678901\n23456789^C\n>"))
    }
  }

  @Test func controlCDropsTheBlock() async throws {
    try await inAWindow { terminal in
      try terminal.type("for i in 1..2 {\n")
      try terminal.waitForCursor(after: ". ")
      try terminal.press(.control("c"))
      try terminal.waitForPrompt()
      try terminal.check("print next", shows: "next")
    }
  }

  @Test func controlDLeaves() async throws {
    try await comparingModes { terminal in
      try terminal.type("x")
      try terminal.press(.left, .control("d"))
      try terminal.expect(">", column: 2)
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test func exitLeaves() async throws {
    try await comparingModes { terminal in
      try terminal.type("exit 3\n")
      #expect(try terminal.waitForEnd().status == 3)
    }
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129), (SIGQUIT, 131)] as [(CInt, Int32)])
  func aSignalEndsTheSession(signal: CInt, status: Int32) async throws {
    try await comparingModes { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.run("submit exec \(sleeper.command)")
      try sleeper.waitUntilRunning(1)
      try terminal.type("print half")
      try terminal.settle()
      terminal.program.send(signal)
      #expect(try terminal.waitForEnd().status == status)
      #expect(sleeper.processIDs == [])
    }
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL])
  func aCrashLeavesTheTerminalAsItWas(signal: CInt) async throws {
    try await onThread {
      let modes = try PseudoTerminal().modes
      // Swift's runtime may want to show a trace, and waits for keys then.
      let terminal = try ScreenTerminal { $0.environment = ["SWIFT_BACKTRACE": "enable=no"] }
      try terminal.waitForPrompt()
      terminal.program.send(signal)
      guard case .killed = try terminal.waitForEnd().ending else {
        throw OutOfPatience("the end by a signal")
      }
      #expect(try terminal.terminal.modes == modes)
    }
  }

  @Test func aLostTerminalEndsTheChildren() async throws {
    try await inAWindow { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.run("submit exec \(sleeper.command)")
      try sleeper.waitUntilRunning(1)
      try terminal.type("print half")
      try terminal.settle()
      terminal.terminal.hangUp()
      #expect(try terminal.program.wait().status == 129)
      #expect(sleeper.processIDs == [])
    }
  }

  /// It went on for ever with telling that it could not tell anything.
  @Test(arguments: ["xterm", "dumb"])
  func aLostTerminalEndsTheSessionThatIgnoresTheSignal(name: String) async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = ["-c", "trap '' HUP; exec poolsh"]
        $0.environment = ["TERM": name]
      }
      try terminal.waitForPrompt()
      terminal.terminal.hangUp()
      _ = try terminal.program.wait()
    }
  }

  /// Under a shell with job control, as it is for people.
  @Test func controlZStopsAndForegroundGoesOn() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/bash"
        $0.arguments = ["--norc", "--noprofile", "-i"]
        $0.environment = ["PS1": "$ ", "HISTFILE": "/dev/null"]
      }
      try terminal.waitForCursor(after: "$ ")
      try terminal.type("poolsh\n")
      try terminal.waitForPrompt()
      try terminal.type("print half")
      try terminal.press(.left, .left)
      try terminal.waitForCursor(after: "> print ha")
      try terminal.press(.control("z"))
      try terminal.waitForCursor(after: "$ ")
      #expect(terminal.screen.text.contains("Stopped"))
      try terminal.type("echo in between\n")
      try terminal.waitFor("\nin between\n")
      try terminal.type("fg\n")
      try terminal.wait(for: "the line") {
        $0.line($0.cursor.row) == "> print half" && $0.cursor.column == 10
      }
      #expect(terminal.screen.isPasteBracketed)
      try terminal.type("x")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("haxlf\n>") }
      try terminal.press(.control("d"))
      try terminal.waitForCursor(after: "$ ")
      try terminal.type("echo back\n")
      try terminal.waitFor("\nback\n")
    }
  }

  // MARK: Sizes

  @Test(arguments: [Screen.Reflow.wrapsAgain, .cuts])
  func aNarrowerAndAWiderWindow(reflow: Screen.Reflow) async throws {
    try await inAWindow({ ($0.columns, $0.rows, $0.reflow) = (60, 12, reflow) }) { terminal in
      try terminal.run("print above")
      try terminal.type("print 0123456789012345678901234567890123456789")
      try terminal.press(.left, times: 5)
      try terminal.settle()
      for columns in [30, 80, 40] {
        try terminal.resize(columns: columns, rows: 12)
        try terminal.settle()
      }
      let row = "> print 01234567890123456789012345678901\n23456789"
      try terminal.expect(row, row: 1, column: 3)
      try terminal.type("x")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") {
        $0.transcript.suffix(2).first == "01234567890123456789012345678901234x56789"
      }
    }
  }

  /// The cursor is then at the margin, and not on the next row.
  @Test(arguments: 22..<26)
  func aLineThatJustFitsIntoTheNarrowerWindow(length: Int) async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (60, 12) }) { terminal in
      try terminal.run("print " + String(repeating: "above ", count: 8) + "it")
      try terminal.type("print " + String(repeating: "x", count: length - 2))
      try terminal.settle()
      try terminal.resize(columns: 30, rows: 12)
      try terminal.settle()
      #expect(
        terminal.screen.transcript.contains(String(repeating: "above ", count: 8) + "it"),
        "\(terminal.picture)")
      #expect(terminal.screen.transcript.count { $0.hasPrefix("> print x") } == 1)
      try terminal.type("yz")
      try terminal.press(.backspace)
      try terminal.settle()
      let line = "> print " + String(repeating: "x", count: length - 2) + "y"
      #expect(terminal.screen.transcript.suffix(1) == [line], "\(terminal.picture)")
    }
  }

  @Test func theCursorAtTheMarginOfAnInnerLine() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (60, 12) }) { terminal in
      try terminal.run("print kept")
      try terminal.type("print a")
      try terminal.press(.altEnter)
      try terminal.type(String(repeating: "x", count: 30))
      try terminal.press(.altEnter)
      try terminal.type("y")
      try terminal.press(.up, .end)
      try terminal.settle()
      #expect(terminal.place == .init(row: 1, column: 30))
      try terminal.resize(columns: 30, rows: 12)
      try terminal.settle()
      let x = String(repeating: "x", count: 30)
      #expect(
        terminal.screen.transcript.suffix(5).joined(separator: "\n").hasSuffix(
          "> print kept\nkept\n> print a\n\(x)\ny"), "\(terminal.picture)")
    }
  }

  @Test func aLineLongerThanTheLowerWindow() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (40, 12) }) { terminal in
      try terminal.type("print " + String(repeating: "word ", count: 20) + "end")
      try terminal.settle()
      try terminal.resize(columns: 40, rows: 3)
      try terminal.settle()
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.textBeforeCursor == "> " }
      let answer = String(repeating: "word ", count: 20) + "end"
      #expect(terminal.screen.transcript.suffix(2).first == answer)
    }
  }

  // MARK: Other terminals

  @Test(arguments: ["vt100", "xterm-256color", "screen", "linux", "xterm-nobody-knows", "ansi"])
  func otherTerminalsWork(name: String) async throws {
    try await onThread {
      let terminal = try ScreenTerminal { $0.environment = ["TERM": name] }
      try terminal.waitForPrompt()
      try terminal.type("print hxllo")
      try terminal.press(.left, .left, .left, .backspace)
      try terminal.type("e")
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("> print hello\nhello\n>") }
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test(arguments: ["", "dumb"])
  func withoutEscapesLinesAreReadAllTheSame(name: String) async throws {
    try await onThread {
      let terminal = try ScreenTerminal { $0.environment = ["TERM": name] }
      try terminal.waitForPrompt()
      try terminal.type("print hello\n")
      try terminal.wait(for: "the answer") { $0.text.hasSuffix("hello\n>") }
      #expect(!terminal.written.contains(0x1B))
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test func theLocaleCIsNoObstacle() async throws {
    try await inAWindow({ $0.environment = ["LC_ALL": "C"] }) { terminal in
      try terminal.check("print 日本 é", shows: "日本 é")
    }
  }
}
