import ConcurrentFutures

/// How a map starts its jobs one at a time: its gate, and those that have not ended.
///
/// A job is not submitted before it may start, so that nothing waits in the queue whose time has not come.
final class MapPace {
  private var gate: StartGate
  private var running: [FutureRecord] = []
  /// What the gate said last.
  private var answer = StartGate.Answer.start

  init(_ gate: StartGate) { self.gate = gate }

  /// A job starts.
  func add(_ record: FutureRecord, at now: UInt64) {
    running.append(record)
    gate.started(at: now)
  }

  /// Whether the next job may start.
  func mayStart(in pool: PoolRecord, at now: UInt64) -> Bool {
    running.removeAll { $0.future.isDone }
    answer = gate.answer(
      at: now, running: running.count, workers: pool.executor.maxWorkers
    ) { HostProcess.loadAverage }
    return answer == .start
  }

  /// Sleeps until a job has ended, or the gate may say something else, or there may be more input.
  ///
  /// - Parameters:
  ///   - hasRoom: Whether another job is to start at all.
  ///   - input: Done when there is more; `nil` if there is.
  ///   - timeout: The longest to sleep.
  ///   - context: Who sleeps.
  /// - Returns: False if it was only time that has passed.
  /// - Throws: As `Context.waitFor`.
  func wait(
    hasRoom: Bool, orFor input: AnyFuture?, timeout: Duration?, in context: Context
  ) throws -> Bool {
    let count = running.count
    running.removeAll { $0.future.isDone }
    // One has ended since the gate was asked: that is what was to be waited for.
    if running.count < count { return true }
    var timeout = timeout
    var futures: [AnyFuture] = running.map(\.future)
    let answer = hasRoom ? answer : .waitForEnd
    switch answer {
    case .start: if let input { futures.append(input) }
    case .waitForEnd: break
    case .wait(let moment):
      let now = context.session.clock.now
      let pause = Duration.nanoseconds(Int64(clamping: moment > now ? moment - now : 0))
      timeout = min(timeout ?? pause, pause)
    }
    // With nothing that could end, it is only time that passes.
    if futures.isEmpty { futures = [Promise<Void>().future] }
    if answer == .waitForEnd, !running.isEmpty {
      return try context.waitFor(running, timeout: timeout) { _ in false }
    }
    // In virtual time only what comes from outside is not waited for by letting others go on.
    let isForOthers =
      context.session.clock.isVirtual
      ? answer == .start && input != nil : answer != .waitForEnd
    return try context.waitFor(futures, timeout: timeout, forInput: isForOthers) { _ in false }
  }
}
