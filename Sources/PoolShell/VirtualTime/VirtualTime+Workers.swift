import ConcurrentFutures

/// Which worker runs a job, as users see it: never by chance which thread has got it.
extension VirtualTime {
  /// The first worker that runs nothing, in order of starts.
  func freeWorker(in pool: PoolRecord) -> TurnRegistry.Worker? {
    let known = known(of: pool)
    let number = (0..<pool.executor.statistics.startedThreads).first { number in
      !known.used.contains(number) && (!pool.hasInitializer || known.ready.contains(number))
    }
    return number.map { TurnRegistry.Worker(number: $0, name: name($0, in: pool)) }
  }

  /// The workers of a pool that have not ended: those that run something, and the first of the others.
  func livingWorkers(of pool: PoolRecord) -> [String] {
    let (used, counts) = (known(of: pool).used, pool.executor.statistics)
    var others = counts.livingThreads - used.count
    return (0..<counts.startedThreads).filter { number in
      if used.contains(number) { return true }
      others -= 1
      return others >= 0
    }.map { name($0, in: pool) }
  }

  private func known(of pool: PoolRecord) -> TurnRegistry.Workers {
    registry.withLock { $0.workers[ObjectIdentifier(pool)] } ?? TurnRegistry.Workers()
  }

  private func name(_ number: Int, in pool: PoolRecord) -> String {
    "\(pool.executor.threadNamePrefix)_\(number)"
  }
}
