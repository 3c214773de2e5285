/// `for`: runs a block for every item.
struct ForCommand: Command {
  static let declaration = Declaration(
    name: "for", group: .language, summary: "run a block for every item, one after the other",
    usage: "for NAME in ITEM… { … }",
    operands: [.one(), .one(.keyword("in", "then the items")), .many(.file, .block(.plain))],
    optionPlaces: .nowhere,
    details: "Items are words, ranges (1..5), patterns (*.txt) and the lines of $(COMMAND).",
    example: .init(script: "for i in 1..3 { print $i }", output: "1\n2\n3\n"))

  private let name: String
  private let items: any ItemSource
  private let block: Block

  init(_ arguments: inout Arguments) throws {
    name = try arguments.variableName("NAME")
    guard arguments.keyword("in") else { throw arguments.error("in is missing") }
    try arguments.checkBlockIsThere()
    items = try arguments.itemSource()
    block = try arguments.block()
  }

  func run(in context: Context) throws -> Outcome {
    while let item = try context.nextItem(of: items) {
      try context.checkPatience()
      context.scope.set(name, .text(item[0]))
      context.drop(try context.run(block))
    }
    return .nothing
  }
}
