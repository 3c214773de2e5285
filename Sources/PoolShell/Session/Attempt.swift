package import ChildProcess
import ConcurrentFutures

/// One run of a job: when it was, and how it ended.
package struct Attempt: Sendable {
  /// On the monotonic clock, in nanoseconds.
  package var start: UInt64
  /// The same; `nil` while it runs.
  package var end: UInt64?
  /// When it was looked at, if it ran then.
  package var lookedAt: UInt64?
  /// How the last program that it has run ended; `nil` if it has run none.
  package var status: ExitStatus?
  /// Why it failed; `nil` if it did not, or still runs.
  package var error: String?
  /// How much its programs have written to standard output.
  package var bytesWritten = 0

  /// Seconds from its start to its end, or until now.
  package var ran: Double {
    let end = end ?? lookedAt ?? Deadline.now()
    return end > start ? Double(end - start) / 1e9 : 0
  }
}

extension FutureRecord {
  /// Every run of the job, in order; none before it has begun.
  var attempts: [Attempt] {
    if let attempts = progress.job?.attempts, !attempts.isEmpty { return attempts }
    guard let start = progress.start else { return [] }
    // One that was never to be repeated: what there is to say of it stands elsewhere.
    var attempt = progress.job?.current ?? Attempt(start: start.time)
    attempt.start = start.time
    guard isDone else { return [attempt] }
    attempt.end = progress.endTime
    if case .failed(let error) = outcome { attempt.error = error.message }
    return [attempt]
  }
}
