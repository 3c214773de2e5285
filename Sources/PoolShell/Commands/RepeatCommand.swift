/// `repeat`: runs a command several times.
struct RepeatCommand: Command {
  static let declaration = Declaration(
    name: "repeat", group: .language, summary: "run a command N times, one after the other",
    usage: "repeat N CMD…",
    operands: [.one(), .one(.command)], optionPlaces: .first,
    example: .init(script: "repeat 3 print again", output: "again\nagain\nagain\n"))

  private let count: Int
  private let command: CommandNode

  init(_ arguments: inout Arguments) throws {
    count = try arguments.count("N", in: 0...1_000_000_000)
    command = try arguments.command()
  }

  func run(in context: Context) throws -> Outcome {
    for _ in 0..<count {
      try context.checkPatience()
      context.drop(try context.nested { try context.run(command) })
    }
    return .nothing
  }
}

extension Arguments {
  /// The command that the rest is.
  mutating func command() throws -> CommandNode {
    let nodes = takeNodes()
    guard let first = nodes.first, let last = nodes.last else { throw error("CMD is missing") }
    return CommandNode(
      arguments: ArgumentList(nodes),
      range: SourceRange(Int(first.range.start), Int(last.range.end)))
  }
}
