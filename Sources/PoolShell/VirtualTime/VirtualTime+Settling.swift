import ConcurrentFutures

/// When the workers have come to rest: only then it is known who could go on, and nobody depends on chance.
extension VirtualTime {
  /// What is known at one time of everything that could be on its way.
  private struct Look: Equatable {
    var version: Int
    var pools: [ThreadPoolExecutor.Statistics]
  }

  /// Returns when every worker sleeps, or is known to run commands.
  ///
  /// A worker is busy from taking a job until it has told everybody of its end, and is known of while it runs commands in
  /// between; or its job's end is being told. So it is on its way if its pool counts one more as busy than are known of.
  /// A look takes a while, and what moves during it could be missed; but not twice, without a trace in the counts.
  func settle() {
    var former: Look?
    var restless = 0
    while true {
      let look = lookForRest()
      if look != nil, look == former { return }
      former = look
      if look != nil { continue }
      restless += 1
      // It is a matter of microseconds, unless the machine is busy with something else.
      if restless < 50 { Processor.yield() } else { HostProcess.pause(.microseconds(20)) }
    }
  }

  /// - Returns: `nil` if somebody is on his way.
  private func lookForRest() -> Look? {
    let (version, workers, isEnding) = registry.withLock {
      ($0.version, $0.workers, !$0.ending.isEmpty)
    }
    if isEnding { return nil }
    var look = Look(version: version, pools: [])
    for pool in pools.everyOne {
      let counts = pool.executor.statistics
      let known = workers[ObjectIdentifier(pool)] ?? TurnRegistry.Workers()
      guard rests(pool, counts, known) else { return nil }
      look.pools.append(counts)
    }
    return registry.withLock { $0.version } == version ? look : nil
  }

  private func rests(
    _ pool: PoolRecord, _ counts: ThreadPoolExecutor.Statistics, _ known: TurnRegistry.Workers
  ) -> Bool {
    // Its workers end, whatever they are counted as, and one of them fails what was queued.
    if known.isBreaking {
      let living = pool.executor.workerNames.count
      return counts.isBroken && living == known.running + known.initializing
    }
    if pool.hasInitializer, counts.startedThreads != known.begun { return false }
    guard counts.livingThreads - counts.idleThreads == known.running else { return false }
    // Who is idle takes what is queued, but for those who run the initializer; or ends, if there are too many or the
    // pool is closed.
    let isLeftAlone =
      counts.queued == 0 && !counts.isShutDown
      && counts.livingThreads <= pool.executor.maxWorkers
    return isLeftAlone || counts.idleThreads == known.initializing
  }
}
