import ConcurrentFutures

/// How a job comes to its pool.
extension Submission {
  /// Queues a task, or has it wait for others.
  ///
  /// - Throws: What the pool says if it accepts nothing.
  func accept(_ runner: TaskRunner) throws -> Future<Value> {
    guard let schedule else { return try pool.jobs.submit(runner) }
    guard !schedule.causes.isEmpty else {
      return try pool.jobs.submit(runner, priority: schedule.priority)
    }
    let future = Future<Value>(deferring: { try runner.run() })
    try pool.jobs.addWaiting(
      Dependent(id: runner.id, future: future, schedule: schedule, jobs: pool.jobs))
    return future
  }

  /// The future's record is there, so that who is told of its end finds it.
  func begin(_ record: FutureRecord, in session: Session) {
    if schedule?.causes.isEmpty == false { pool.jobs.waiting(record.id)?.begin(in: session) }
  }
}
