/// `time`: how long a command takes.
struct TimeCommand: Command {
  static let declaration = Declaration(
    name: "time", group: .language, summary: "run a command, and tell how long it took",
    usage: "time CMD…",
    operands: [.one(.command)], optionPlaces: .first,
    details: "The time goes to standard error, so that the command's own output stays clean.",
    example: .init(script: "time fibonacci 10", output: "55\n"))

  private let command: CommandNode

  init(_ arguments: inout Arguments) throws { command = try arguments.command() }

  func run(in context: Context) throws -> Outcome {
    let clock = context.session.clock
    let start = clock.now
    defer {
      let seconds = Double(clock.now - start) / 1e9
      context.session.complain(.notice("time: \(Durations.decimal(seconds, digits: 3))s"))
    }
    return Outcome(answer: nil, value: try context.nested { try context.run(command) })
  }
}
