import ConcurrentFutures

/// What a job waits for, and what it overtakes: beside its pool's queue.
///
/// Few jobs have one, so it is one reference in all that is kept of a job.
final class Schedule: Sendable {
  /// A future that must be done before the job begins.
  struct Cause: Sendable {
    let id: Int
    /// Whether it must have finished; otherwise the job is skipped.
    let mustFinish: Bool
  }

  /// In order of id.
  let causes: [Cause]
  /// Of the jobs that wait for a worker the highest begins first.
  let priority: Int

  init(causes: [Cause] = [], priority: Int = 0) {
    self.causes = causes
    self.priority = priority
  }
}

/// Why a job's task was never run: the error of its future, whose state is `skipped`.
struct Skip: Error {
  /// The future that is to blame, and how it ended: `[3] failed: boom`.
  let reason: String
}

extension FutureRecord {
  /// How this future keeps those from running that needed it to finish; `nil` if it does not.
  ///
  /// Who was skipped passes on why: the reason names the future where it began.
  var skipReason: String? {
    switch outcome {
    case .finished: nil
    case .failed(let error): "[\(id)] failed: \(error.message.prefix { !$0.isNewline })"
    case .cancelled: "[\(id)] cancelled"
    case .skipped(let reason): reason
    }
  }

  /// The futures that it must wait for and that are not done, in order of id.
  func waitsFor(in futures: FutureTable) -> IDSet {
    guard let schedule, state == .pending else { return IDSet() }
    return IDSet(schedule.causes.map(\.id).filter { futures[$0]?.future.isDone == false })
  }
}
