import ConcurrentFutures

/// How a task heeds whoever wants it to end.
extension Context {
  /// What ends a wait: Ctrl-C at the session, `kill` in a task; `nil` is nothing.
  var interrupt: Interrupt? {
    isOnSessionThread ? session.interrupt : progress?.makeJob().interrupt
  }

  /// Nothing new begins in a task that is being killed.
  ///
  /// - Throws: `ControlFlow.interrupted`, which no `try` catches.
  func checkKilled() throws {
    if let job = progress?.job, job.isBeingKilled { throw ControlFlow.interrupted }
  }

  /// Sleeps on a worker.
  ///
  /// - Returns: When the time is over; at once if the task is killed.
  func sleep(until end: Deadline) {
    let interrupt = progress?.makeJob().interrupt
    if let time = session.clock.virtual {
      return sleep(until: end, in: time) { interrupt?.hasHappened == true }
    }
    guard let interrupt else {
      if let nanoseconds = end.nanoseconds { HostProcess.sleep(until: nanoseconds) }
      return
    }
    _ = CompletionSet([interrupt.future]).nextIndex(until: end)
  }
}

extension TaskRunner {
  /// Runs the task, again if it fails and that was asked for.
  func runAttempts(_ options: JobOptions, _ activity: Activity.Token) throws -> Value {
    let job = progress.makeJob()
    var pause = options.backoff
    var left = options.retries
    while true {
      job.beginAttempt(at: session.clock.now)
      do {
        let value = try runOnce(activity)
        job.endAttempt(nil, at: session.clock.now)
        return value
      } catch {
        let isKilled = job.isBeingKilled
        let message = isKilled ? job.message : ShellError(wrapping: error).message
        job.endAttempt(message, at: session.clock.now)
        guard left > 0, !isKilled, wait(pause, job) else { throw error }
      }
      left -= 1
      // Not for ever longer: it would overflow at last.
      pause = min(pause * 2, max(pause, .seconds(86_400)))
    }
  }

  /// Lets the time between two attempts pass.
  ///
  /// - Returns: Whether there is to be another one.
  private func wait(_ pause: Duration, _ job: Job) -> Bool {
    let ends = [job.interrupt.future, session.stopping.future]
    let deadline = session.clock.deadline(after: pause)
    if pause > .zero, let time = session.clock.virtual {
      _ = time.pass(until: deadline.nanoseconds) { !ends.contains { $0.isDone } }
    } else if pause > .zero {
      _ = CompletionSet(ends).nextIndex(until: deadline)
    }
    return !ends.contains { $0.isDone }
  }
}
