import CPlatform
import Glibc

/// Guards a value with a lock, and lets threads wait for the value to change.
///
/// The one lock of the package: a pthread mutex and a condition on the monotonic clock. Not
/// `Synchronization.Mutex`, which Thread Sanitizer cannot see into (false reports in 8 of 17 runs) and which
/// is 5 to 10 times slower when contended. Nothing may be called under the lock that is not known to be
/// short: no user code, no other lock.
///
/// `@unchecked Sendable`: `state` is touched only between lock and unlock.
@usableFromInline
package final class Monitor<State>: @unchecked Sendable {
  private struct Lock {
    var mutex = pthread_mutex_t()
    var condition = pthread_cond_t()
  }

  /// Mutex, condition and, behind them, the value in one block of their own: pthread needs a stable address, and
  /// two monitors that different threads hammer (the two ends of a queue) must not share a cache line.
  private let lock: UnsafeMutablePointer<Lock>

  /// Apart from the lock, so that `withLock` can be inlined into other modules without showing them pthread: called
  /// as generic code it took a fifth of what a line of a script costs.
  @usableFromInline let state: UnsafeMutablePointer<State>

  /// Creates a monitor around a value.
  ///
  /// - Parameters:
  ///   - state: The value to guard.
  ///   - spinning: Whether a thread that finds the lock taken looks up to 100 times before it sleeps. For
  ///     locks that are held for a few instructions only and contended all the time.
  @usableFromInline
  package init(_ state: sending State, spinning: Bool = false) {
    let alignment = MemoryLayout<State>.alignment
    let offset = (MemoryLayout<Lock>.size + alignment - 1) / alignment * alignment
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: offset + MemoryLayout<State>.size, alignment: max(128, alignment))
    lock = raw.initializeMemory(as: Lock.self, to: Lock())
    self.state = (raw + offset).initializeMemory(as: State.self, to: state)
    initializeMutex(spinning: spinning)
    initializeCondition()
  }

  deinit {
    check(pthread_cond_destroy(&lock.pointee.condition))
    check(pthread_mutex_destroy(&lock.pointee.mutex))
    state.deinitialize(count: 1)
    UnsafeMutableRawPointer(lock).deallocate()
  }

  private func initializeMutex(spinning: Bool) {
    var attributes = pthread_mutexattr_t()
    check(pthread_mutexattr_init(&attributes))
    if spinning { check(cplatform_mutexattr_set_adaptive(&attributes)) }
    check(pthread_mutex_init(&lock.pointee.mutex, &attributes))
    check(pthread_mutexattr_destroy(&attributes))
  }

  private func initializeCondition() {
    var attributes = pthread_condattr_t()
    check(pthread_condattr_init(&attributes))
    check(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC))
    check(pthread_cond_init(&lock.pointee.condition, &attributes))
    check(pthread_condattr_destroy(&attributes))
  }

  /// Runs `body` while holding the lock.
  ///
  /// Nobody is woken; see `wakeOne` and `wakeAll`.
  @inlinable @inline(__always)
  package func withLock<R, E: Error>(_ body: (inout State) throws(E) -> R) throws(E) -> R {
    acquire()
    defer { release() }
    return try body(&state.pointee)
  }

  /// Sleeps until `body` returns a value, which it is asked for under the lock after every wake-up.
  ///
  /// What `body` returns wins over a deadline that passes at the same time.
  ///
  /// - Returns: What `body` returned, or `nil` if the deadline passed while it still returned `nil`.
  package func wait<R>(until deadline: Deadline = .never, _ body: (inout State) -> R?) -> R? {
    acquire()
    defer { release() }
    while true {
      if let result = body(&state.pointee) { return result }
      guard var limit = deadline.moment else {
        check(pthread_cond_wait(&lock.pointee.condition, &lock.pointee.mutex))
        continue
      }
      let code = pthread_cond_timedwait(&lock.pointee.condition, &lock.pointee.mutex, &limit)
      if code == ETIMEDOUT { return body(&state.pointee) }
      check(code)
    }
  }

  @usableFromInline
  func acquire() { check(pthread_mutex_lock(&lock.pointee.mutex)) }

  @usableFromInline
  func release() { check(pthread_mutex_unlock(&lock.pointee.mutex)) }

  /// Wakes one of the threads in `wait`.
  ///
  /// Call it after the lock was given back: the woken thread needs it.
  package func wakeOne() { check(pthread_cond_signal(&lock.pointee.condition)) }

  /// Wakes all threads in `wait`.
  ///
  /// Call it after the lock was given back.
  package func wakeAll() { check(pthread_cond_broadcast(&lock.pointee.condition)) }
}

@inline(__always)
private func check(_ code: CInt, _ caller: StaticString = #function) {
  precondition(code == 0, "\(caller): pthread error \(code)")
}
