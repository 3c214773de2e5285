/// `!`: runs the rest of the line in the foreground.
struct BangCommand: Command {
  static let declaration = Declaration(
    name: "!", group: .session, summary: "run the rest of the line with /bin/sh, on the terminal",
    usage: "! LINE",
    operands: [.one(.shellLine)], optionPlaces: .nowhere, isSessionOnly: true,
    details: "It uses poolsh's own input and output, for programs such as an editor or a pager.",
    example: .init(script: "! true", output: ""))

  private let line: String

  init(_ arguments: inout Arguments) throws { line = try arguments.word("LINE") }

  func run(in context: Context) throws -> Outcome {
    try context.runInForeground(line)
    return .nothing
  }
}
