import Synchronization

/// What all threads of a pool read and change: its word, and how many workers there may be.
///
/// One value, because what counts an item in is handed it without its pool: see `WorkQueue.append`.
struct PoolCounters: ~Copyable {
  let state = Atomic(ThreadPoolState())
  /// Changed under the tail's lock only, under which items are counted in too: so none is counted by an old limit.
  let limit: Atomic<Int>

  init(limit: Int) { self.limit = Atomic(limit) }
}

/// A pool whose limit changes while it works.
extension ThreadPoolCore {
  /// Allows more or fewer workers.
  ///
  /// A worker that asks for its next task may have read the old limit. If it takes a task by it, the rules hold all the
  /// same: somebody idle less and an item less. If it leaves, it calls `grow` after that, with the limit as it is then.
  func resize(to limit: Int) {
    let surplus = queue.whileNothingIsAppended {
      counters.limit.store(limit, ordering: .sequentiallyConsistent)
      return counters.state.update { $0.shrink(limit: limit) }
    }
    if surplus > 0 { parking.dismiss(sleepers: surplus) }
    grow()
  }

  /// Starts or wakes whoever is allowed and needed.
  func grow() {
    while true {
      let limit = counters.limit.load(ordering: .sequentiallyConsistent)
      let effect = counters.state.update { $0.grow(limit: limit) }
      if effect == .none { return }
      perform(effect)
    }
  }
}
