import ConcurrentFutures

/// How far futures that are waited for are.
///
/// Each is asked until it is done, and then never again. Belongs to one thread.
final class ProgressCount {
  /// Those that were not done at the last look.
  private var unfinished: [FutureRecord] = []
  private var done = 0
  private var failed = 0
  private var running = 0
  private var longest: FutureRecord?
  /// Those whose tasks have ended since the wait began: what the estimate is made of.
  private var endedMeanwhile = 0
  /// At so many those that are done are dropped.
  private var mostUnfinished = leastUnfinished
  private static let leastUnfinished = 4096
  /// Whether more will be added.
  var isGrowing = false
  /// Whether it will be over when all are done, so that the time can be estimated.
  private let isForAll: Bool
  /// Whether the rest was told to end: how it went until then says nothing about that.
  private let isStopped: () -> Bool
  /// Asked for more futures before each look.
  private let news: () -> [FutureRecord]

  /// - Parameters:
  ///   - records: What is waited for.
  ///   - done: How many others of it are done already.
  ///   - failed: How many of these have failed.
  ///   - isForAll: Whether all of them are waited for, not one.
  ///   - isStopped: Whether what is not done was told to end.
  ///   - news: Gives those that have come to it since the last call.
  init(
    _ records: [FutureRecord] = [], done: Int = 0, failed: Int = 0, isForAll: Bool = true,
    isStopped: @escaping () -> Bool = { false }, news: @escaping () -> [FutureRecord] = { [] }
  ) {
    self.isStopped = isStopped
    unfinished = records
    self.done = done
    self.failed = failed
    self.isForAll = isForAll
    self.news = news
  }

  /// The futures of a bare command.
  convenience init(_ round: Backlog.Round, in futures: FutureTable, isForAll: Bool = true) {
    self.init(
      futures.records(round.notDone), done: round.done.count,
      failed: futures.failures.count { round.done.contains($0) }, isForAll: isForAll)
  }

  /// Adds one that began after the wait did.
  func add(_ record: FutureRecord) {
    unfinished.append(record)
    guard unfinished.count >= mostUnfinished else { return }
    // Nobody looks for a second: a quick map would keep all that it has shown.
    unfinished.removeAll { record in
      if record.future.isDone { settle(record, since: 0) }
      return record.future.isDone
    }
    mostUnfinished = max(Self.leastUnfinished, 2 * unfinished.count)
  }

  /// Counts.
  ///
  /// - Parameter begun: When the wait began, on the monotonic clock in nanoseconds.
  /// - Returns: The numbers.
  /// - Complexity: O(n) in the number of futures that were not done at the last look.
  func look(since begun: UInt64) -> ProgressLine.Futures {
    unfinished += news()
    (running, longest) = (0, nil)
    var earliest = UInt64.max
    unfinished.removeAll { record in
      if record.future.isDone {
        settle(record, since: begun)
        return true
      }
      guard record.future.isRunning else { return false }
      running += 1
      if let start = record.progress.start?.time, start < earliest {
        (earliest, longest) = (start, record)
      }
      return false
    }
    return ProgressLine.Futures(
      done: done, total: isGrowing ? nil : done + unfinished.count, running: running,
      failed: failed, left: left(since: begun), longest: longest.map { "[\($0.id)] \($0.task)" })
  }

  /// Asks the future itself: the record would tell the groups, which nobody has asked for.
  private func settle(_ record: FutureRecord, since begun: UInt64) {
    done += 1
    if !record.future.isCancelled, record.future.failure != nil { failed += 1 }
    if let ended = record.progress.endTime, ended >= begun { endedMeanwhile += 1 }
  }

  private func left(since begun: UInt64) -> Duration? {
    guard isForAll, !isGrowing, !isStopped() else { return nil }
    return Self.estimate(
      ended: endedMeanwhile, unfinished: unfinished.count,
      elapsed: .nanoseconds(Int64(clamping: Deadline.now() &- begun)))
  }

  /// How long the rest will take if it goes on as it has gone; `nil` if nothing has ended yet.
  static func estimate(ended: Int, unfinished: Int, elapsed: Duration) -> Duration? {
    ended == 0 ? nil : elapsed * (Double(unfinished) / Double(ended))
  }
}

extension Future {
  /// What its task threw; `nil` if it is not done, or was cancelled or skipped.
  fileprivate var failure: (any Error)? {
    guard let failure = try? exception(timeout: .zero), !(failure is Skip) else { return nil }
    return failure
  }
}
