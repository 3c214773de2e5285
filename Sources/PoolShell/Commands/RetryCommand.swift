import ConcurrentFutures

/// `retry`: submits what did not finish once more.
struct RetryCommand: Command {
  static let declaration = Declaration(
    name: "retry", group: .submitting,
    summary: "submit what failed, was cancelled or skipped once more, as new futures",
    usage: "retry SEL…",
    operands: [.many(.selector(.done))],
    details: """
      Each new future has the command, the item, the label, the options and the variables that the old one was
      submitted with, and its pool, or the current one if that is shut down. The old one counts as looked at. What
      waited for others waits for those that are tried again together with it. What a joblog has a line of gets
      another one there.
      """,
    example: .init(
      script: """
        pause
        submit return x
        cancel 1
        resume
        retry cancelled
        result 2
        """,
      output: """
        pool main: paused
        [1] return x
        [1] cancelled
        pool main: resumed
        [2] return x
        x

        """))

  private let records: [FutureRecord]

  init(_ arguments: inout Arguments) throws {
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    for record in records {
      switch record.state {
      case .failed, .cancelled, .skipped: continue
      case .pending, .running, .finished:
        throw arguments.error(
          "[\(record.id)] is \(record.state.rawValue): only what failed, was cancelled or skipped can be retried",
          hint: "such as retry failed")
      }
    }
    self.records = records
  }

  func run(in context: Context) throws -> Outcome {
    let logs = try openLogs(in: context.session)
    var submitted: [Int: FutureRecord] = [:]
    var new: [FutureRecord] = []
    do {
      for record in records {
        let again = try context.resubmit(record, waitingFor: submitted, logs)
        submitted[record.id] = again
        new.append(again)
        record.markSeen(by: .retry)
        // A queue that is bounded may have no room before those that are told have begun.
        if again.pool.room != nil { tell([again], in: context) }
      }
    } catch {
      tell(new.filter { $0.pool.room == nil }, in: context)
      throw error
    }
    tell(new.filter { $0.pool.room == nil }, in: context)
    return Outcome(answer: nil, value: .ids(IDSet(new.map(\.id))))
  }

  /// The joblogs of the old ones, by path; before anything is submitted.
  private func openLogs(in session: Session) throws -> [String: JobLog] {
    var logs: [String: JobLog] = [:]
    for path in records.compactMap(\.progress.watch?.logPath) where logs[path] == nil {
      do {
        logs[path] = try JobLog(path, in: session)
      } catch let failure as FileSystem.Failure {
        throw ShellError("retry: joblog \(failure.message)")
      }
    }
    return logs
  }

  private func tell(_ records: [FutureRecord], in context: Context) {
    if context.isAnswering, !records.isEmpty {
      context.session.show(.submittedAll(records.map { SubmittedFuture(id: $0.id, task: $0.task) }))
    }
    for record in records { context.session.announce(record) }
  }
}

extension Context {
  /// Submits the command of a future that did not finish once more.
  ///
  /// - Parameters:
  ///   - record: Done, and not finished.
  ///   - others: What other futures are tried again as, by id.
  ///   - logs: The joblogs that get a line, by path.
  /// - Returns: The new one.
  /// - Throws: What `submit` throws.
  fileprivate func resubmit(
    _ record: FutureRecord, waitingFor others: [Int: FutureRecord], _ logs: [String: JobLog]
  ) throws -> FutureRecord {
    guard let runner = record.progress.origin.runner else {
      throw ShellError("[\(record.id)] cannot be retried")
    }
    let pool = record.pool.isShutDown ? try currentPool() : record.pool
    let watch = record.progress.watch?.logPath.flatMap { logs[$0] }
      .map { JobWatch(runner.task, log: $0, halt: nil, in: session) }
    return try submit(
      runner.task,
      Submission(
        pool: pool, label: record.label, limit: runner.limit, options: runner.options,
        watch: watch, schedule: record.schedule?.again(others)),
      in: runner.scope)
  }
}

extension Schedule {
  /// The same for a job that is tried again, with what it waited for if that is tried again too.
  fileprivate func again(_ others: [Int: FutureRecord]) -> Schedule {
    Schedule(
      causes: causes.compactMap { cause in
        others[cause.id].map { Cause(id: $0.id, mustFinish: cause.mustFinish) }
      }, priority: priority)
  }
}
