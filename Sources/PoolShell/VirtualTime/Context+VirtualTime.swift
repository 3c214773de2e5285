import ConcurrentFutures

/// How commands wait in virtual time: they let others go on until something has come, or until their time is up.
extension Context {
  /// Between two commands: in virtual time, whatever can go on by now does, until it blocks.
  @inline(__always)
  func letOthersGoOn() {
    if session.clock.isVirtual { session.clock.virtual?.yield() }
  }

  /// Waits with a function that looks whether something is there.
  ///
  /// - Parameters:
  ///   - deadline: On the session's clock.
  ///   - time: It has that clock.
  ///   - hasNews: Whether it might be; asked on any thread.
  ///   - look: Gives what is there; asked to wait until a moment that has passed.
  /// - Returns: What it gave; `nil` if the time was up first, or nothing can ever come.
  func pass<R>(
    until deadline: Deadline, in time: VirtualTime, _ hasNews: @escaping @Sendable () -> Bool,
    _ look: (Deadline) -> R?
  ) -> R? {
    while true {
      if let result = look(.past) { return result }
      // At the very moment, what is due then is still done.
      if let end = deadline.nanoseconds, end < time.now { return nil }
      let awakening = time.pass(until: deadline.nanoseconds, isTimeout: true) { !hasNews() }
      switch awakening {
      case .news: continue
      case .timeIsUp: return look(.past)
      case .stuck: return nil
      }
    }
  }

  /// Nothing comes from outside in virtual time, so a wait that nobody can end is known to be one.
  ///
  /// - Throws: `ShellError` if the session's wait is one.
  func checkHope() throws {
    guard let time = session.clock.virtual, time.isHopeless else { return }
    throw ShellError("nothing that runs or is queued can end this wait")
  }

  /// Lets time pass on a worker, unless something ends it.
  func sleep(
    until end: Deadline, in time: VirtualTime, unless hasEnded: @escaping @Sendable () -> Bool
  ) {
    while !hasEnded() {
      if time.pass(until: end.nanoseconds, while: { !hasEnded() }) == .timeIsUp { return }
    }
  }

  /// Stands at a gate, at the session itself.
  ///
  /// - Throws: `ShellError` as soon as nobody can go on who could open it.
  func wait(at gate: Future<Void>, _ name: String, in time: VirtualTime) throws {
    let interrupt = session.interrupt
    while !gate.isDone {
      let awakening = time.pass { !gate.isDone && !interrupt.hasHappened }
      if interrupt.hasHappened { throw ControlFlow.interrupted }
      if awakening == .stuck, !gate.isDone {
        throw ShellError("nothing is left that could open gate \(name)")
      }
    }
  }

  /// Waits for input, during which no time passes: what is computed does not depend on how fast it comes.
  func waitForInput<R>(_ body: (Deadline) -> R?) -> R? { body(.never) }
}
