import ConcurrentFutures

extension Session {
  /// Asked by a script that waits without an end.
  ///
  /// - Throws: `ShellError` if nobody on any worker can go on, and some stand at gates.
  func checkGates() throws {
    guard !gates.mayBeOpenedOutside, isStuckAtGates else { return }
    let names = gates.states.filter { !$0.isOpen }.map(\.name).sorted()
    guard !names.isEmpty else { return }
    throw ShellError(
      "nothing is left that could open gate\(names.count == 1 ? "" : "s") "
        + names.joined(separator: ", "))
  }
}

extension Context {
  /// Waits on a worker until those of another pool, which is closed, have ended: callbacks run until then.
  func waitForWorkers(of pool: PoolRecord) throws {
    if let time = session.clock.virtual { return try waitForWorkers(of: pool, in: time) }
    // Mostly they are about to: a look costs less than a thread.
    for _ in 0..<20 where !pool.isOver { HostProcess.pause(.microseconds(50)) }
    if pool.isOver { return }
    let isOver = Promise<Void>()
    let waiter = ThreadPoolExecutor()
    let waiting = try? waiter.submit {
      pool.jobs.waitForEnd()
      try isOver.setResult()
    }
    guard waiting != nil else { return pool.jobs.waitForEnd() }  // no thread to be had
    _ = try waitFor([isOver.future], until: deadline(after: nil), on: .end(pool)) { _ in true }
  }

  private func waitForWorkers(of pool: PoolRecord, in time: VirtualTime) throws {
    let isEnded = { @Sendable [alarm, interrupt] in
      pool.isOver || alarm?.isDone == true || interrupt?.hasHappened == true
    }
    try whileBlocked(on: .end(pool), until: .never, { !isEnded() }) {
      while !isEnded() { _ = time.pass { !isEnded() } }
    }
    guard pool.isOver else { throw ControlFlow.interrupted }
    pool.jobs.waitForEnd()
  }
}
