import ConcurrentFutures

/// Finds waits on workers that nothing can end.
///
/// A future is out of reach if its task waits in vain, or if it is queued in a pool all of whose workers do. A wait is
/// in vain if what it needs is out of reach. The search begins with all waits and takes away those that can be ended,
/// until none is left or none can be taken away.
///
/// It is exact, though it looks at what others may change: each of these threads was in its wait before the search
/// began, and who acts on the result makes sure that each still is. Meanwhile nobody but these threads could have
/// ended what was found out of reach, unless somebody cancels, kills, resizes or resumes: that is no end of its own.
struct DeadlockSearch {
  private let futures: FutureTable
  /// Those that may be in vain, in the order of their futures.
  private var waits: [EndlessWait]
  private var byTask: [Int: EndlessWait] = [:]
  private var byPool: [ObjectIdentifier: [EndlessWait]] = [:]
  /// What was found of pools since a wait was last taken away.
  private var stuckPools: [ObjectIdentifier: Bool] = [:]
  /// The same of futures that begin after others.
  private var dependents: [Int: Bool] = [:]

  init(_ waits: [EndlessWait], _ futures: FutureTable) {
    self.futures = futures
    self.waits = waits.sorted { $0.place.task < $1.place.task }
    index()
  }

  private mutating func index() {
    byTask = [:]
    byPool = [:]
    stuckPools = [:]
    dependents = [:]
    for wait in waits {
      if wait.place.task != 0 { byTask[wait.place.task] = wait }
      byPool[ObjectIdentifier(wait.place.pool), default: []].append(wait)
    }
  }

  /// Waits that only each other could end, and that depend on no others.
  mutating func run() -> Deadlock? {
    while !waits.isEmpty {
      let left = waits.filter { isInVain($0) }
      let isStable = left.count == waits.count
      waits = left
      if isStable { return innermost() }
      index()
    }
    return nil
  }

  // MARK: Who waits in vain

  private mutating func isInVain(_ wait: EndlessWait) -> Bool {
    guard wait.isStillBlocked() else { return false }
    switch wait.awaited {
    case .any, .anyOf:
      let records = wait.awaited.unfinished(in: futures)
      return !records.isEmpty && records.allSatisfy { isOutOfReach($0) }
    case .all: return wait.awaited.unfinished(in: futures).contains { isOutOfReach($0) }
    case .room(let pool): return isStuck(pool)
    case .end(let pool): return byPool[ObjectIdentifier(pool)] != nil
    }
  }

  private mutating func isOutOfReach(_ record: FutureRecord) -> Bool {
    if record.future.isDone { return false }
    if record.future.isRunning { return byTask[record.id] != nil }
    return record.hasCauses ? isDependentOutOfReach(record) : isStuck(record.pool)
  }

  /// Whether no worker of a pool can take anything from its queue, and none can be started.
  private mutating func isStuck(_ pool: PoolRecord) -> Bool {
    let id = ObjectIdentifier(pool)
    if let known = stuckPools[id] { return known }
    let statistics = pool.executor.statistics
    let isStuck =
      statistics.livingThreads == byPool[id]?.count ?? 0
      && statistics.livingThreads >= pool.executor.maxWorkers
      && !statistics.isBroken && !pool.jobs.isPaused
    stuckPools[id] = isStuck
    return isStuck
  }

  // MARK: Futures that begin after others

  /// It ends by being run, or by being skipped: the latter if one of those that it is after does not finish.
  private mutating func isDependentOutOfReach(_ record: FutureRecord) -> Bool {
    // The oldest first, each once: they may be a chain of 100,000.
    for one in chain(of: record) where dependents[one.id] == nil {
      var mayBeSkipped = false
      var isHeldUp = false
      for cause in one.schedule?.causes ?? [] {
        guard let other = futures[cause.id] else { continue }
        let isOut = dependents[cause.id] ?? isOutOfReach(other)
        if isOut { isHeldUp = true }
        if cause.mustFinish, !isOut, other.state != .finished { mayBeSkipped = true }
      }
      dependents[one.id] = !mayBeSkipped && (isHeldUp || isStuck(one.pool))
    }
    return dependents[record.id] ?? false
  }

  /// Those that it is after that are pending for the same reason, and itself, in order of id.
  private func chain(of record: FutureRecord) -> [FutureRecord] {
    var found = [record.id: record]
    var queue = [record]
    while let one = queue.popLast() {
      for cause in one.schedule?.causes ?? [] where found[cause.id] == nil {
        guard let other = futures[cause.id], other.hasCauses, other.state == .pending else {
          continue
        }
        found[other.id] = other
        queue.append(other)
      }
    }
    return found.values.sorted { $0.id < $1.id }
  }

  // MARK: Which of them are the deadlock

  /// Of all that wait in vain those that the others lead to: these can go on once those have failed.
  private mutating func innermost() -> Deadlock? {
    guard let first = waits.first else { return nil }
    var graph = NeedGraph<ObjectIdentifier>()
    var targets: [ObjectIdentifier: [Deadlock.Target]] = [:]
    for (pool, waits) in byPool { graph.add(pool, needs: waits.map(ObjectIdentifier.init)) }
    for wait in waits {
      let needed = self.targets(of: wait)
      targets[ObjectIdentifier(wait)] = needed
      graph.add(ObjectIdentifier(wait), needs: needed.compactMap { node(of: $0.last) })
    }
    let inner = graph.innermost(from: ObjectIdentifier(first))
    let members = waits.filter { inner.contains(ObjectIdentifier($0)) }
    return Deadlock(
      members.map {
        Deadlock.Member(place: $0.place, targets: targets[ObjectIdentifier($0)] ?? [])
      }, members)
  }

  private func node(of target: Deadlock.Target) -> ObjectIdentifier? {
    switch target {
    case .running(let id): byTask[id].map(ObjectIdentifier.init)
    case .queued(_, let pool), .room(let pool), .end(let pool): ObjectIdentifier(pool)
    case .after: nil
    }
  }

  /// What a wait needs and that is out of reach.
  private mutating func targets(of wait: EndlessWait) -> [Deadlock.Target] {
    switch wait.awaited {
    case .room(let pool): [.room(pool)]
    case .end(let pool): [.end(pool)]
    case .any, .anyOf, .all:
      wait.awaited.unfinished(in: futures).filter { isOutOfReach($0) }.map { target($0) }
    }
  }

  /// Follows a chain of futures to the one that holds up all.
  private mutating func target(_ record: FutureRecord) -> Deadlock.Target {
    var ids: [Int] = []
    var record = record
    while true {
      if record.future.isRunning { break }
      let cause = (record.schedule?.causes ?? []).lazy.compactMap { [futures] in futures[$0.id] }
        .first { isOutOfReach($0) }
      guard let cause else { break }
      ids.append(record.id)
      record = cause
    }
    let last =
      record.future.isRunning
      ? Deadlock.Target.running(record.id) : .queued(record.id, record.pool)
    return ids.reversed().reduce(last) { .after($1, $0) }
  }
}

extension FutureRecord {
  /// Whether it was to begin after others.
  fileprivate var hasCauses: Bool { schedule?.causes.isEmpty == false }
}
