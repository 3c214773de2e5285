/// `def`: makes a command.
struct DefCommand: Command {
  static let declaration = Declaration(
    name: "def", group: .language, summary: "make a command of your own",
    usage: "def NAME [PARAMETER…] { … }",
    operands: [.one(.definition), .many(.block(.plain))], optionPlaces: .nowhere,
    isSessionOnly: true,
    details: """
      Its value is that of return, or of its last command. Parameters and variables set inside are its own;
      other names are read from the caller. Tasks know it if it was there when they were submitted.
      """,
    example: .init(
      script: "def greet who { print \"hello $who\" }\ngreet world", output: "hello world\n"))

  private let definition: Definition

  init(_ arguments: inout Arguments) throws {
    let name = try arguments.word("NAME")
    guard !arguments.context.isTaken(name) else {
      throw arguments.error("\(name) is a command already")
    }
    guard LetCommand.isName(name.replacing("-", with: "_")) else {
      throw arguments.error("\(name) is no name for a command")
    }
    try arguments.checkBlockIsOne()
    var parameters: [String] = []
    while case .word? = arguments.nextNode {
      let range = arguments.nextNode?.range
      let parameter = try arguments.variableName("PARAMETER")
      guard !parameters.contains(parameter) else {
        throw arguments.error("\(parameter) is there twice", at: range)
      }
      parameters.append(parameter)
    }
    definition = Definition(
      name: name, parameters: parameters, body: try arguments.block(), unit: arguments.context.unit)
  }

  func run(in context: Context) throws -> Outcome {
    context.scope.define(definition)
    return .nothing
  }
}
