package import ChildProcess
import ConcurrentFutures

/// One run of a job: when it was, and how it ended.
package struct Attempt: Sendable {
  /// On the monotonic clock, in nanoseconds.
  package var start: UInt64
  /// The same; `nil` while it runs.
  package var end: UInt64?
  /// How the last program that it has run ended; `nil` if it has run none.
  package var status: ExitStatus?
  /// Why it failed; `nil` if it did not, or still runs.
  package var error: String?
  /// How much its programs have written to standard output.
  package var bytesWritten = 0
}
