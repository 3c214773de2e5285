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

  /// What to wait for while the next job may not start: never nothing.
  var changes: [AnyFuture] { running.isEmpty ? [Promise<Void>().future] : running }
}

extension MapCommand {
  /// Waits for one item; meanwhile others are started when they may.
  ///
  /// - Returns: False if the time of the whole map was up first.
  func wait(for future: AnyFuture, _ run: inout MapRun) throws -> Bool {
    guard let pace = control?.gate else {
      return try run.context.waitFor([future], timeout: run.deadline.remaining) { _ in true }
    }
    while !future.isDone {
      let answer =
        mayTake(run, ahead: run.waiting + 1) ? pace.answer(workers: workers) : .waitForEnd
      if answer == .start {
        submit(&run, upTo: 1)
      } else if try !sleep(answer, pace, run) {
        return false
      }
    }
    return true
  }

  /// The oldest item; if there is none, the next one once it may start.
  func takePaced(_ run: inout MapRun) throws -> MapRun.Item? {
    while let pace = control?.gate {
      if let item = run.takeOldest() { return item }
      guard mayTake(run, ahead: 0) else { return nil }
      let answer = pace.answer(workers: workers)
      if answer == .start {
        submit(&run, upTo: 1)
      } else if try !sleep(answer, pace, run) {
        throw ShellError("TimeoutError: the time was up before all items were started")
      }
    }
    return nil
  }

  private var workers: Int { pool.executor.maxWorkers }

  private func mayTake(_ run: MapRun, ahead: Int) -> Bool {
    !run.isAtEnd && control?.hasHalted != true && ahead < bufferSize ?? .max
  }

  /// Sleeps until the answer may be another one.
  ///
  /// - Returns: False if the time of the whole map is up.
  private func sleep(_ answer: StartGate.Answer, _ pace: MapPace, _ run: MapRun) throws -> Bool {
    var timeout = run.deadline.remaining
    if case .wait(let moment) = answer {
      let pause = Duration.nanoseconds(Int64(clamping: moment - min(moment, Deadline.now())))
      timeout = min(timeout ?? pause, pause)
    }
    try run.context.waitFor(pace.changes, timeout: timeout) { _ in false }
    return !run.deadline.hasPassed
  }
}
