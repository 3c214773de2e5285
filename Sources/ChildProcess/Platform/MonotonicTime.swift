import ConcurrentFutures

/// A moment on the monotonic clock (`CLOCK_MONOTONIC`), which nobody sets back.
struct MonotonicTime: Comparable, Sendable {
  /// Since some fixed moment.
  let nanoseconds: Int64

  static func now() -> MonotonicTime {
    MonotonicTime(nanoseconds: Int64(Deadline.now()))
  }

  static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The moment `duration` later; the same moment if it is negative, clamped if beyond the clock's
  /// range.
  func advanced(by duration: Duration) -> MonotonicTime {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else { return self }
    let (product, tooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !tooLarge else { return MonotonicTime(nanoseconds: .max) }
    let (sum, overflow) = nanoseconds.addingReportingOverflow(product)
    let (moment, again) = sum.addingReportingOverflow(attoseconds / 1_000_000_000)
    return MonotonicTime(nanoseconds: overflow || again ? .max : moment)
  }

  /// How long it is from `now` until then as `poll` wants it: milliseconds, rounded up, 0 if it is
  /// over.
  ///
  /// Rounded up, for otherwise the last millisecond would be spent in a busy loop. A very distant
  /// moment gives the largest timeout `poll` knows, some 24 days; the caller looks at the clock
  /// again then.
  func pollTimeout(from now: MonotonicTime) -> Int32 {
    guard self > now else { return 0 }
    let remaining = nanoseconds - now.nanoseconds
    return Int32(clamping: (remaining - 1) / 1_000_000 + 1)
  }
}
