/// `open`: lets everybody through a gate.
struct OpenCommand: Command {
  static let declaration = Declaration(
    name: "open", group: .tasks, summary: "open a gate, for good", usage: "open NAME",
    operands: [.one(.gate(closedOnly: true))],
    example: .init(script: "open g\ngate g\nprint through", output: "through\n"))

  private let name: String

  init(_ arguments: inout Arguments) throws { name = try arguments.word("NAME") }

  func run(in context: Context) throws -> Outcome {
    context.session.gates.open(name)
    return .nothing
  }
}
