/// `gate`: waits until somebody opens it.
struct GateCommand: Command {
  static let declaration = Declaration(
    name: "gate", group: .tasks, summary: "wait until a gate is opened", usage: "gate NAME",
    operands: [.one(.gate(closedOnly: false))],
    details: """
      For examples and tests in which things must happen in a certain order. A gate that was opened stays open.
      At the end of the input, when only tasks at closed gates are left, they fail.
      """,
    example: .init(
      script: "submit { gate ready; return went }\nopen ready\nresult 1",
      output: "[1] { gate ready; return went }\nwent\n"))

  private let name: String

  init(_ arguments: inout Arguments) throws { name = try arguments.word("NAME") }

  func run(in context: Context) throws -> Outcome {
    try context.wait(atGate: name)
    return .nothing
  }
}
