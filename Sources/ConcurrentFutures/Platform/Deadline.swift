import Glibc

/// A moment on the monotonic clock, or never.
///
/// Every blocking call turns its timeout into a deadline once, at its entry, and keeps it through spurious
/// wake-ups. The clock is `CLOCK_MONOTONIC`, the one that `Monitor` waits on: it is not set back by anybody
/// and stands still while the machine is suspended.
@usableFromInline
package struct Deadline: Sendable, Equatable {
  /// Nanoseconds on the monotonic clock; `nil` is never.
  package let nanoseconds: UInt64?

  /// No deadline: wait for ever.
  @usableFromInline package static let never = Deadline(nanoseconds: nil)

  /// A moment that has passed: only to look.
  package static let past = Deadline(nanoseconds: 0)

  /// A moment by its number; `nil` is never.
  package init(nanoseconds: UInt64?) {
    self.nanoseconds = nanoseconds
  }

  /// The moment `timeout` from now; `nil` is never, a negative timeout is now.
  ///
  /// A timeout beyond what the clock can hold (some 146 years) is clamped, where Python raises OverflowError
  /// (FU-10).
  @usableFromInline
  package init(after timeout: Duration?) {
    guard let timeout else {
      nanoseconds = nil
      return
    }
    nanoseconds = Self.now() &+ Self.nanoseconds(of: timeout)
  }

  /// Whichever comes first.
  package static func earlier(_ one: Deadline, _ other: Deadline) -> Deadline {
    Deadline(nanoseconds: [one.nanoseconds, other.nanoseconds].compactMap { $0 }.min())
  }

  /// Whether the moment is over.
  package var hasPassed: Bool {
    guard let nanoseconds else { return false }
    return Self.now() >= nanoseconds
  }

  /// How long it is until then, never negative; `nil` if it never comes.
  package var remaining: Duration? {
    guard let nanoseconds else { return nil }
    let now = Self.now()
    return nanoseconds > now ? .nanoseconds(Int64(clamping: nanoseconds - now)) : .zero
  }

  /// The monotonic clock, in nanoseconds.
  package static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// The moment as `pthread_cond_timedwait` wants it.
  var moment: timespec? {
    guard let nanoseconds else { return nil }
    return timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }

  /// A timeout as a number: none is negative, and some 146 years are the longest.
  package static func nanoseconds(of timeout: Duration) -> UInt64 {
    let (seconds, attoseconds) = timeout.components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < Int64.max / 2_000_000_000 else { return UInt64(Int64.max / 2) }
    return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }
}
