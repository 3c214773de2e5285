import Testing
import TestSupport

/// The harness itself, with programs that are known to be right.
@Suite(.serialized, .fewAtOnce) struct ScreenTerminalTests {
  private func bash(_ options: inout ScreenTerminal.Options) {
    options.program = "/bin/bash"
    options.arguments = ["--norc", "--noprofile", "-i"]
    options.environment = ["PS1": "$ ", "HISTFILE": "/dev/null"]
  }

  @Test func showsWhatAProgramWrites() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = ["-c", "echo one; printf '\\033[1mtwo'; tty -s; stty size"]
        ($0.columns, $0.rows) = (30, 5)
      }
      #expect(try terminal.waitForEnd().status == 0)
      #expect(terminal.screen.text == "one\ntwo5 30")
    }
  }

  @Test func keysArriveAndAreEdited() async throws {
    try await onThread {
      let terminal = try ScreenTerminal(bash)
      try terminal.waitForCursor(after: "$ ")
      try terminal.type("echo hxllo")
      try terminal.press(.left, times: 3)
      try terminal.press(.backspace)
      try terminal.type("e")
      try terminal.settle()
      #expect(terminal.screen.text == "$ echo hello")
      #expect(terminal.screen.cursor == .init(row: 0, column: 9))
      try terminal.press(.home, .end, .enter)
      try terminal.wait(for: "the answer") { $0.text == "$ echo hello\nhello\n$" }
    }
  }

  @Test func resizesTheWindow() async throws {
    try await onThread {
      let terminal = try ScreenTerminal(bash)
      try terminal.waitForCursor(after: "$ ")
      try terminal.resize(columns: 20, rows: 6)
      try terminal.type("stty size\n")
      try terminal.waitFor("6 20")
      #expect(terminal.screen.columns == 20)
    }
  }

  @Test func aPasteIsMarkedIfTheProgramWantsThat() async throws {
    try await onThread {
      let terminal = try ScreenTerminal(bash)
      try terminal.waitForCursor(after: "$ ")
      #expect(terminal.screen.isPasteBracketed)
      try terminal.paste("echo a\necho b")
      try terminal.settle()
      #expect(terminal.screen.text == "$ echo a\necho b")
      try terminal.press(.enter)
      try terminal.wait(for: "both answers") { $0.text.hasSuffix("a\nb\n$") }
    }
  }

  @Test func knowsTheModesOfTheTerminal() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = [
          "-c", "read line; stty raw -echo; echo raw; read line; stty sane; echo sane; cat",
        ]
      }
      #expect(try terminal.terminal.modes.isCooked)
      try terminal.press(.enter)
      try terminal.waitFor("raw")
      #expect(try !terminal.terminal.modes.isCooked)
      try terminal.send(Array("\n".utf8))
      try terminal.waitFor("sane")
      #expect(try terminal.terminal.modes.isCooked)
    }
  }

  @Test func nothingIsReadFromSomebodysHome() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = ["-c", "echo $HOME"]
      }
      _ = try terminal.waitForEnd()
      #expect(terminal.screen.text == terminal.home.path)
    }
  }

  /// More than the terminal takes at once, in both directions.
  @Test func muchIsTypedAndShown() async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        // What a terminal shows of what is typed may get lost when there is too much of it.
        $0.arguments = ["-c", "stty -icanon -echo; echo ready; exec cat"]
        $0.rows = 10
      }
      try terminal.waitFor("ready")
      try terminal.type((0..<5_000).map { "line \($0)\n" }.joined())
      try terminal.wait(for: "the last line") { $0.text.hasSuffix("line 4999") }
      #expect(terminal.screen.transcript == ["ready"] + (0..<5_000).map { "line \($0)" })
      terminal.terminal.hangUp()
      try eventually("cat to end") { terminal.program.hasEnded }
    }
  }
}
