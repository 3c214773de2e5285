/// What is told of futures that have ended: a line for each, or one for many.
enum NoticeLines {
  /// How a future ended.
  struct End: Equatable {
    var id: Int
    /// Seconds on its worker.
    var ran: Double
    var task: String
    /// What went wrong; `nil` if nothing did.
    var failure: String?
    /// Why it was not run; `nil` if it was.
    var skipReason: String?
  }

  /// With more than so many at a time, they are told together.
  private static let mostSingly = 10
  /// So many failures are told singly all the same.
  private static let firstFailures = 3

  /// - Parameter ends: In order.
  /// - Returns: The lines.
  static func lines(_ ends: [End]) -> [Diagnostic] {
    guard ends.count > mostSingly else { return ends.map(line) }
    let skipped = ends.filter { $0.skipReason != nil }
    let failed = ends.filter { $0.failure != nil }
    let finished = ends.filter { $0.failure == nil && $0.skipReason == nil }
    return together(.finished, finished, singly: finished.count == 1 ? 1 : 0)
      + together(
        .failed, failed, singly: failed.count == firstFailures + 1 ? failed.count : firstFailures)
      + together(.skipped, skipped, singly: skipped.count == 1 ? 1 : 0)
  }

  private static func together(
    _ state: FutureRecord.State, _ ends: [End], singly count: Int
  ) -> [Diagnostic] {
    let lines = ends.prefix(count).map(line)
    let ids = IDSet(ends.dropFirst(count).map(\.id))
    if ids.isEmpty { return lines }
    var rest = Diagnostic.notice("\(state.rawValue): \(IdList.text(ids)) (\(ids.count))")
    rest.state = state
    return lines + [rest]
  }

  private static func line(_ end: End) -> Diagnostic {
    if let reason = end.skipReason {
      var line = Diagnostic.notice("skipped: \(reason)")
      line.id = end.id
      line.state = .skipped
      return line
    }
    var line = Diagnostic.notice(
      end.failure.map { "failed: \(reason($0))" }
        ?? "finished \(Durations.text(seconds: end.ran))  \(shortened(end.task))")
    line.id = end.id
    line.state = end.failure == nil ? .finished : .failed
    return line
  }

  /// So many characters of a task tell which it is; a block may have rows of them.
  private static let longestTask = 60

  private static func shortened(_ task: String) -> String {
    let beginning = firstLine(task).prefix(longestTask)
    return beginning.endIndex == task.endIndex ? task : beginning + " …"
  }

  /// A deadlock has been told in full, for all who are in it.
  private static func reason(_ failure: String) -> Substring {
    failure.hasPrefix("deadlock: ") ? "deadlock" : firstLine(failure)
  }

  private static func firstLine(_ text: String) -> Substring {
    text.prefix { !$0.isNewline }
  }
}

extension NoticeLines.End {
  /// The end of a future that is done and was not cancelled.
  init(_ record: FutureRecord) {
    let end = record.progress.endTime ?? 0
    self.init(id: record.id, ran: record.progress.ran(at: end), task: record.task)
    switch record.outcome {
    case .failed(let error): failure = error.line
    case .skipped(let reason): skipReason = reason
    case .finished, .cancelled: break
    }
  }
}
