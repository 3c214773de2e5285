/// `state`: what a future is doing.
struct StateCommand: Command {
  static let declaration = Declaration(
    name: "state", group: .waiting,
    summary: "pending, running, finished, failed, cancelled or skipped",
    usage: "state ID",
    operands: [.one(.future(.any))],
    example: .init(
      script: "submit print x\nwait\nstate 1",
      output: "[1] print x\nx\ndone: 1\nnot done: none\nfinished\n"))

  private let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  func run(in context: Context) throws -> Outcome {
    .answer(.state(id: record.id, record.state))
  }
}
