/// `source`: runs a file in this session.
struct SourceCommand: Command {
  static let declaration = Declaration(
    name: "source", group: .session, summary: "run the commands of a file in this session",
    usage: "source FILE",
    operands: [.one(.file)], isSessionOnly: true,
    example: .init(
      script: "sh 'echo \"let x = 5\" > /tmp/poolsh-source-example'\n"
        + "source /tmp/poolsh-source-example\nprint $x",
      output: "5\n"))

  private let path: String

  init(_ arguments: inout Arguments) throws { path = try arguments.word("FILE") }

  func run(in context: Context) throws -> Outcome {
    let source = try DescriptorSource(path: path)
    var parser = Parser(source: source)
    try context.nested {
      while let parsed = try parser.next() {
        context.drop(try context.within(parsed.unit) { try context.run(parsed.chain) })
      }
    }
    return .nothing
  }
}
