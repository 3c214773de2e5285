import ConcurrentFutures

/// Runs what a future's end leads to: one thing after the other, however many follow from each other.
///
/// A job that is skipped skips those that wait for it, and these others: called from within each other, a chain of
/// 100,000 would need a stack of that depth.
final class Trampoline: Sendable {
  /// What is still to be done on each thread that is at it.
  private let queues = Monitor<[UInt: [@Sendable () -> Void]]>([:])

  /// Runs an action on this thread: at once, or after the one that is under way there.
  func perform(_ action: @escaping @Sendable () -> Void) {
    let thread = HostProcess.threadNumber
    let isUnderWay = queues.withLock { queues in
      if queues[thread]?.append(action) != nil { return true }
      queues[thread] = []
      return false
    }
    if isUnderWay { return }
    action()
    while let actions = takeAll(of: thread) { for action in actions { action() } }
  }

  private func takeAll(of thread: UInt) -> [@Sendable () -> Void]? {
    queues.withLock { queues in
      guard let actions = queues[thread], !actions.isEmpty else {
        queues[thread] = nil
        return nil
      }
      queues[thread] = []
      return actions
    }
  }
}
