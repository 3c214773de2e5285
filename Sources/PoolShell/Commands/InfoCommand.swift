import ConcurrentFutures

/// `info`: everything about one future.
struct InfoCommand: Command {
  static let declaration = Declaration(
    name: "info", group: .waiting, summary: "everything about one future",
    usage: "info ID",
    operands: [.one(.future(.any))],
    example: .init(
      script: "submit --as demo fail boom\nwait\ninfo 1",
      output: """
        [1] fail boom
        done: 1
        not done: none
        id: 1
        state: failed
        task: fail boom
        label: @demo
        pool: main
        worker: ThreadPoolExecutor-0_0
        waited: [..]s
        ran: [..]s
        error: boom

        """))

  private let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  private func attempts(at now: UInt64) -> [Attempt] {
    (record.progress.job?.attempts ?? []).map { attempt in
      var attempt = attempt
      attempt.lookedAt = now
      return attempt
    }
  }

  func run(in context: Context) throws -> Outcome {
    let ending = record.isDone ? FutureEnding(record.outcome) : nil
    if ending != nil { record.markSeen(by: .info) }
    let now = context.session.clock.now
    let after = IDSet(record.schedule?.causes.map(\.id) ?? [])
    return .answer(
      .info(
        JobDetails(
          job: JobSummary(record, at: now), pool: record.pool.name, label: record.label,
          item: record.item,
          ending: ending, attempts: attempts(at: now), after: after,
          waitsFor: record.waitsFor(in: context.session.futures),
          priority: record.schedule.flatMap { $0.priority == 0 ? nil : $0.priority })))
  }
}
