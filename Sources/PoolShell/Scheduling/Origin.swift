import ConcurrentFutures
import Synchronization

/// What a future was submitted as, for `retry`; kept until its task has finished, since then nobody tries it again.
///
/// The task's runner as it is, held by the future's `Progress`, which it holds itself: so somebody must drop it.
struct Origin: ~Copyable {
  private let reference = Atomic<Unmanaged<TaskRunner>?>(nil)

  /// Keeps the runner; before the task may begin.
  func keep(_ runner: TaskRunner) {
    reference.store(.passRetained(runner), ordering: .releasing)
  }

  /// The task has finished, or its future's record is gone.
  func drop() { reference.exchange(nil, ordering: .acquiringAndReleasing)?.release() }

  /// The runner, to be asked for only of a future that is done and has not finished.
  var runner: TaskRunner? { reference.load(ordering: .acquiring)?.takeUnretainedValue() }
}
