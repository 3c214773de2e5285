extension ChildProcess {
  /// Blocks until both outputs have ended and the child has exited, and reaps it.
  ///
  /// To be called once, by any thread; traps if called again.
  ///
  /// What a descendant that inherited the pipes still writes after the child's exit is waited for,
  /// as a shell does in `$(…)`; but not once the timeout was over or `terminate` was called. In
  /// that case nothing of the child's process group is left when this returns: what the SIGTERM did
  /// not end is killed, at the latest when the child is gone and the pipes are closed.
  ///
  /// - Parameters:
  ///   - alarm: Called by this thread at the beginning and whenever the time is over that it has returned, for who has
  ///     something to do meanwhile; `nil` is no more calls. It must not block.
  ///   - tap: Called by this thread with whatever has come, as it comes. While it blocks the child is not attended to.
  /// - Returns: How it ended, and what it wrote.
  package func wait(
    alarm: (() -> Duration?)? = nil, tap: ((ChildStream, UnsafeRawBufferPointer) -> Void)? = nil
  ) -> ChildOutcome {
    let (taken, wakeUp) = withState { ($0.outputs.take(), $0.wakeUp) }
    guard let taken, let wakeUp else {
      preconditionFailure("wait() was already called for process \(processID)")
    }
    var collector = OutputCollector(taken, into: buffers, tap: tap)
    var alarm = alarm.map(Alarm.init)
    collect(&collector, wakeUp: wakeUp, &alarm)
    return outcome(awaitExit(wakeUp: wakeUp, &alarm), collector)
  }

  /// Reads until both streams have ended or are given up.
  ///
  /// Does not look at the child: until its exit the pipes tell all there is to know, and after it
  /// they are read to their end anyway. So the usual child needs no descriptor for its exit.
  private func collect(
    _ collector: inout OutputCollector, wakeUp: FileDescriptor, _ alarm: inout Alarm?
  ) {
    while !collector.hasEnded {
      let (deadline, abandons) = advance()
      if abandons { return collector.abandon() }
      let wake = [deadline, alarm?.next()].compactMap { $0 }.min()
      let readiness = Readiness.wait(for: [wakeUp] + collector.sources, until: wake)
      if readiness[0] == .readable { wakeUp.reset() }
      let hadFailed = collector.failure != nil
      collector.take(readiness.dropFirst())
      if !hadFailed, let failure = Self.failure(of: collector) { request(failure) }
    }
  }

  /// Sleeps until the child has exited, and reaps it.
  private func awaitExit(wakeUp: FileDescriptor, _ alarm: inout Alarm?) -> ChildControl.Reaped {
    var exit: FileDescriptor?
    while true {
      // First the child, then the clock: one that has exited in time must not be told to be late.
      let reaped = reap()
      if reaped != .stillRunning { return reaped }
      let (deadline, _) = advance()
      exit = exit ?? .exit(of: processID)
      // Without a descriptor for the exit (there are too many) the child is looked at again and
      // again.
      let look = exit == nil ? MonotonicTime.now().advanced(by: .milliseconds(10)) : nil
      let wake = [deadline, look, alarm?.next()].compactMap { $0 }.min()
      if Readiness.wait(for: [wakeUp, exit], until: wake)[0] == .readable { wakeUp.reset() }
    }
  }

  /// Blocks until the child has been stopped (Ctrl-Z) or has exited; to be called before `wait`.
  ///
  /// - Returns: Whether it was stopped. `proceed` continues it.
  package func waitForStop() -> Bool { control.waitForStop() }

  /// What is called now and then.
  private struct Alarm {
    private let call: () -> Duration?
    private var moment: MonotonicTime? = .now()

    init(_ call: @escaping () -> Duration?) { self.call = call }

    /// Calls it if it is time to, and gives the next moment.
    mutating func next() -> MonotonicTime? {
      guard let due = moment, due <= .now() else { return moment }
      moment = call().map(MonotonicTime.now().advanced)
      return moment
    }
  }

  /// Does what the passing of time asks for.
  ///
  /// - Returns: When to call it again (`nil`: only after a wake-up), and whether the output is to be
  ///   given up.
  private func advance() -> (next: MonotonicTime?, abandonsOutput: Bool) {
    withState { state in
      while let moment = state.teardown.nextMoment {
        let effect = state.teardown.advance(to: .now())
        if effect == .none { return (moment, false) }
        control.perform(effect)
      }
      return (nil, state.teardown.stage == .abandoned)
    }
  }

  /// Reaps the child if it has exited; under the lock, so that no signal is sent to the number
  /// afterwards.
  ///
  /// In a teardown the rest of the group is killed first, while the unreaped child still keeps the
  /// number: a process that ignores SIGTERM and does not hold the pipes would live on unnoticed.
  private func reap() -> ChildControl.Reaped {
    withState { state in
      if state.teardown.hasBegun && control.leadsGroup && control.hasExited() {
        control.sendKill()
      }
      let reaped = control.reap()
      if reaped != .stillRunning {
        state.isReaped = true
        state.wakeUp = nil
      }
      return reaped
    }
  }

  private func outcome(
    _ reaped: ChildControl.Reaped, _ collector: OutputCollector
  ) -> ChildOutcome {
    var ending = withState { $0.teardown.ending }
    var status = ExitStatus.exited(-1)
    switch reaped {
    case .ended(let ended): status = ended
    case .lost(let error): ending = .failed("cannot learn the exit status: \(error.text)")
    case .stillRunning: preconditionFailure("process \(processID) still runs")
    }
    let (output, errorOutput) = collector.finish()
    ending = Self.failure(of: collector) ?? ending
    return ChildOutcome(
      status: status, output: output, errorOutput: errorOutput, ending: ending)
  }

  /// The ending of a child whose output could not be kept; `nil` if it could.
  private static func failure(of collector: OutputCollector) -> ChildEnding? {
    collector.failure.map { .failed("cannot keep the output: \($0.text)") }
  }
}
