import ConcurrentFutures

/// `explain`: says in words why a future is as it is.
struct ExplainCommand: Command {
  static let declaration = Declaration(
    name: "explain", group: .waiting,
    summary: "say in words why a future is pending, where it runs, or how it ended",
    usage: "explain SEL…",
    operands: [.many(.selector(.any))],
    details: """
      What it is held up by, who runs instead, what its task waits for, why cancel says no, where and for how long it
      ran, and which command has shown its outcome. It does not show the outcome itself, and so makes nothing
      seen: the error of a failure is told only if another command has shown it before.
      """,
    example: .init(
      script: """
        pool new -w 1
        submit { open begun; gate g }
        submit print second
        gate begun
        explain 2
        open g
        """,
      output: """
        pool pool1: 1 worker
        [1] { open begun; gate g }
        [2] print second
        [2] is the next one in the queue of pool pool1. It waits because the pool's only worker runs [1].
        second

        """))

  private let records: [FutureRecord]

  init(_ arguments: inout Arguments) throws {
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
  }

  func run(in context: Context) throws -> Outcome {
    if records.isEmpty { return .nothing }
    var queues: [ObjectIdentifier: QueueView] = [:]
    return .answer(.explained(records.map { Explanation($0, in: context.session, &queues) }))
  }
}
