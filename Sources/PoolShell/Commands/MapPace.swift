import ConcurrentFutures

/// How a map starts its jobs one at a time: its gate, and those that have not ended.
///
/// A job is not submitted before it may start, so that nothing waits in the queue whose time has not come.
final class MapPace {
  private var gate: StartGate
  private var running: [AnyFuture] = []

  init(_ gate: StartGate) { self.gate = gate }

  /// A job starts.
  func add(_ future: AnyFuture) {
    running.append(future)
    gate.started(at: Deadline.now())
  }

  /// Whether the next job may start.
  func answer(workers: Int) -> StartGate.Answer {
    running.removeAll { $0.isDone }
    return gate.answer(at: Deadline.now(), running: running.count, workers: workers) {
      HostProcess.loadAverage
    }
  }

  /// How long to wait at most while the next job may not start.
  ///
  /// - Parameters:
  ///   - limit: How long the map may still take; `nil` is for ever.
  ///   - workers: How many jobs can run at a time.
  /// - Returns: The time; `nil` is for ever.
  func timeout(_ limit: Duration?, workers: Int) -> Duration? {
    guard case .wait(let moment) = answer(workers: workers) else { return limit }
    let now = Deadline.now()
    let pause = Duration.nanoseconds(Int64(clamping: moment - min(moment, now)))
    return min(limit ?? pause, pause)
  }

  /// What to wait for while the next job may not start: never nothing.
  var changes: [AnyFuture] { running.isEmpty ? [Promise<Void>().future] : running }
}
