import ConcurrentFutures

/// `on_done`: has a block run when futures are done.
struct OnDoneCommand: Command {
  static let declaration = Declaration(
    name: "on_done", aliases: ["add_done_callback"], group: .waiting,
    summary: "run a block when futures are done",
    usage: "on_done SEL… { … }",
    operands: [.many(.selector(.notDone), .block(.callback))],
    details: """
      Python: future.add_done_callback(fn). The block runs on the worker that ran the task, or on the thread
      that cancels it; at once if the future is done already. It has $id, $item, $state, $result and $error.
      Several callbacks run in the order in which they were added. One that fails is told on standard error,
      and changes nothing else.
      """,
    example: .init(
      script: "submit { gate g; return 42 }\non_done 1 { print \"the answer is $result\" }\nopen g",
      output: "[1] { gate g; return 42 }\nthe answer is 42\n"))

  private let records: [FutureRecord]
  private let block: Block

  init(_ arguments: inout Arguments) throws {
    try arguments.checkBlockIsOne()
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
    block = try arguments.block()
  }

  func run(in context: Context) throws -> Outcome {
    let hook = Hook(block, in: context)
    for record in records {
      record.future.addDoneCallback { _ in Self.call(hook, record) }
    }
    return .nothing
  }

  private static func call(_ hook: Hook, _ record: FutureRecord) {
    do {
      try hook.run(
        .callback, pool: record.pool, id: record.id, variables: record.variables)
    } catch {
      let error = ShellError(wrapping: error)
      hook.session.complain(
        Diagnostic(
          kind: .notice, message: "exception calling callback: \(error.line)", id: record.id))
    }
  }
}
