/// `sleep`: takes its time.
struct SleepCommand: Command {
  static let declaration = Declaration(
    name: "sleep", group: .tasks, summary: "do nothing for a time, fixed or random",
    usage: "sleep D | sleep A..B",
    operands: [.one()],
    details: """
      Durations: 0.5, 500ms, 2s, 1m. A..B is any length between the two; after set seed N the same in every run.
      """,
    example: .init(script: "sleep 0.01\nprint rested", output: "rested\n"))

  private let duration: Duration

  init(_ arguments: inout Arguments) throws {
    guard case .word(let word)? = arguments.nextNode, word.hasWritten(where: { $0.contains("..") })
    else {
      duration = try arguments.duration("D")
      return
    }
    let text = try arguments.word("D")
    let ends = text.firstRange(of: "..").map { (text[..<$0.lowerBound], text[$0.upperBound...]) }
    guard let ends, let least = Durations.parse(String(ends.0)),
      let most = Durations.parse(String(ends.1)), least <= most
    else {
      throw arguments.error("\(text) is no range of durations (such as 0..1)", at: word.range)
    }
    duration = arguments.context.randomDuration(least, most)
  }

  func run(in context: Context) throws -> Outcome {
    try context.sleep(duration)
    return .nothing
  }
}
