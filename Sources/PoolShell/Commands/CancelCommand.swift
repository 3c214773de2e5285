import ConcurrentFutures

/// `cancel`: takes back what has not begun.
struct CancelCommand: Command {
  static let declaration = Declaration(
    name: "cancel", group: .waiting,
    summary: "cancel futures whose tasks have not begun",
    usage: "cancel SEL…",
    operands: [.many(.selector(.pending))],
    details: """
      Python: future.cancel(). A task that is running is not interrupted. Callbacks run at once. The value is
      true if all of them are cancelled.
      """,
    example: .init(
      script: "pool new -w 1\nsubmit gate g\nsubmit print never\ncancel 2\nopen g",
      output: "pool pool1: 1 worker\n[1] gate g\n[2] print never\n[2] cancelled\n"))

  private let records: [FutureRecord]

  init(_ arguments: inout Arguments) throws {
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
  }

  func run(in context: Context) throws -> Outcome {
    let answers = records.map(cancel)
    let all = answers.allSatisfy(\.isCancelled)
    return Outcome(
      answer: answers.isEmpty ? nil : .cancelled(answers), value: .bool(all))
  }

  private func cancel(_ record: FutureRecord) -> CancelAnswer {
    let isCancelled = record.future.cancel()
    let state = record.state
    let worker = state == .running ? record.progress.start?.worker ?? "a worker" : nil
    return CancelAnswer(id: record.id, isCancelled: isCancelled, state: state, worker: worker)
  }
}
