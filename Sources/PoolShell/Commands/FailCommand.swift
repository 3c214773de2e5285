/// `fail`: ends a task with an error.
struct FailCommand: Command {
  static let declaration = Declaration(
    name: "fail", group: .tasks, summary: "fail with a message", usage: "fail [MESSAGE…]",
    operands: [.many()],
    optionPlaces: .nowhere, details: "Python: raise Exception(message)",
    example: .init(
      script: "try { fail boom } catch { print \"caught $error\" }", output: "caught boom\n"))

  private let message: String

  init(_ arguments: inout Arguments) throws {
    message = try arguments.words().joined(separator: " ")
  }

  func run(in context: Context) throws -> Outcome {
    throw ShellError(message.isEmpty ? "failed without a message" : message)
  }
}
