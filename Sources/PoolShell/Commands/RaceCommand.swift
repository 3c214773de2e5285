import ConcurrentFutures

/// `race`: the first success of several futures; the others are ended.
struct RaceCommand: Command {
  static let declaration = Declaration(
    name: "race", group: .waiting,
    summary: "give the first future that finishes well, and end the others",
    usage: "race SEL… [--timeout D]",
    operands: [.many(.selector(.any))],
    options: [
      .init("--timeout", short: "-t", value: "D", "wait no longer; then it fails, and all go on")
    ],
    details: """
      The value is that of the first one that finishes; $winner is its id. Of the others, those that have not
      begun are cancelled, and those that run are ended as by kill; none of them counts as a failure that
      nobody has looked at. If none finishes, race fails. Already done futures come first.
      """,
    example: .init(
      script: """
        submit --as mirror fail away
        submit --as mirror return near
        submit --as mirror sleep 0.2
        race @mirror
        """,
      output: """
        [1] fail away
        [2] return near
        [3] sleep 0.2
        near

        """))

  private let records: [FutureRecord]
  private let timeout: Duration?

  init(_ arguments: inout Arguments) throws {
    timeout = try arguments.duration(of: "--timeout")
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
  }

  func run(in context: Context) throws -> Outcome {
    if records.isEmpty { throw ShellError("there is nothing to race") }
    guard let winner = try first(in: context) else { throw noneFinished(in: context) }
    end(records.filter { $0.id != winner.id }, in: context)
    context.scope.set("winner", .text("\(winner.id)"))
    winner.markSeen(by: .race)
    let value = try context.result(of: winner)
    if context.isAnswering { context.session.show(.won(id: winner.id, value)) }
    return Outcome(answer: nil, value: value)
  }

  /// The first that finishes; `nil` if all are done and none has.
  private func first(in context: Context) throws -> FutureRecord? {
    var winner: FutureRecord?
    let isInTime = try context.showingProgress({
      .futures(ProgressCount(records, isForAll: false))
    }) {
      try context.waitFor(records, timeout: timeout) { index in
        guard records[index].state == .finished else { return true }
        winner = records[index]
        return false
      }
    }
    if !isInTime {
      throw ShellError(
        "TimeoutError: none of \(Counted.text(records.count, "future")) finished within "
          + Durations.text(timeout ?? .zero))
    }
    return winner
  }

  /// The last ones first, so that one that waits for another is cancelled and not skipped.
  private func end(_ losers: [FutureRecord], in context: Context) {
    for record in losers.reversed() {
      record.markSeen(by: .race)
      record.future.cancel()
    }
    context.session.endRunning(losers.filter { $0.future.isRunning })
  }

  private func noneFinished(in context: Context) -> ShellError {
    for record in records { record.markSeen(by: .race) }
    let reasons = records.compactMap(\.skipReason)
    let shown = reasons.prefix(3).joined(separator: "; ")
    let more = reasons.count > 3 ? "; and \(reasons.count - 3) more" : ""
    return ShellError(
      "none of \(Counted.text(records.count, "future")) finished: \(shown)\(more)")
  }
}
