/// `poolsh test FILE.md…`: runs what stands in documents, and says where something else comes.
package struct TranscriptTest {
  private var files: [String] = []
  private var runner = TranscriptRunner()
  private var isUpdating = false
  private var isHelpWanted = false
  private let settings: Settings.Values

  /// The word of the process's arguments that means this and not a script; a file of that name is `./test`.
  package static let word = "test"

  private static let declaration = Declaration(
    name: word, group: .session, summary: "runs the sessions in Markdown files, and compares",
    usage: "poolsh test [--update] [--timeout D] FILE…",
    operands: [.many(.file)],
    options: [
      .init("--update", "write what comes into the files"),
      .init("--timeout", value: "D", "how long a block may take (default: 60s)"),
      .init("--help", short: "-h", "tell this"),
    ],
    details: """
      A session stands in a fenced block with the tag poolsh: what is typed stands after the prompt > (further
      lines of a command after a dot and a blank), and below it what comes. A line of three dots stands for any lines,
      but not for errors; [..] in a line stands for anything. Each block is a session of its own; at its end what is
      queued still runs, and what comes then belongs to the last command.

      Words behind the tag, as in ```poolsh virtual:

        continue   the same session as the block before
        fails      at least one of its commands fails; three dots stand for errors, too
        skip       it is not run
        unordered  the lines of one answer come in any order
        virtual    in virtual time

      Exit status: 0 all is as written, 1 something is not, 2 wrong options, or a file that cannot be run.
      """,
    example: .init(script: "poolsh test README.md", output: ""))

  /// - Parameters:
  ///   - words: The arguments behind `test`.
  ///   - settings: What the options of the process say.
  /// - Throws: `ShellError` for a call that is wrong.
  package init(_ words: [String], _ settings: Settings.Values) throws {
    self.settings = settings
    var arguments = try Arguments(process: [Self.word] + words, of: Self.declaration)
    isUpdating = arguments.has("--update")
    isHelpWanted = arguments.has("--help")
    runner.settings = Settings.Values()
    runner.settings.workers = settings.workers
    if let limit = try arguments.duration(of: "--timeout") { runner.timeLimit = limit }
    files = try arguments.words()
    if files.isEmpty, !isHelpWanted { throw arguments.error("FILE is missing") }
    let isChanged = settings.isEchoing || settings.isQuiet || settings.onError != .stop
    if isChanged || settings.clock != .real {
      throw arguments.error("of the options before it only -w, --json and --color mean anything")
    }
  }

  /// Runs all files.
  ///
  /// - Returns: The exit status of the process.
  package func run(_ output: Output) -> Int32 {
    if isHelpWanted {
      output.write(Help.page(for: Self.declaration) + "\n")
      return 0
    }
    var totals = TranscriptTotals()
    for path in files {
      var file = TranscriptFile(path) { tell($0, output) }
      (file.runner, file.isUpdating) = (runner, isUpdating)
      totals.add(file.run())
    }
    tell(.summary(totals), output)
    guard let reason = output.failureText else { return totals.status }
    output.writeError("poolsh: \(reason)\n")
    return 2
  }

  private func tell(_ report: TranscriptReport, _ output: Output) {
    let coloring = output.streams.coloring(settings.color)
    let text = settings.isJSON ? StyledText(report.json + "\n") : report.text
    if report.isDiagnostic {
      output.writeError(coloring) { $0.err(text) }
    } else {
      output.write(coloring) { try $0.out(text) }
    }
  }
}
