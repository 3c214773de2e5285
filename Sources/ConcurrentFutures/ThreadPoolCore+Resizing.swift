import Synchronization

/// What all threads of a pool read and change: its word, and how many workers there may be.
///
/// One value, because what counts an item in is handed it without its pool: see `WorkQueue.append`.
struct PoolCounters: ~Copyable {
  let state = Atomic(ThreadPoolState())
  let limit: Atomic<Int>

  init(limit: Int) { self.limit = Atomic(limit) }
}

/// A pool whose limit changes while it works.
extension ThreadPoolCore {
  /// Allows more or fewer workers.
  ///
  /// Who takes an item, or leaves, does so by the limit that it reads under the head's lock, and who counts one in by the
  /// one under the tail's. This goes through both locks, one after the other: so whoever went by the old limit is done
  /// when `shrink` and `grow` look.
  func resize(to limit: Int) {
    queue.whileNothingIsTaken { counters.limit.store(limit, ordering: .sequentiallyConsistent) }
    let surplus = queue.whileNothingIsAppended {
      let limit = self.limit  // somebody else may have changed it since
      return counters.state.update { $0.shrink(limit: limit) }
    }
    if surplus > 0 { parking.dismiss(sleepers: surplus) }
    grow()
  }

  /// Starts or wakes whoever is allowed and needed.
  func grow() {
    while true {
      let limit = limit
      let effect = counters.state.update { $0.grow(limit: limit) }
      if effect == .none { return }
      perform(effect)
    }
  }
}
