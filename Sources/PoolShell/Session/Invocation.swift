/// How poolsh is called: its options, parsed like those of any command.
package struct Invocation {
  /// Where commands come from.
  package enum Input {
    case standardInput
    case file(String)
    case text(String)
  }

  package var input: Input
  package var arguments: [String]
  package var settings: Settings.Values
  /// Whether an interactive session reads its start-up file.
  package var readsStartupFile: Bool
  package var wantsHelp: Bool
  package var wantsVersion: Bool
  /// Whether `arguments` are those of `poolsh test`.
  package var wantsTest = false

  private static let declaration = Declaration(
    name: "poolsh", group: .session, summary: "a shell over thread pools and futures",
    usage: "poolsh [OPTION…] [FILE [ARG…]] | poolsh [OPTION…] -c 'COMMANDS' [ARG…]",
    operands: [.many(.file)],
    options: [
      .init("--command", short: "-c", value: "COMMANDS", "run these, then end"),
      .init(
        "--workers", short: "-w", value: "N",
        "size of the pool main (default: processors + 4, at most 32)"),
      .init("--json", "answers as JSON, one object a line"),
      .init("--echo", "write each command before it runs"),
      .init("--quiet", short: "-q", "drop the answers of submit, map --no-wait, pool and shutdown"),
      .init("--on-error", value: "stop|continue", "what an error does to a script (default: stop)"),
      .init(
        "--color", value: "auto|always|never",
        "colour (default: auto, on a terminal without NO_COLOR)"),
      .init(
        "--virtual-time",
        "time jumps to when something is due: exact and repeatable, in no time"),
      .init("--no-rc", "do not read the start-up file of interactive sessions"),
      .init("--version", short: "-V", "tell the version"),
      .init("--help", short: "-h", "tell this"),
    ],
    optionPlaces: .first,
    details: """
      Without FILE and -c, commands come from standard input: typed at a prompt if it is a terminal,
      after those of ~/.config/poolsh/rc.poolsh; else read like a script.

      poolsh test FILE… runs the sessions in Markdown files: poolsh test --help.

      Exit status: 0 all well, 1 a task failed and nobody looked, 2 wrong options, 3 the script stopped at an
      error, 130 interrupted, 143 terminated, N after exit N.
      """,
    example: .init(script: "poolsh -c 'submit sleep 0.1; wait'", output: ""))

  /// - Parameter words: The arguments of the process, without its name.
  /// - Throws: `ShellError` for options that are wrong.
  package init(_ words: [String]) throws {
    var arguments = try Arguments(process: ["poolsh"] + words, of: Self.declaration)
    settings = try Self.settings(arguments)
    readsStartupFile = !arguments.has("--no-rc")
    wantsHelp = arguments.has("--help")
    wantsVersion = arguments.has("--version")
    if let text = try arguments.text(of: "--command") {
      input = .text(text)
    } else if let file = try arguments.optionalWord()?.text, file != "-" {
      input = .file(file)
      wantsTest = file == TranscriptTest.word
    } else {
      input = .standardInput
    }
    self.arguments = try arguments.words()
  }

  private static func settings(_ arguments: Arguments) throws -> Settings.Values {
    var values = Settings.Values()
    values.workers = try arguments.count(of: "--workers")
    if let workers = values.workers, workers > 2047 {
      throw arguments.error("--workers must be at most 2047")
    }
    values.isJSON = arguments.has("--json")
    values.isEchoing = arguments.has("--echo")
    values.isQuiet = arguments.has("--quiet")
    if arguments.has("--virtual-time") { values.clock = .virtual }
    if let choice = try arguments.text(of: "--on-error") {
      guard let onError = Settings.OnError(rawValue: choice) else {
        throw arguments.error("--on-error is stop or continue, not \(choice)")
      }
      values.onError = onError
    }
    if let choice = try arguments.text(of: "--color") {
      guard let color = ColorChoice(rawValue: choice) else {
        throw arguments.error("--color is auto, always or never, not \(choice)")
      }
      values.color = color
    }
    return values
  }

  /// The text of `--help`.
  package static var help: String { Help.processPage(declaration) }
}
