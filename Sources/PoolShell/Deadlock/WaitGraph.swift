import ConcurrentFutures
import Synchronization

/// Who waits without an end on the workers, and for what.
///
/// A wait is here from before it may block until after, so a thread that is not here can go on, sooner or later.
final class WaitGraph: Sendable {
  private struct State {
    var waits: [ObjectIdentifier: EndlessWait] = [:]
    /// The ids of the futures whose tasks wait.
    var tasks: Set<Int> = []
    /// How many workers of each pool wait.
    var counts: [ObjectIdentifier: Int] = [:]
    /// Why waits that are in vain end.
    var verdicts: [ObjectIdentifier: ShellError] = [:]
  }

  private let state = Monitor(State())
  private let count = Atomic(0)

  /// Whether nobody waits; without the lock.
  var isEmpty: Bool { count.load(ordering: .acquiring) == 0 }

  func begin(_ wait: EndlessWait) {
    count.add(1, ordering: .sequentiallyConsistent)
    state.withLock { state in
      state.waits[ObjectIdentifier(wait)] = wait
      if wait.place.task != 0 { state.tasks.insert(wait.place.task) }
      state.counts[ObjectIdentifier(wait.place.pool), default: 0] += 1
    }
  }

  /// The wait is over.
  ///
  /// - Returns: The deadlock that it was part of.
  func end(_ wait: EndlessWait) -> ShellError? {
    count.subtract(1, ordering: .sequentiallyConsistent)
    let (id, pool) = (ObjectIdentifier(wait), ObjectIdentifier(wait.place.pool))
    return state.withLock { state in
      state.waits[id] = nil
      state.tasks.remove(wait.place.task)
      let count = state.counts[pool, default: 1] - 1
      state.counts[pool] = count == 0 ? nil : count
      return state.verdicts.removeValue(forKey: id)
    }
  }

  /// Every wait that nobody has said is in vain.
  var waits: [EndlessWait] {
    guard !isEmpty else { return [] }
    return state.withLock { state in
      state.waits.filter { state.verdicts[$0.key] == nil }.map(\.value)
    }
  }

  /// The futures for which the task of one waits without an end.
  func futures(ofTask id: Int, in futures: FutureTable) -> IDSet {
    let wait = waits.first { $0.place.task == id && $0.place.role == .task }
    return IDSet((wait?.awaited.unfinished(in: futures) ?? []).map(\.id))
  }

  func isInVain(_ wait: EndlessWait) -> Bool {
    state.withLock { $0.verdicts[ObjectIdentifier(wait)] != nil }
  }

  /// Ends waits that are in vain, unless one of them is over by now.
  ///
  /// All are told why before the first is woken: so none takes the failure of another for what it has waited for.
  ///
  /// - Returns: False if one of them is over, or was ended by somebody else; then nothing has changed.
  func end(_ waits: [EndlessWait], with error: ShellError) -> Bool {
    let ids = waits.map(ObjectIdentifier.init)
    return state.withLock { state in
      guard ids.allSatisfy({ state.waits[$0] != nil && state.verdicts[$0] == nil }) else {
        return false
      }
      for id in ids { state.verdicts[id] = error }
      return true
    }
  }

  // MARK: The first look

  /// Whether a wait that begins may be in vain, as far as a look at its own futures tells.
  ///
  /// Mostly the first one that is looked at can go on, and that is all that the search for deadlocks costs.
  func mayBeInVain(_ wait: EndlessWait, in futures: FutureTable) -> Bool {
    switch wait.awaited {
    case .any(let records): records.reversed().allSatisfy(isHopeless)
    case .anyOf(let ids):
      ids.ranges.reversed().allSatisfy { range in
        range.reversed().allSatisfy { futures[$0].map(isHopeless) ?? true }
      }
    case .all(let records): records.contains { !$0.future.isDone && isHopeless($0) }
    case .room(let pool): isFull(pool)
    case .end: true
    }
  }

  private func isHopeless(_ record: FutureRecord) -> Bool {
    if record.future.isDone { return true }
    if record.future.isRunning { return state.withLock { $0.tasks.contains(record.id) } }
    return record.schedule?.causes.isEmpty == false || isFull(record.pool)
  }

  /// Whether all workers that a pool may have wait.
  private func isFull(_ pool: PoolRecord) -> Bool {
    let waiting = state.withLock { $0.counts[ObjectIdentifier(pool)] ?? 0 }
    return waiting >= max(pool.executor.maxWorkers, pool.executor.statistics.livingThreads)
  }
}
