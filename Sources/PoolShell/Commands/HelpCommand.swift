/// `help`: what there is, and how it is used.
struct HelpCommand: Command {
  static let declaration = Declaration(
    name: "help", group: .session, summary: "what there is, or one command or topic in full",
    usage: "help [COMMAND | TOPIC] [--find WORD]", operands: [.one(.topic)],
    options: [
      .init("--find", short: "-f", value: "WORD", "commands and topics that have to do with it")
    ],
    example: .init(
      script: "help --find fibonacci", output: "fibonacci  the Nth Fibonacci number\n"))

  private let text: String

  init(_ arguments: inout Arguments) throws {
    let context = arguments.context
    let word = try arguments.text(of: "--find")
    guard let name = try arguments.optionalWord() else {
      text =
        word.map(HelpSearch.page)
        ?? Help.overview(definitions: Array(context.scope.definitions.keys))
      return
    }
    if let next = try arguments.optionalWord() {
      throw arguments.error("unexpected \(next.text)", at: next.range)
    }
    if word != nil { throw arguments.error("a name or --find, not both", at: name.range) }
    guard let page = Self.page(name.text, context) else {
      throw ShellError(
        "no help on \(name.text)", hint: Self.hint(name.text, context),
        place: context.place(of: name.range))
    }
    text = page
  }

  private static func page(_ name: String, _ context: Context) -> String? {
    if let definition = context.scope.definitions[name] { return Help.page(for: definition) }
    if let command = CommandTable.command(named: name) {
      return Help.page(for: command.declaration)
    }
    return HelpTopic.named(name)?.page
  }

  private static func hint(_ name: String, _ context: Context) -> String {
    let commands = CommandTable.names.filter { $0 != "!" }
    let names = commands + HelpTopic.all.map(\.name) + context.scope.definitions.keys
    let near = Spelling.likely(name, among: names)
    return near.isEmpty
      ? "to search: help --find \(ShellQuoting.ifNeeded(name))" : Spelling.question(near)
  }

  func run(in context: Context) throws -> Outcome { .answer(.page(command: "help", text)) }
}
