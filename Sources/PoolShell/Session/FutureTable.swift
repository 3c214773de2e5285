import ConcurrentFutures

/// All futures of the session, by id.
///
/// Ids count from 1 and are never given twice.
final class FutureTable: Sendable {
  private struct State {
    /// Id n is at n - 1; `nil` while it is being submitted, or if the pool refused it.
    var records: [FutureRecord?] = []
    var labels: [String: [Int]] = [:]
    var failures = IDSet()
  }

  private let state = Monitor(State())
  /// Their ids, and the news of them.
  let group = FutureGroup()

  /// A new id.
  func reserve() -> Int {
    state.withLock { state in
      state.records.append(nil)
      return state.records.count
    }
  }

  /// Gives an id back that the pool refused, if it was the last one; else it stays unused.
  func giveBack(_ id: Int) {
    state.withLock { state in
      if state.records.count == id { state.records.removeLast() }
    }
  }

  func insert(_ record: FutureRecord) {
    state.withLock { state in
      state.records[record.id - 1] = record
      if let label = record.label { state.labels[label, default: []].append(record.id) }
    }
    record.forEachGroup { $0.add(record.id) }
  }

  subscript(id: Int) -> FutureRecord? {
    state.withLock { id >= 1 && id <= $0.records.count ? $0.records[id - 1] : nil }
  }

  /// The futures that have these ids.
  func records(_ ids: IDSet) -> [FutureRecord] {
    var records: [FutureRecord] = []
    records.reserveCapacity(ids.count)
    state.withLock { state in
      for id in ids { if let record = state.records[id - 1] { records.append(record) } }
    }
    return records
  }

  /// Gives the futures that have these ids to a function, outside of the lock.
  ///
  /// Some at a time: each is looked at while it is in the cache, and no list of 100,000 is made.
  func forEach(_ ids: IDSet, _ body: (FutureRecord) -> Void) {
    for range in ids.ranges {
      for start in stride(from: range.lowerBound, through: range.upperBound, by: 128) {
        let end = min(start + 127, range.upperBound)
        // A copy: a slice would have the next submit copy all records.
        let some = state.withLock { Array($0.records[(start - 1)..<end]) }
        for case let record? in some { body(record) }
      }
    }
  }

  /// The newest futures that pass, the newest first.
  ///
  /// - Parameters:
  ///   - count: At most so many.
  ///   - most: So many are looked at.
  ///   - passes: Called outside of the lock.
  /// - Returns: Those that pass.
  func newest(
    _ count: Int, of most: Int, where passes: (FutureRecord) -> Bool
  ) -> [FutureRecord] {
    let recent = state.withLock { Array($0.records.suffix(most)) }
    var records: [FutureRecord] = []
    for case let record? in recent.reversed() where passes(record) {
      records.append(record)
      if records.count == count { break }
    }
    return records
  }

  /// A task has failed, or is about to.
  func noteFailure(of id: Int) { state.withLock { _ = $0.failures.insert(id) } }

  /// The ids of the tasks that have failed.
  var failures: IDSet { state.withLock { $0.failures } }

  /// Notes that a `wait` has listed futures as done, with one note to the group of all.
  func markListed(_ ids: IDSet) {
    var changed: [Int] = []
    forEach(ids) { record in
      guard record.becomesListed() else { return }
      changed.append(record.id)
      record.forEachNarrowGroup { $0.note(record.id) }
    }
    group.note(all: changed)
  }

  /// Every future, in order of id.
  var all: [FutureRecord] { state.withLock { $0.records }.compactMap { $0 } }

  /// The futures whose ids come after one and that are not done.
  ///
  /// - Parameter id: Becomes the last id that there is.
  /// - Returns: Them, in order of id.
  func unfinished(after id: inout Int) -> [FutureRecord] {
    let (records, count) = state.withLock { state in
      (state.records[min(id, state.records.count)...].compactMap { $0 }, state.records.count)
    }
    id = count
    return records.filter { !$0.future.isDone }
  }

  var last: FutureRecord? { state.withLock { $0.records.last(where: { $0 != nil }) ?? nil } }

  func ids(labelled label: String) -> [Int]? { state.withLock { $0.labels[label] } }

  var labels: [String] { state.withLock { $0.labels.keys.sorted() } }
}
