/// `try`: goes on after an error.
struct TryCommand: Command {
  static let declaration = Declaration(
    name: "try", group: .language, summary: "run a block, and another one if it fails",
    usage: "try { … } [catch { … }]",
    operands: [
      .one(.block(.plain)), .one(.keyword("catch", "if it fails")), .one(.block(.handler)),
    ], optionPlaces: .nowhere,
    details: "The message is in $error. The value is that of the block that ran last.",
    example: .init(
      script: "submit fail boom\ntry { result 1 } catch { print \"no result: $error\" }",
      output: "[1] fail boom\nno result: boom\n"))

  private let body: Block
  private let handler: Block?

  init(_ arguments: inout Arguments) throws {
    body = try arguments.block()
    handler = arguments.keyword("catch") ? try arguments.block("the block of catch") : nil
  }

  func run(in context: Context) throws -> Outcome {
    do {
      return Outcome(answer: nil, value: try context.catching { try context.run(body) })
    } catch let error as ShellError {
      context.scope.set("error", .text(error.message))
      guard let handler else { return .nothing }
      return Outcome(answer: nil, value: try context.run(handler))
    }
  }
}
