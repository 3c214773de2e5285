import ConcurrentFutures
import Synchronization

/// How a session comes to its end: by the end of its input, by an error, by a signal.
extension Session {
  /// The end of the input: every pool is shut down, what is queued runs.
  ///
  /// A closed gate fails once only gates are left.
  ///
  /// - Parameter tick: Called now and then while it waits.
  /// - Returns: False if the user interrupted the waiting.
  func drain(tick: () -> Void) -> Bool {
    // What a task or a callback has made is shut down when that is over: it may be about to submit to it.
    var ending = pools.everyOne.filter { !$0.isOfTask }
    while true {
      close(ending)
      guard waitForCallbacks(of: ending, tick: tick) else { return false }
      if isQuiet { return true }
      ending = pools.everyOne
    }
  }

  /// Whether nothing runs and nothing can be submitted any more.
  ///
  /// A pool that is shut down and has no worker has no future that is not done: not each of them is asked, which was
  /// 4 % of a script of 100,000 submits, all of it waiting for memory.
  private var isQuiet: Bool {
    pools.everyOne.allSatisfy(\.isOver)
  }

  /// How often to look whether only gates are left.
  static let gateInterval = Duration.milliseconds(50)

  private func waitForAll(_ records: [FutureRecord], tick: () -> Void) -> Bool {
    let interruption = records.count
    let set = CompletionSet(records.map { $0.future } + [interrupt.future])
    while set.remaining > 1 {
      let index = set.nextIndex(until: Deadline(after: Self.gateInterval))
      if index == interruption { return false }
      if index == nil { failGatesIfStuck() }
      tick()
    }
    return true
  }

  /// Waits for what is queued and for what runs, callbacks of futures that are done included.
  ///
  /// - Parameters:
  ///   - pools: Closed ones.
  ///   - tick: Called now and then while it waits.
  /// - Returns: False if the user interrupted the waiting.
  func waitForCallbacks(of pools: [PoolRecord], tick: () -> Void) -> Bool {
    guard !pools.isEmpty else { return true }
    if let time = clock.virtual {
      return waitForEnd(of: pools, in: time, whenStuck: failGatesIfStuck)
    }
    let isOver = Promise<Void>()
    // A thread of its own waits, so that this one can look after the gates and the user.
    let waiter = ThreadPoolExecutor()
    let waiting = try? waiter.submit {
      for pool in pools { pool.jobs.waitForEnd() }
      try isOver.setResult()
    }
    if waiting == nil {  // no thread to be had
      let pending = futures.all.filter { !$0.future.isDone }
      guard pending.isEmpty || waitForAll(pending, tick: tick) else { return false }
      for pool in pools { pool.jobs.waitForEnd() }
      return true
    }
    while wait(
      for: [isOver.future, interrupt.future], until: .firstCompleted, timeout: Self.gateInterval
    ).done.isEmpty {
      failGatesIfStuck()
      tick()
    }
    return isOver.future.isDone
  }

  /// Fails the closed gates if nobody is left who could open them; before that, paused pools go on.
  private func failGatesIfStuck() {
    if breakDeadlocks() { return }
    if isStuckAtPause { return resumeAll() }
    if isStuckAtQueue { return giveUpWaitingForRoom() }
    if isStuckAtGates { gates.failClosed() }
  }

  /// Whether tasks stand at gates, and nobody on a worker can go on.
  ///
  /// Takes a moment: the picture moves while we look, so only two equal looks count.
  var isStuckAtGates: Bool {
    guard activity.isStuckAtGates(in: pools.everyOne, pending: poolsWithPending) else {
      return false
    }
    HostProcess.pause(.milliseconds(10))
    return activity.isStuckAtGates(in: pools.everyOne, pending: poolsWithPending)
  }

  /// Whether no worker does anything, and nothing waits for one.
  var isIdle: Bool {
    futures.all.allSatisfy { $0.future.isDone || isHeldBack($0) }
      && pools.everyOne.allSatisfy { $0.busyWorkers == 0 }
  }

  var poolsWithPending: Set<ObjectIdentifier> {
    Set(
      futures.all.filter { $0.state == .pending && !isHeldBack($0) }
        .map { ObjectIdentifier($0.pool) })
  }

  /// What a stop has met.
  package struct StopCounts {
    var cancelled = 0
    var terminated = 0
    var running = 0

    /// As a line; `nil` if there was nothing.
    func text(_ verb: String, running word: String) -> String? {
      let child = terminated == 1 ? "child" : "children"
      let parts = [
        (cancelled, "queued cancelled"), (terminated, "\(child) terminated"),
        (self.running, "running \(word)"),
      ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return parts.isEmpty ? nil : "\(verb): \(parts.joined(separator: ", "))"
    }
  }

  /// Cancels what is queued, fails closed gates, and has running children end.
  func stop() -> StopCounts {
    var counts = StopCounts()
    try? stopping.setResult()  // not for the first time
    VirtualTime.stir()
    let unfinished = futures.all.filter { !$0.future.isDone }
    // Callbacks of what is cancelled run here and now: they must not stand at a gate.
    gates.close()
    cancelAllQueued()
    counts.cancelled = unfinished.count { $0.future.isCancelled }
    counts.running = unfinished.count { $0.future.isRunning }
    gates.failClosed()
    counts.terminated = children.terminateAll()
    counts.running = max(0, counts.running - counts.terminated)
    return counts
  }

  /// Waits until children that were told to end have ended: a child's grace and a little more.
  func waitForChildren() {
    let deadline = Deadline(after: .seconds(3))
    while children.count > 0, !deadline.hasPassed { HostProcess.pause(.milliseconds(5)) }
  }

  /// Waits for what is running after `stop`.
  func waitForRunning() {
    repeat {
      for pool in pools.everyOne {
        pool.jobs.close(cancelFutures: true)
        if let time = clock.virtual { _ = waitForEnd(of: [pool], in: time) {} }
        pool.jobs.waitForEnd()
      }
    } while !isQuiet
  }

  /// A signal ends the process: children are ended, tasks that run are left alone.
  ///
  /// It is done on a thread of its own, so that who watches for signals hears the next one, which kills the children
  /// and ends the process at once.
  ///
  /// - Parameters:
  ///   - reason: What the message begins with.
  ///   - status: The exit status.
  ///   - isRepeated: Whether the signal may come more than once for the same reason, and then hastens nothing.
  package func abort(_ reason: String, status: Int32, isRepeated: Bool = false) {
    let isFirst = !isAborting.set()
    let thread = ThreadPoolExecutor()
    if isFirst, (try? thread.submit { self.endProcess(reason, status) }) != nil { return }
    if !isFirst, isRepeated { return }
    children.killAll()
    HostProcess.exit(status)
  }

  private func endProcess(_ reason: String, _ status: Int32) {
    let counts = stop()
    waitForChildren()
    output.waitUntilNotGathering()
    writeLastWords(counts.text(reason, running: "abandoned") ?? reason)
    children.killAll()
    HostProcess.exit(status)
  }

  /// Writes the last line of the process without waiting for anybody, and gives the terminal back.
  func writeLastWords(_ text: String) {
    terminalHandover.leave()
    HostProcess.leaveTerminal()
    // Nobody may be reading: then there is nobody to tell.
    guard HostProcess.canWriteToStandardError else { return }
    output.endHold()
    output.writeErrorAtOnce(text + "\n")
  }

  /// Gives a signal that is on its way a moment to come.
  func waitForAbort() {
    let deadline = Deadline(after: .milliseconds(500))
    while !isAborting.isSet, !deadline.hasPassed {
      HostProcess.pause(.milliseconds(1))
    }
  }

  /// Leaves the end of the process to the thread that is aborting it, if one is.
  ///
  /// That thread ends children, so whoever waited for them comes here, and must not exit with another status.
  func leaveTheEndToAbort() {
    guard isAborting.isSet else { return }
    output.endGathering()
    HostProcess.waitForTheEnd()
  }

  // MARK: What nobody has looked at

  /// The ids of failures that no command has shown.
  ///
  /// A task notes its failure; those that a pool fails itself, because its initializer has failed, are looked for.
  var unseenFailures: IDSet {
    let broken = pools.everyOne.filter { $0.executor.statistics.isBroken }
    let candidates = broken.reduce(futures.failures) { $0.union($1.group.members) }
    return IDSet(
      futures.records(candidates).filter { $0.state == .failed && !$0.isSeen }.map(\.id))
  }
}
