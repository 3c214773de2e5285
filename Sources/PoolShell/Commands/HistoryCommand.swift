/// `history`: what was typed.
struct HistoryCommand: Command {
  static let declaration = Declaration(
    name: "history", group: .session, summary: "what was typed, numbered",
    usage: "history [N] [--find TEXT]", operands: [.one()],
    options: [.init("--find", short: "-f", value: "TEXT", "only what has this text in it")],
    isSessionOnly: true,
    details: """
      The last N, or all of the last thousand. At a terminal it begins with what earlier sessions have kept,
      and what was typed again is there once, where it was typed last.
      """,
    example: .init(
      script: "print x\nprint y\nhistory 2", output: "x\ny\n2  print y\n3  history 2\n"))

  private let count: Int
  private let text: String?

  init(_ arguments: inout Arguments) throws {
    text = try arguments.text(of: "--find")
    count = arguments.isEmpty ? .max : try arguments.count("N", in: 0...1_000_000_000)
  }

  func run(in context: Context) throws -> Outcome {
    let entries = context.session.history.numbered(containing: text, last: count)
    return .answer(.history(entries.map { (number: $0.0, line: $0.1) }))
  }
}
