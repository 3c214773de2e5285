import ConcurrentFutures

/// How commands wait: the session can be interrupted, a task has its limit.
extension Context {
  /// Waits for futures, in the order in which they end, as long as `goOn` says so.
  ///
  /// - Parameters:
  ///   - futures: Each once.
  ///   - timeout: For all of it; `nil` is for ever.
  ///   - forInput: Whether it may end by what somebody outside does: then this task does not stand still.
  ///   - goOn: Given the index of each future that is done, in order of completion; false ends the waiting.
  /// - Returns: False if the time was up first.
  /// - Throws: `ControlFlow.interrupted` on Ctrl-C at the session; the task's own limit as an error.
  @discardableResult
  func waitFor(
    _ futures: [AnyFuture], timeout: Duration?, forInput: Bool = false, _ goOn: (Int) throws -> Bool
  ) throws -> Bool {
    try waitFor(futures, until: deadline(after: timeout), forInput: forInput, goOn)
  }

  /// The same for futures that have ids, so that a deadlock is noticed.
  @discardableResult
  func waitFor(
    _ records: [FutureRecord], timeout: Duration?, _ goOn: (Int) throws -> Bool
  ) throws -> Bool {
    try waitFor(
      records.map(\.future), until: deadline(after: timeout), on: .any(records), goOn)
  }

  func waitFor(
    _ futures: [AnyFuture], until deadline: Deadline, forInput: Bool = false,
    on awaited: Awaited? = nil, _ goOn: (Int) throws -> Bool
  ) throws -> Bool {
    let ends = [interrupt?.future, alarm].compactMap { $0 as AnyFuture? }
    var waitedFor = futures.map(Optional.some)
    let set = CompletionSet(futures + ends)
    while set.remaining > ends.count {
      let next = try whileBlocked(
        on: awaited, until: deadline,
        { [waitedFor] in !forInput && !waitedFor.contains { $0?.isDone == true } },
        {
          lookingUp(until: deadline, set.hasNews, forInput: forInput) { set.nextIndex(until: $0) }
        })
      guard let index = next else {
        if try goesOnWaiting(until: deadline, forInput: forInput) { continue }
        return try timeIsUp()
      }
      if index >= futures.count { throw ControlFlow.interrupted }
      waitedFor[index] = nil
      guard try goOn(index) else { return true }
    }
    return true
  }

  /// The same for the futures of a bare command, by their ids.
  @discardableResult
  func waitFor(
    _ round: Backlog.Round, timeout: Duration?, _ goOn: (Int) throws -> Bool
  ) throws -> Bool {
    let deadline = deadline(after: timeout)
    let futures = session.futures
    while round.remaining > 0 {
      if let id = try round.next() {
        guard try goOn(id) else { return true }
        continue
      }
      let hasEnded: Void? = try whileBlocked(
        on: .anyOf(round.notDone), until: deadline,
        { [notDone = round.notDone] in !futures.records(notDone).contains { $0.future.isDone } },
        {
          lookingUp(until: deadline, round.hasNews) {
            round.sleep(until: $0, orFor: alarm) ? () : nil
          }
        })
      guard hasEnded != nil else {
        if try goesOnWaiting(until: deadline) { continue }
        return try timeIsUp()
      }
    }
    return true
  }

  /// Waits until every future is done: for the last one first, because then most of the others are done too.
  ///
  /// Being told of each was 4,000 instructions a future, a fifth of a script of 100,000 submits.
  ///
  /// - Parameters:
  ///   - records: In order of id.
  ///   - timeout: For all of it; `nil` is for ever.
  /// - Returns: False if the time was up first.
  /// - Throws: As `waitFor`.
  @discardableResult
  func waitForAll(_ records: [FutureRecord], timeout: Duration?) throws -> Bool {
    let deadline = deadline(after: timeout)
    return try waitingForAll(records, until: deadline) {
      for record in records.reversed() where !record.future.isDone {
        guard try waitFor([record.future], until: deadline, { _ in true }) else { return false }
      }
      return true
    }
  }

  /// Waits until something has happened, and says meanwhile how far the wait is.
  ///
  /// - Parameters:
  ///   - deadline: On the session's clock.
  ///   - hasNews: Whether something might have happened; asked on any thread.
  ///   - forInput: Whether somebody outside makes it happen.
  ///   - body: Waits until a moment.
  /// - Returns: What it gave; `nil` if the time was up first, or if it is to be asked whether to go on.
  func lookingUp<R>(
    until deadline: Deadline, _ hasNews: @autoclosure () -> @Sendable () -> Bool,
    forInput: Bool = false, _ body: (Deadline) -> R?
  ) -> R? {
    if let time = session.clock.virtual {
      return forInput ? waitForInput(body) : pass(until: deadline, in: time, hasNews(), body)
    }
    let interval = isInteractive ? session.outlookInterval : Session.gateInterval
    let deadline = isWaitingForEver(deadline) ? Deadline(after: interval) : deadline
    guard let ticker, ticker.isActive else { return body(deadline) }
    return ticker.sleep(until: deadline, body)
  }

  private func isWaitingForEver(_ deadline: Deadline) -> Bool {
    deadline.nanoseconds == nil && isOnSessionThread
  }

  /// Who waits at the session without an end looks up now and then.
  ///
  /// - Throws: `ShellError` if nothing could end the wait.
  func goesOnWaiting(until deadline: Deadline, forInput: Bool = false) throws -> Bool {
    guard isWaitingForEver(deadline) else { return false }
    try checkHope()
    if try session.checkOutlook(), !forInput, !isInteractive { try session.checkGates() }
    return true
  }

  func deadline(after timeout: Duration?) -> Deadline {
    Deadline.earlier(session.clock.deadline(after: timeout), limit?.deadline ?? .never)
  }

  /// - Returns: False, unless it was the task's own time.
  func timeIsUp() throws -> Bool {
    if let limit, session.clock.hasPassed(limit.deadline) { throw limit.error }
    return false
  }

  /// Waits for one future to be done.
  ///
  /// - Parameters:
  ///   - record: The future.
  ///   - timeout: How long to wait; `nil` is for ever.
  ///   - given: The timeout that the user gave, of which some may have been used up before.
  /// - Throws: `ShellError` (TimeoutError) if it is not done in time.
  func waitFor(_ record: FutureRecord, timeout: Duration?, given: Duration? = nil) throws {
    if record.future.isDone { return }
    let isInTime = try showingProgress({ .futures(ProgressCount([record])) }) {
      try waitFor([record], timeout: timeout) { _ in true }
    }
    guard isInTime else {
      let limit = Durations.text(given ?? timeout ?? .zero)
      throw ShellError("TimeoutError: [\(record.id)] is \(record.state.rawValue) after \(limit)")
    }
  }

  /// Sleeps.
  func sleep(_ duration: Duration) throws {
    if isOnSessionThread {
      try showingProgress({ .time("sleep \(Durations.text(duration))", duration) }) {
        _ = try waitFor([Promise<Void>().future], timeout: duration) { _ in true }
      }
      return
    }
    session.activity.asleep(activity) { sleep(until: deadline(after: duration)) }
    try checkKilled()
    _ = try timeIsUp()
  }

  /// Stands at a gate until it is opened.
  func wait(atGate name: String) throws {
    let gate = session.gates.future(name)
    if isOnSessionThread {
      try showingProgress({ .plain("gate \(name)") }) { try waitOnSessionThread(for: gate, name) }
    } else {
      try session.gates.standing(activity.map(session.activity.future) ?? 0, at: name) {
        // A job with a limit goes on by itself.
        try session.activity.atGate(limit == nil ? activity : nil, while: { !gate.isDone }) {
          _ = try waitFor([gate], timeout: nil) { _ in true }
        }
      }
    }
    _ = try gate.result(timeout: .zero)
  }

  /// The session itself would wait for ever if no worker can open the gate.
  private func waitOnSessionThread(for gate: Future<Void>, _ name: String) throws {
    if let time = session.clock.virtual { return try wait(at: gate, name, in: time) }
    while try !waitFor([gate], timeout: Session.gateInterval, { _ in true }) {
      let isHopeless = session.isStuckAtGates || session.isIdle
      if isHopeless, !gate.isDone, !session.gates.mayBeOpenedOutside {
        throw ShellError("nothing is left that could open gate \(name)")
      }
    }
  }

  // MARK: Which futures a bare command means

  /// What bare `wait` and `as_completed` are about: inside `with` that pool's futures, in a task its own
  /// submissions, at the session all.
  var backlog: Backlog { enclosingBacklogs.last ?? ownBacklog }

  func backlog(of group: FutureGroup) -> Backlog {
    Backlog(of: group, in: session.futures, interrupt: interrupt)
  }
}
