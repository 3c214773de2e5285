import ConcurrentFutures

/// Which clock a session has, and what must not be done under the virtual one.
extension Session {
  /// What users see as the name of this thread.
  var workerName: String { clock.workerName ?? "MainThread" }

  /// Has time jump to the next moment at which something is due, whenever nobody can do anything else.
  ///
  /// Call it before the first command, or while nothing is unfinished. From then on the thread that runs the session's
  /// commands gives the turn to all others.
  package func useVirtualTime() { use(.virtual) }

  /// Switches to a clock.
  func use(_ choice: SessionClock.Choice) {
    if settings.current.clock != choice { settings.update { $0.clock = choice } }
    guard clock.isVirtual != (choice == .virtual) else { return }
    clock.use(choice) { VirtualTime(pools: pools, interrupt: interrupt) }
  }

  /// What keeps the clock from being changed; `nil` if nothing does.
  ///
  /// Whatever is unfinished waits by the clock that it began with.
  func whatKeepsClock() -> String? {
    let unfinished = futures.all.filter { !$0.future.isDone }.map(\.id)
    if !unfinished.isEmpty {
      let noun = unfinished.count == 1 ? "future" : "futures"
      let verb = unfinished.count == 1 ? "is" : "are"
      return "\(noun) \(IdList.text(IDSet(unfinished))) \(verb) unfinished"
    }
    // A worker that has just told the end of its last job may not have gone to rest.
    let patience = Deadline(after: .milliseconds(200))
    while isAtWork, !patience.hasPassed { HostProcess.pause(.milliseconds(1)) }
    return isAtWork ? "a callback or an initializer is running" : nil
  }

  private var isAtWork: Bool {
    pools.everyOne.contains { $0.busyWorkers > 0 } || clock.virtual?.isInUse == true
  }
}

// MARK: - The end

extension Session {
  /// Waits for the end of closed pools as `waitForCallbacks` does, in virtual time.
  ///
  /// - Returns: False if the user interrupted the waiting.
  func waitForEnd(of pools: [PoolRecord], in time: VirtualTime, whenStuck: () -> Void) -> Bool {
    let interrupt = interrupt
    while !pools.allSatisfy(\.isOver) {
      let awakening = time.pass {
        !interrupt.hasHappened && !pools.allSatisfy(\.isOver)
      }
      if interrupt.hasHappened { return false }
      if awakening == .stuck { whenStuck() }
    }
    for pool in pools { pool.jobs.waitForEnd() }
    return true
  }
}

extension Context {
  /// Programs take the time that they take.
  ///
  /// - Parameter what: What would be run.
  /// - Throws: `ShellError` with virtual time.
  func refuseProgram(_ what: String) throws {
    guard session.clock.isVirtual else { return }
    throw ShellError(
      "cannot run \(what): programs take real time, and the clock is virtual",
      hint: "set clock real")
  }
}
