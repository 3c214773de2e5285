import Glibc

/// A value behind a pthread mutex, and a condition to wait for it to change: what the helpers are made of.
///
/// The library has its own, which is under test here. Thread Sanitizer understands both.
package final class Guarded<State>: @unchecked Sendable {
  private struct Storage {
    var mutex = pthread_mutex_t()
    var condition = pthread_cond_t()
    var state: State
  }

  private let storage: UnsafeMutablePointer<Storage>

  /// Creates a guard around a value.
  package init(_ state: sending State) {
    storage = .allocate(capacity: 1)
    storage.initialize(to: Storage(state: state))
    pthread_mutex_init(&storage.pointee.mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(&storage.pointee.condition, &attributes)
  }

  deinit {
    pthread_cond_destroy(&storage.pointee.condition)
    pthread_mutex_destroy(&storage.pointee.mutex)
    storage.deinitialize(count: 1)
    storage.deallocate()
  }

  /// Reads or changes the value, and wakes everybody who waits for a change.
  @discardableResult
  package func withLock<R>(_ body: (inout State) throws -> R) rethrows -> R {
    pthread_mutex_lock(&storage.pointee.mutex)
    defer {
      pthread_cond_broadcast(&storage.pointee.condition)
      pthread_mutex_unlock(&storage.pointee.mutex)
    }
    return try body(&storage.pointee.state)
  }

  /// Blocks until a condition holds.
  ///
  /// - Returns: False if it did not hold within the time.
  package func wait(_ timeout: Duration, until condition: (inout State) -> Bool) -> Bool {
    var limit = Self.moment(after: timeout)
    pthread_mutex_lock(&storage.pointee.mutex)
    defer { pthread_mutex_unlock(&storage.pointee.mutex) }
    while !condition(&storage.pointee.state) {
      let code = pthread_cond_timedwait(
        &storage.pointee.condition, &storage.pointee.mutex, &limit)
      if code == ETIMEDOUT { return condition(&storage.pointee.state) }
    }
    return true
  }

  private static func moment(after timeout: Duration) -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let nanoseconds = now.tv_nsec + Int(timeout.components.attoseconds / 1_000_000_000)
    return timespec(
      tv_sec: now.tv_sec + Int(timeout.components.seconds) + nanoseconds / 1_000_000_000,
      tv_nsec: nanoseconds % 1_000_000_000)
  }
}
