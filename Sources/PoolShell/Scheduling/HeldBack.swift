import ConcurrentFutures
import Synchronization

/// Jobs that no worker may take: those of a paused pool, and those that wait for others.
extension Session {
  /// Whether a future that is pending is not in a queue that workers take from.
  func isHeldBack(_ record: FutureRecord) -> Bool {
    record.pool.jobs.isPaused || !record.waitsFor(in: futures).isEmpty
  }

  /// Pools that are paused.
  var pausedPools: [PoolRecord] { pools.everyOne.filter(\.jobs.isPaused) }

  /// Whether nothing goes on any more although a paused pool has jobs.
  ///
  /// Takes a moment, as `isStuckAtGates`.
  var isStuckAtPause: Bool {
    guard mayBeHeldUp.load(ordering: .acquiring), hasNothingButPaused else { return false }
    HostProcess.pause(.milliseconds(10))
    return hasNothingButPaused
  }

  private var hasNothingButPaused: Bool {
    pausedPools.contains { $0.jobs.queued > 0 }
      && activity.standsStill(in: pools.everyOne, pending: poolsWithPending)
  }

  /// Whether tasks wait for room in bounded queues, and nobody takes anything from a queue.
  var isStuckAtQueue: Bool {
    guard mayBeHeldUp.load(ordering: .acquiring) else { return false }
    guard pools.everyOne.contains(where: { $0.room?.isWaitedFor == true }) else { return false }
    guard activity.standsStill(in: pools.everyOne, pending: poolsWithPending) else { return false }
    HostProcess.pause(.milliseconds(10))
    return activity.standsStill(in: pools.everyOne, pending: poolsWithPending)
  }

  /// Those that wait for room fail.
  func giveUpWaitingForRoom() {
    for pool in pools.everyOne { pool.room?.giveUp() }
  }

  /// Nobody is left who could resume them.
  func resumeAll() {
    for pool in pausedPools where pool.jobs.resume() {
      tellResumed(pool, because: "nothing else is left")
    }
    breakDeadlocks()
  }

  /// Closes pools; those that are paused go on, for what is queued still runs.
  func close(_ pools: [PoolRecord]) {
    for pool in pools {
      if pool.jobs.isPaused, pool.jobs.queued > 0 { tellResumed(pool, because: "it is shut down") }
      pool.jobs.close(cancelFutures: false)
    }
    breakDeadlocks()
  }

  private func tellResumed(_ pool: PoolRecord, because reason: String) {
    complain(.notice("pool \(pool.name): resumed, because \(reason)"))
  }

  /// Cancels whatever has not begun, in all pools; what waits for others first, so that nothing is skipped.
  func cancelAllQueued() {
    for record in futures.all.reversed() where record.schedule?.causes.isEmpty == false {
      record.future.cancel()
    }
    for pool in pools.everyOne { pool.jobs.close(cancelFutures: true) }
  }

  /// What to say to who would wait for ever.
  private var pauseError: ShellError {
    let names = pausedPools.filter { $0.jobs.queued > 0 }.map(\.name)
    let noun =
      names.count == 1 ? "pool \(names[0]) is" : "pools \(names.joined(separator: ", ")) are"
    return ShellError(
      "\(noun) paused, and nothing that runs could resume it", hint: "resume \(names.first ?? "")")
  }
}

extension Session {
  /// The ids of jobs that were skipped, and nobody has seen it.
  var unseenSkipped: IDSet {
    let candidates = futures.records(skipped.withLock { $0 })
    return IDSet(candidates.filter { $0.state == .skipped && !$0.isSeen }.map(\.id))
  }

  /// How often somebody who waits without an end looks whether it makes sense.
  var outlookInterval: Duration {
    let isHeldUp =
      mayBeHeldUp.load(ordering: .acquiring)
      && pools.everyOne.contains { $0.jobs.isPaused || $0.room?.isWaitedFor == true }
    return isHeldUp ? Self.gateInterval : .seconds(1)
  }

  /// Asked by who waits without an end at the session itself.
  ///
  /// Who waits for room in a queue that nobody takes from fails, the session too.
  ///
  /// - Returns: False if it has set something going.
  /// - Throws: `ShellError` if nothing that runs could resume a pool that holds jobs.
  func checkOutlook() throws -> Bool {
    if isStuckAtPause { throw pauseError }
    if isStuckAtQueue {
      giveUpWaitingForRoom()
      return false
    }
    return !breakDeadlocks()
  }
}
