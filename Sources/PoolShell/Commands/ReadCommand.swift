/// `read`: the content of a file.
struct ReadCommand: Command {
  static let declaration = Declaration(
    name: "read", group: .tasks, summary: "the content of a file, byte for byte",
    usage: "read FILE",
    operands: [.one(.file)],
    example: .init(
      script: "sh 'echo one > /tmp/poolsh-read-example'\nread /tmp/poolsh-read-example",
      output: "one\n"))

  private let path: String

  init(_ arguments: inout Arguments) throws { path = try arguments.word("FILE") }

  func run(in context: Context) throws -> Outcome {
    .value(.bytes(try FileSystem.contents(of: path)))
  }
}
