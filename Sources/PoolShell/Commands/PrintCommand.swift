/// `print`: writes a line.
struct PrintCommand: Command {
  static let declaration = Declaration(
    name: "print", group: .tasks, summary: "write words as one line",
    usage: "print WORD…",
    operands: [.many()], optionPlaces: .nowhere,
    details:
      "What other commands answer is not written in a task; this is. Lines of several tasks never mix.",
    example: .init(script: "print hello world", output: "hello world\n"))

  private let line: String

  init(_ arguments: inout Arguments) throws {
    var line = try arguments.optionalWord()?.text ?? ""
    while let word = try arguments.optionalWord() { line += " " + word.text }
    self.line = line
  }

  func run(in context: Context) throws -> Outcome {
    context.emit(.printed(line))
    try context.checkOutput()
    return .nothing
  }
}
