/// How long a test waits for something that ought to happen at once: long enough for a loaded machine, short
/// enough that a bug is a message and not a hang.
package let patience: Duration = .seconds(30)

/// What is left of somebody's patience, who looks again and again.
package struct Patience {
  /// So much at most passes between two looks: more is a machine that is busy, or stands still.
  private static let longestPause: Duration = .milliseconds(200)

  private var remaining: Duration
  private var lastLook = ContinuousClock.now

  package init(_ limit: Duration) { remaining = limit }

  /// Counts the time since the last look.
  ///
  /// - Returns: Whether there is some left.
  package mutating func look() -> Bool {
    let now = ContinuousClock.now
    remaining -= min(now - lastLook, Self.longestPause)
    lastLook = now
    return remaining > .zero
  }
}

/// What did not happen in time.
package struct OutOfPatience: Error, CustomStringConvertible {
  /// What was waited for.
  package let description: String

  /// Creates the error.
  package init(_ description: String) { self.description = "waited in vain: \(description)" }
}
