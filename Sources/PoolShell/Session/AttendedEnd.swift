import ConcurrentFutures
import Synchronization

/// The end of a session at whose prompt somebody sits: it waits for the work, and the user may hasten it.
extension Session {
  /// What is not done.
  struct Unfinished {
    var running: [FutureRecord] = []
    var queued: [FutureRecord] = []

    /// Such as `3 running, 5 queued`; `nil` if there is nothing.
    var text: String? {
      let parts = [(running.count, "running"), (queued.count, "queued")].filter { $0.0 > 0 }
      return parts.isEmpty ? nil : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
  }

  var unfinished: Unfinished {
    var unfinished = Unfinished()
    for record in futures.all where !record.future.isDone {
      if record.future.isRunning {
        unfinished.running.append(record)
      } else {
        unfinished.queued.append(record)
      }
    }
    return unfinished
  }

  /// Ctrl-C of somebody who sits there.
  ///
  /// Whatever waits stops waiting, the session's own program ends; at the end of the session see `InterruptLadder`.
  ///
  /// - Parameter now: On the monotonic clock, in nanoseconds.
  package func userInterrupts(at now: UInt64 = Deadline.now()) {
    let (step, isForPrompt) = ladder.withLock { ladder in
      (ladder.interrupt(at: now), ladder.phase == .prompt)
    }
    if step == .leaves { leaveAtOnce() }
    interrupt.fire(isForPrompt: isForPrompt)
    children.terminateForeground()
  }

  /// The prompt is shown, or about to be.
  func promptIsUp() {
    ladder.withLock { $0.phase = .prompt }
    notices.promptIsUp(in: self)
    lesson?.promptIsUp(in: self)
  }

  /// The prompt was answered.
  func commandBegins() {
    ladder.withLock { $0.phase = .command }
    notices.commandBegins()
    lesson?.commandBegins()
  }

  /// Waits for all work as `drain` does, and heeds the user.
  ///
  /// - Returns: False if the user has stopped it.
  func drainAttended(tick: () -> Void) -> Bool {
    while !drain(tick: tick) {
      interrupt.clear()
      switch ladder.withLock({ $0.takePending() }) {
      case .warns: warn()
      case .stops: tellStop(stop())
      case .endsWaiting, .leaves, nil: break
      }
    }
    return ladder.withLock { !$0.hasStopped }
  }

  /// The end begins: says what is waited for.
  func beginAttendedEnd() {
    // Together: one that counts for the end comes after what is cleared here.
    ladder.withLock { ladder in
      ladder.phase = .end
      interrupt.clear()
    }
    guard let text = unfinished.text else { return }
    complain(.notice("waiting for \(text); Ctrl-C twice \(Self.stopping)"))
  }

  /// What stopping does: a task that runs is waited for, unless it only waits for its child.
  private static let stopping = "cancels what is queued and ends programs"

  private func warn() {
    let text = unfinished.text ?? "callbacks"
    complain(
      .notice(
        "interrupted, still waiting for \(text); Ctrl-C again within two seconds \(Self.stopping)"))
  }

  private func tellStop(_ counts: StopCounts) {
    let text = counts.text("interrupted", running: "waited for") ?? "interrupted"
    complain(.notice(text + (counts.running > 0 ? "; Ctrl-C leaves at once" : "")))
  }

  /// The user has lost patience.
  ///
  /// On the thread that watches signals, whatever all others do, so it takes no lock that one of them could keep.
  private func leaveAtOnce() -> Never {
    isAborting.set()
    children.killAll()
    let running = unfinished.running.count
    writeLastWords("interrupted" + (running > 0 ? ": \(running) running abandoned" : ""))
    HostProcess.exit(130)
  }
}
