/// `running`, `done`, `cancelled`, `failed`: whether a future is that.
///
/// One shape, so one file.
protocol PredicateCommand: Command {
  static func isTrue(of state: FutureRecord.State) -> Bool
  var record: FutureRecord { get }
}

extension PredicateCommand {
  func run(in context: Context) throws -> Outcome {
    let answer = Self.isTrue(of: record.state)
    return Outcome(
      answer: .predicate(command: Self.declaration.name, id: record.id, answer),
      value: .bool(answer))
  }
}

extension Declaration {
  fileprivate static func predicate(
    _ name: String, _ summary: String, details: String, example: Example
  ) -> Declaration {
    Declaration(
      name: name, group: .waiting, summary: summary, usage: "\(name) ID",
      operands: [.one(.future(.any))], details: details,
      example: example)
  }
}

/// Whether a future's task is being run.
struct RunningCommand: PredicateCommand {
  static let declaration = Declaration.predicate(
    "running", "whether a future's task is being run", details: "Python: future.running()",
    example: .init(
      script: "submit { open started; gate go }\ngate started\nrunning 1\nopen go",
      output: "[1] { open started; gate go }\ntrue\n"))
  let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  static func isTrue(of state: FutureRecord.State) -> Bool { state == .running }
}

/// Whether a future is done.
struct DoneCommand: PredicateCommand {
  static let declaration = Declaration.predicate(
    "done", "whether a future is finished, failed, cancelled or skipped",
    details: "Python: future.done()",
    example: .init(
      script: "submit print x\nwait\ndone 1",
      output: "[1] print x\nx\ndone: 1\nnot done: none\ntrue\n"))
  let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  static func isTrue(of state: FutureRecord.State) -> Bool { state.isDone }
}

/// Whether a future was cancelled.
struct CancelledCommand: PredicateCommand {
  static let declaration = Declaration.predicate(
    "cancelled", "whether a future was cancelled", details: "Python: future.cancelled()",
    example: .init(
      script: "submit print x\nwait\ncancelled 1",
      output: "[1] print x\nx\ndone: 1\nnot done: none\nfalse\n"))
  let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  static func isTrue(of state: FutureRecord.State) -> Bool { state == .cancelled }
}

/// Whether a future's task has failed.
struct FailedCommand: PredicateCommand {
  static let declaration = Declaration.predicate(
    "failed", "whether a future's task has failed",
    details: "Python: future.done() and future.exception() is not None",
    example: .init(
      script: "submit fail boom\nwait\nfailed 1\nexception 1",
      output: "[1] fail boom\ndone: 1\nnot done: none\ntrue\nboom\n"))
  let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  static func isTrue(of state: FutureRecord.State) -> Bool { state == .failed }
}
