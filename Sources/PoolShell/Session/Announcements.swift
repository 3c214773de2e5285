import ConcurrentFutures
import Synchronization

/// The order of a future's line and its task: the line that tells the id comes first.
///
/// A task is queued before its line can be written, because only then it has been accepted. So a worker that is
/// quick finds a task whose line is on its way.
final class Announcements: Sendable {
  /// How many tasks sleep, or are about to.
  private let sleepers = Atomic(0)
  private let monitor = Monitor(())

  /// Lets a task begin whose line is written.
  func announce(_ record: FutureRecord) {
    record.progress.announced.store(true, ordering: .releasing)
    // Both sides change one word, so either this sees the sleeper or the sleeper sees what was announced.
    guard sleepers.add(0, ordering: .acquiringAndReleasing).newValue > 0 else { return }
    monitor.withLock { _ in }
    monitor.wakeAll()
  }

  /// Returns when the task's line is written.
  func wait(for progress: Progress) {
    if isAnnounced(progress, within: Self.looks) { return }
    sleepers.add(1, ordering: .acquiringAndReleasing)
    _ = monitor.wait { _ in progress.announced.load(ordering: .acquiring) ? true : nil }
    sleepers.subtract(1, ordering: .acquiringAndReleasing)
  }

  /// How often to look before sleeping, 1 to 3 µs.
  ///
  /// The line is mostly that near, and the worker would look for work all the same; sleeping and being woken costs both
  /// sides more. With it, and no wake where nobody sleeps, a submit costs 0.03 context switches instead of 0.05 to 0.25.
  private static let looks = 200

  private func isAnnounced(_ progress: Progress, within looks: Int) -> Bool {
    for _ in 0..<looks {
      if progress.announced.load(ordering: .acquiring) { return true }
      Processor.spinPause()
    }
    return false
  }
}
