import ConcurrentFutures

/// `result`: waits for futures and gives their values.
struct ResultCommand: Command {
  static let declaration = Declaration(
    name: "result", group: .waiting,
    summary: "wait for futures and give their values; a failure is raised again",
    usage: "result SEL… [--timeout D]",
    operands: [.many(.selector(.done))],
    options: [.init("--timeout", short: "-t", value: "D", "wait no longer; then it fails")],
    details: """
      Python: future.result(timeout). Several futures give their values in order of id, up to the first that
      failed, was cancelled or was skipped.
      """,
    example: .init(
      script: "submit fibonacci 10\nresult 1", output: "[1] fibonacci 10\n55\n"))

  private let records: [FutureRecord]
  private let timeout: Duration?

  init(_ arguments: inout Arguments) throws {
    timeout = try arguments.duration(of: "--timeout")
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
  }

  func run(in context: Context) throws -> Outcome {
    try context.showingProgress({ .futures(ProgressCount(records)) }) { try values(in: context) }
  }

  private func values(in context: Context) throws -> Outcome {
    let clock = context.session.clock
    let deadline = clock.deadline(after: timeout)
    var values: [Value] = []
    for record in records {
      let value = try context.result(
        of: record, timeout: clock.remaining(until: deadline), given: timeout)
      values.append(value)
      if context.isAnswering {
        context.session.show(.result(id: record.id, value))
        try context.checkOutput()
      }
    }
    return Outcome(answer: nil, value: try Self.joined(values))
  }

  private static func joined(_ values: [Value]) throws -> Value {
    guard values.count != 1 else { return values[0] }
    let texts = try values.filter { !$0.isNothing }.map { try $0.substitutionText() }
    return texts.isEmpty ? .nothing : .text(texts.joined(separator: "\n"))
  }
}

extension Context {
  /// The value of a future, once it is done; marks it as seen.
  ///
  /// - Throws: Its failure; a TimeoutError or CancelledError as a `ShellError`.
  func result(
    of record: FutureRecord, timeout: Duration? = nil, given: Duration? = nil
  ) throws -> Value {
    try waitFor(record, timeout: timeout, given: given)
    record.markSeen(by: .result)
    switch record.outcome {
    case .finished(.output(let output)):
      // It is this future's value, not the output of a command that somebody dropped.
      return .output(
        ProgramOutput(
          standardOutput: output.standardOutput, standardError: output.standardError,
          isPrintedWhenDropped: false))
    case .finished(let value): return value
    case .failed(let error): throw error
    case .cancelled: throw record.cancelledError
    case .skipped(let reason): throw record.skippedError(reason)
    }
  }
}
