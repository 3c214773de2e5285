import Glibc
import TestSupport
import Testing

/// The history at the prompt, and in its file.
@Suite(.serialized, .fewAtOnce) struct HistoryTests {
  private static let mark = "#poolsh-history-1\n"

  @Test func upAndDownFindWhatBeginsLikeWhatIsTyped() async throws {
    try await inAWindow { terminal in
      for command in ["print one", "version", "print two"] { try terminal.run(command) }
      try terminal.press(.up)
      try terminal.expect("> print two", column: 11)
      try terminal.press(.up)
      try terminal.expect("> version", column: 9)
      try terminal.press(.down, .down)
      try terminal.expect(">", column: 2)
      try terminal.type("pr")
      try terminal.press(.up, .up)
      try terminal.settle()
      #expect(terminal.edited == "> print one")
      try terminal.press(.down, .down)
      try terminal.settle()
      #expect(terminal.screen.textBeforeCursor == "> pr")
    }
  }

  @Test func controlRSearches() async throws {
    try await inAWindow { terminal in
      for command in ["print first match", "print second match", "version"] {
        try terminal.run(command)
      }
      try terminal.press(.control("r"))
      try terminal.type("match")
      try terminal.settle()
      #expect(terminal.screen.line(terminal.screen.cursor.row).hasSuffix("print second match"))
      try terminal.press(.control("r"))
      try terminal.settle()
      #expect(terminal.screen.line(terminal.screen.cursor.row).hasSuffix("print first match"))
      try terminal.press(.enter)
      try terminal.wait(for: "the answer") {
        $0.text.hasSuffix("> print first match\nfirst match\n>")
      }
    }
  }

  /// The terminal would hold everything that is written, which looks like a session that hangs.
  @Test func controlSSearchesForwardAndFreezesNothing() async throws {
    try await inAWindow { terminal in
      for command in ["print first match", "print second match"] { try terminal.run(command) }
      try terminal.press(.control("s"))
      try terminal.press(.control("r"))
      try terminal.type("match")
      try terminal.press(.control("r"))
      try terminal.wait(for: "the first") { $0.textBeforeCursor.hasSuffix("') print first ") }
      try terminal.press(.control("s"))
      try terminal.wait(for: "the second") { $0.textBeforeCursor.hasSuffix("') print second ") }
    }
  }

  /// While a command runs it does what it does in every shell.
  @Test func controlSHoldsTheOutputOfACommand() async throws {
    try await inAWindow { terminal in
      #expect(try !terminal.terminal.modes.holdsOutput)
      try terminal.type("print begun; gate go\n")
      try terminal.wait(for: "the command") { $0.text.hasSuffix("\nbegun") }
      #expect(try terminal.terminal.modes.holdsOutput)
      try terminal.press(.control("c"))
      try terminal.waitForPrompt()
      #expect(try !terminal.terminal.modes.holdsOutput)
    }
  }

  @Test func controlRIsGivenUp() async throws {
    try await inAWindow { terminal in
      try terminal.run("print something")
      try terminal.type("typed")
      try terminal.press(.control("r"))
      try terminal.type("some")
      try terminal.press(.control("g"))
      try terminal.expect("> typed", column: 7)
      try terminal.press(.control("r"))
      try terminal.type("some")
      try terminal.press(.control("c"))
      try terminal.waitForPrompt()
      try terminal.check("print still here", shows: "still here")
    }
  }

  @Test func isKeptForTheNextSession() async throws {
    try await onThread {
      let home = try Home()
      let first = try ScreenTerminal { $0.home = home }
      for command in ["print a", " print secret", "print \\\\ 日本", "print a"] {
        try first.run(command)
      }
      try first.type("for i in 1..1 {\n")
      try first.waitForCursor(after: ". ")
      try first.type("print $i }\n")
      #expect(try first.leave().status == 0)
      #expect(
        home.history
          == Self.mark + "print a\nprint \\\\\\\\ 日本\nprint a\nfor i in 1..1 {\\nprint $i }\n")

      let second = try ScreenTerminal { $0.home = home }
      try second.waitForPrompt()
      try second.press(.up)
      try second.expect("> for i in 1..1 {\nprint $i }", row: 1, column: 10)
      try second.press(.up)
      try second.expect("> print a", column: 9)
      try second.press(.up, .up)
      try second.expect("> print \\\\ 日本", column: 15)
      try second.press(.control("c"))
      let listed = try second.run("history")
      #expect(listed.contains("print a") && !listed.contains("secret"))
    }
  }

  @Test func twoSessionsAtOnce() async throws {
    try await onThread {
      let home = try Home()
      let sessions = try (0..<2).map { _ in try ScreenTerminal { $0.home = home } }
      for number in 0..<10 {
        for (index, session) in sessions.enumerated() {
          try session.waitForPrompt()
          try session.type("print \(index) \(number)\n")
        }
      }
      for session in sessions { #expect(try session.leave().status == 0) }
      let expected = (0..<10).flatMap { ["print 0 \($0)", "print 1 \($0)"] }
      #expect(home.history.lines.dropFirst().sorted() == expected.sorted())
    }
  }

  @Test func aKilledSessionLosesNothing() async throws {
    try await onThread {
      let home = try Home()
      let first = try ScreenTerminal { $0.home = home }
      try first.run("print kept")
      first.program.send(SIGKILL)
      _ = try first.waitForEnd()
      #expect(home.history == Self.mark + "print kept\n")
    }
  }

  @Test(arguments: ["precious\n", "_HiStOrY_V2_\nprint\\040a\n"])
  func aFileThatIsNotOursIsLeftAlone(contents: String) async throws {
    try await onThread {
      let home = try Home()
      try home.writeHistory(contents)
      let terminal = try ScreenTerminal { $0.home = home }
      try terminal.run("print a")
      try terminal.run("print b")
      #expect(
        terminal.screen.transcript.count { $0.contains(".local/state/poolsh/history") } == 1,
        "\(terminal.picture)")
      try terminal.press(.up)
      try terminal.expect("> print b", column: 9)
      try terminal.press(.control("c"))
      #expect(try terminal.leave().status == 0)
      #expect(home.history == contents)
    }
  }

  /// As on a full disk: no file can get a single byte.
  @Test func aFullDiskIsToldOnce() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = ["-c", "trap '' XFSZ; ulimit -f 0; exec poolsh"]
      }
      try terminal.waitForPrompt()
      for command in ["print a", "print b", "print c"] { try terminal.run(command) }
      let told = terminal.screen.transcript.count { $0.contains("history") }
      #expect(told == 1, "\(terminal.picture)")
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test func itsFolderIsWhereTheUserSays() async throws {
    try await onThread {
      let home = try Home()
      let state = home.folder("elsewhere")
      let terminal = try ScreenTerminal {
        $0.home = home
        $0.environment = ["XDG_STATE_HOME": state]
      }
      try terminal.run("print a")
      #expect(try terminal.leave().status == 0)
      #expect(try home.folder.text("elsewhere/poolsh/history") == Self.mark + "print a\n")
      #expect(home.history == "")
    }
  }

  /// Neither a script nor a pipe leaves traces.
  @Test func onlyWhatIsTypedIsKept() async throws {
    try await onThread {
      let home = try Home()
      let run = try RunningProgram(
        Launch(["-c", "print a"]) { $0.environment = ["HOME": home.path] }
      ).wait()
      #expect(run.status == 0)
      #expect(home.history == "")
    }
  }
}
