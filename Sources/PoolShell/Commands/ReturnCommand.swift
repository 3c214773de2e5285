/// `return`: ends a def, a task's block, a callback or `$(…)` with a value.
struct ReturnCommand: Command {
  static let declaration = Declaration(
    name: "return", group: .tasks, summary: "end a def or a task with a value",
    usage: "return [WORD…]",
    operands: [.many()], optionPlaces: .nowhere,
    example: .init(
      script: "def double n { return \"$n$n\" }\nsubmit double ab\nresult 1",
      output: "[1] double ab\nabab\n"))

  private let value: Value

  init(_ arguments: inout Arguments) throws {
    let words = try arguments.words()
    value = words.isEmpty ? .nothing : .text(words.joined(separator: " "))
  }

  func run(in context: Context) throws -> Outcome {
    if context.isAnswering, !value.isNothing {
      context.session.show(.value(command: "return", value))
    }
    throw ControlFlow.return(value)
  }
}
