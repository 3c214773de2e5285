import TestSupport
import Testing

/// What stands on which stream when a terminal is there, and what it looks like.
@Suite(.serialized, .fewAtOnce, .timeLimit(.minutes(5))) struct TerminalStreamsTests {
  // MARK: Not everything is a terminal

  /// As in `poolsh | tee log`.
  @Test func aPipeGetsTheAnswersAndNothingElse() async throws {
    try await onThread {
      let terminal = try Terminal { $0.offTerminal = [1] }
      try terminal.expect("type help, tutorial, or exit\n> ")
      try terminal.type("print \"a\u{1B}[31m\"\n")
      try terminal.expect("> ")
      try terminal.type("fail \"boom\u{1B}[31m\"\n")
      try terminal.expect("error: boom^[[31m\n> ")
      try terminal.type("for i in 1..2 {\n")
      try terminal.expect("{\n. ")
      try terminal.type("print $i }\n")
      try terminal.expect("> ")
      #expect(try terminal.leave().status == 0)
      #expect(terminal.program.output == "a\u{1B}[31m\n1\n2\n")
    }
  }

  /// Nobody sees a prompt: then it is a script that is typed.
  @Test func withoutAnyoneToSeeThemThereAreNoPrompts() async throws {
    try await onThread {
      let terminal = try Terminal { $0.offTerminal = [1, 2] }
      try terminal.type("print a\n")
      try terminal.program.waitForOutput("a\n")
      try terminal.type("print b\nfail boom\nprint never\n")
      let run = try terminal.program.wait()
      #expect(run.status == 3 && run.output == "a\nb\n")
      #expect(run.errors == "stdin:3:1: error: boom\n  fail boom\n  ^\n")
      #expect(!terminal.rest.contains(">"))
    }
  }

  @Test func errorsGoToAFileAsTheyAre() async throws {
    try await onThread {
      let terminal = try ScreenTerminal { $0.offTerminal = [2] }
      try terminal.waitForCursor(after: "> ")
      try terminal.type("sh \"printf 'w\\\\033[31m' >&2; echo out\"\n")
      try terminal.waitFor("\nout")
      try terminal.type("fail boom\n")
      try terminal.type("exit\n")
      let run = try terminal.waitForEnd()
      #expect(run.errors == "w\u{1B}[31merror: boom\n", "\(run.errors.debugDescription)")
    }
  }

  // MARK: Terminals that can do little

  @Test(arguments: ["", "dumb"], ["C", "C.UTF-8"])
  func aPlainTerminalGetsNoEscapes(term: String, locale: String) async throws {
    try await onThread {
      let terminal = try Terminal { $0.environment = ["TERM": term, "LC_ALL": locale] }
      let greeting = try terminal.expect("> ")
      var shown = greeting
      try terminal.check("print é 日本 😀", answers: "é 日本 😀\n")
      try terminal.check("fail é", answers: "error: é\n")
      shown += try terminal.run("submit sleep 0; wait; jobs")
      shown += try terminal.run("sleep 1.2")
      #expect(!shown.contains("\u{1B}"))
      #expect(try terminal.leave().status == 0)
    }
  }

  // MARK: What a job writes

  @Test func noJobDrawsOnTheTerminal() async throws {
    try await onThread {
      let terminal = try ScreenTerminal()
      try terminal.waitForCursor(after: "> ")
      try terminal.type("print before\n")
      try terminal.waitFor("\nbefore")
      try terminal.type(
        "sh \"printf 'x\\\\033[2J\\\\033[Hy\\\\233z\\\\r\\\\nend'; printf bad >&2\"\n")
      try terminal.waitFor("\nbad\nx^[[2J^[[Hy\u{FFFD}z\nend\n>")
      #expect(terminal.screen.text.contains("\nbefore"))
    }
  }

  /// A value without a newline leaves the cursor in mid-line; the prompt has its own line all the same.
  @Test func thePromptBeginsItsLine() async throws {
    try await onThread {
      let terminal = try ScreenTerminal()
      try terminal.waitForCursor(after: "> ")
      try terminal.type("sh 'printf half'\n")
      try terminal.waitFor("\nhalf\n>")
    }
  }

  // MARK: Colour

  private static func written(
    _ line: String, until text: String, environment: [String: String] = [:],
    arguments: [String] = []
  ) throws -> String {
    let terminal = try ScreenTerminal {
      $0.environment = environment
      $0.arguments = arguments
    }
    try terminal.waitForCursor(after: "> ")
    try terminal.type(line + "\n")
    try terminal.waitFor(text)
    return String(decoding: terminal.written, as: UTF8.self)
  }

  private static let redError = "\u{1B}[31merror:\u{1B}[0m boom"

  @Test func statesAreColouredOnATerminal() async throws {
    try await onThread {
      let written = try Self.written("fail boom", until: "\nerror: boom")
      #expect(written.contains(Self.redError))
    }
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], []), ([:], ["--color", "never"]),
  ])
  func colourCanBeTurnedOff(environment: [String: String], arguments: [String]) async throws {
    try await onThread {
      let written = try Self.written(
        "fail boom", until: "\nerror: boom", environment: environment, arguments: arguments)
      #expect(!written.contains("\u{1B}[31m"), "\(written.debugDescription)")
    }
  }

  @Test func anEmptyNoColorSaysNothing() async throws {
    try await onThread {
      let written = try Self.written(
        "fail boom", until: "\nerror: boom", environment: ["NO_COLOR": ""])
      #expect(written.contains(Self.redError))
    }
  }

  @Test func aPipeIsColouredOnlyWhenToldTo() async throws {
    var run = try await poolsh("-c", "submit return 1; fail boom") {
      $0.environment = ["TERM": "xterm"]
    }
    #expect(!(run.output + run.errors).contains("\u{1B}"))
    run = try await poolsh("--color=always", "-c", "submit return 1; fail boom") {
      $0.environment = ["NO_COLOR": "1"]
    }
    #expect(run.output == "\u{1B}[1m[1]\u{1B}[0m return 1\n")
    #expect(run.errors.contains(Self.redError))
  }
}
