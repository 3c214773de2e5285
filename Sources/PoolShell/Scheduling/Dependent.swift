import ConcurrentFutures
import Synchronization

/// A job that waits for other futures before it comes into its pool's queue.
///
/// It holds no worker meanwhile: the end of each of the others is what sets it going.
///
/// ```
/// waiting ─the last of them is done─▶ queued
///    ├─one of them that had to did not finish─▶ skipped
///    └─cancel, shutdown --cancel-futures─▶ cancelled
/// ```
final class Dependent: Sendable {
  let id: Int
  let future: Future<Value>
  private let schedule: Schedule
  private let jobs: JobQueue
  private let remaining: Atomic<Int>

  init(id: Int, future: Future<Value>, schedule: Schedule, jobs: JobQueue) {
    self.id = id
    self.future = future
    self.schedule = schedule
    self.jobs = jobs
    remaining = Atomic(schedule.causes.count)
  }

  /// Begins to wait; its queue knows of it already.
  func begin(in session: Session) {
    // Skipped or cancelled, it is no longer waited for.
    future.addDoneCallback { [self] _ in jobs.waitsNoMore(self) }
    for cause in schedule.causes {
      guard let record = session.futures[cause.id] else {
        ended(cause, nil, in: session)
        continue
      }
      record.future.addDoneCallback { [weak session, self] _ in
        guard let session else { return }
        session.trampoline.perform { self.ended(cause, record, in: session) }
      }
    }
  }

  private func ended(_ cause: Schedule.Cause, _ record: FutureRecord?, in session: Session) {
    // Before it is counted: who counts the last one would queue it.
    if cause.mustFinish, let reason = record?.skipReason {
      session.skipped.withLock { _ = $0.insert(id) }
      future.failDeferred(Skip(reason: reason))
    }
    guard remaining.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
    jobs.isReady(self, priority: schedule.priority)
    session.breakDeadlocks()
  }
}
