import ConcurrentFutures

/// Which worker runs a job, as users see it: never by chance which thread has got it.
extension VirtualTime {
  /// The first worker that runs nothing, in order of starts.
  func freeWorker(in pool: PoolRecord) -> String? {
    let (used, known) = look(at: pool)
    return names(of: pool).first { !used.contains($0) && isReady($0, pool, known) }
  }

  /// The workers of a pool that have not ended: those that run something, and the first of the others.
  func livingWorkers(of pool: PoolRecord) -> [String] {
    let (used, _) = look(at: pool)
    var others = pool.executor.statistics.livingThreads - used.count
    return names(of: pool).filter { name in
      if used.contains(name) { return true }
      others -= 1
      return others >= 0
    }
  }

  private func look(at pool: PoolRecord) -> (used: Set<String>, known: TurnRegistry.Workers?) {
    let id = ObjectIdentifier(pool)
    return registry.withLock { ($0.namesInUse(in: id), $0.workers[id]) }
  }

  /// Those that were ever started.
  private func names(of pool: PoolRecord) -> some Sequence<String> {
    let prefix = pool.executor.threadNamePrefix
    return (0..<pool.executor.statistics.startedThreads).lazy.map { "\(prefix)_\($0)" }
  }

  private func isReady(
    _ name: String, _ pool: PoolRecord, _ known: TurnRegistry.Workers?
  ) -> Bool {
    !pool.hasInitializer || known?.ready.contains(name) == true
  }
}
