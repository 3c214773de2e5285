public import Synchronization

/// For words of 64 bits: the standard library has no protocol over all widths, and the future's word has the
/// room, because what stands beside it is aligned to eight bytes anyhow.
extension Atomic
where Value: Equatable, Value.AtomicRepresentation == UInt64.AtomicRepresentation {
  /// Applies a pure transition to the value, atomically, and returns the transition's effect.
  ///
  /// This is to a state word what `Monitor.withLock` is to a guarded value. The transition may run several
  /// times, each time on a fresh copy, so it must have no side effects; only the run that won counts. If it
  /// changes nothing, nothing is stored, and what it saw was loaded with acquire semantics: who is told "too
  /// late, it is done" may read the outcome.
  ///
  /// - Complexity: O(1) unless other threads change the word at the same time; each retry means that one
  ///   of them got on.
  @inlinable @inline(__always)
  func update<Effect>(_ transition: (inout Value) -> Effect) -> Effect {
    var current = load(ordering: .acquiring)
    while true {
      var next = current
      let effect = transition(&next)
      if next == current { return effect }
      let (exchanged, original) = weakCompareExchange(
        expected: current, desired: next,
        successOrdering: .acquiringAndReleasing, failureOrdering: .acquiring)
      if exchanged { return effect }
      current = original
    }
  }
}
