import ConcurrentFutures
import Synchronization

/// Who gets the turn next; on the session's thread.
extension VirtualTime {
  /// Gives the turn to others until it is the session's again; on the session's thread.
  func giveTurns(until deadline: UInt64?, while isBlocked: () -> Bool) -> Awakening {
    registry.withLock { $0.holder = nil }
    defer { registry.withLock { $0.holder = TurnRegistry.session } }
    while true {
      settle()
      // Ctrl-C comes when it comes, and then at once.
      if interrupt.hasBeenFired, !isBlocked() { return comesToNews() }
      if let ready = firstReady() {
        give(to: ready, .news)
      } else if !isBlocked() {
        return comesToNews()
      } else if let next = registry.withLock({ $0.nextDue(before: deadline) }) {
        advance(to: next.standing?.deadline ?? 0)
        give(to: next, .timeIsUp)
      } else if let deadline {
        advance(to: deadline)
        return .timeIsUp
      } else {
        return findsNoHope(while: isBlocked)
      }
    }
  }

  /// Who of those that can go on comes first.
  func firstReady() -> TurnRegistry.Mover? {
    let count = Self.stirs.load(ordering: .acquiring)
    let isStirred = stirsSeen.load(ordering: .relaxed) != count
    var first: TurnRegistry.Mover?
    for mover in registry.withLock({ $0.toBeAsked(withSleepers: isStirred) }) {
      if let first, first.order < mover.order { continue }
      if mover.standing?.isBlocked() == false { first = mover }
    }
    // Several may be stirred up, and go on one after the other.
    if first == nil { stirsSeen.store(count, ordering: .relaxed) }
    return first
  }

  private func advance(to deadline: UInt64) {
    hopelessLooks.store(0, ordering: .relaxed)
    moment.store(max(now, deadline), ordering: .releasing)
  }

  private func give(to mover: TurnRegistry.Mover, _ awakening: Awakening) {
    hopelessLooks.store(0, ordering: .relaxed)
    let worker = mover.role == .task && !mover.hasName ? mover.pool.flatMap(freeWorker) : nil
    registry.withLock { $0.give(to: mover.thread, as: worker) }
    mover.bed.withLock { $0 = awakening }
    mover.bed.wakeOne()
    _ = registry.wait { $0.holder == nil ? true : nil }
  }

  private func comesToNews() -> Awakening {
    hopelessLooks.store(0, ordering: .relaxed)
    return .news
  }

  /// Whether whoever was told that nobody can go on has not been able to change it.
  var isHopeless: Bool { hopelessLooks.load(ordering: .relaxed) > 1 }

  /// Nobody can go on: told at once, and then again now and then, for somebody outside may still do something.
  private func findsNoHope(while isBlocked: () -> Bool) -> Awakening {
    if hopelessLooks.add(1, ordering: .relaxed).oldValue > 0 {
      HostProcess.pause(.milliseconds(20))
      if !isBlocked() { return comesToNews() }
    }
    return .stuck
  }
}
