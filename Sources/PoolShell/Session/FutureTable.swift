import ConcurrentFutures

/// All futures of the session, by id.
///
/// Ids count from 1 and are never given twice.
final class FutureTable: Sendable {
  private struct State {
    var store = RecordStore()
    var labels: [String: IDSet] = [:]
    var failures = IDSet()
    /// Of each `map` that has given records up.
    var forgotten: [ForgottenItems] = []
  }

  private let state = Monitor(State())
  /// Their ids, and the news of them.
  let group = FutureGroup()

  /// A new id.
  func reserve() -> Int { state.withLock { $0.store.reserve() } }

  /// Gives an id back that the pool refused, if it was the last one; else it stays unused.
  func giveBack(_ id: Int) { state.withLock { $0.store.giveBack(id) } }

  func insert(_ record: FutureRecord) {
    state.withLock { state in
      state.store.insert(record)
      if let label = record.label { state.labels[label, default: IDSet()].insert(record.id) }
    }
    record.forEachGroup { $0.add(record.id) }
  }

  /// The future that has this id; `nil` also if it is forgotten.
  subscript(id: Int) -> FutureRecord? { state.withLock { $0.store[id] } }

  /// The futures that have these ids.
  func records(_ ids: IDSet) -> [FutureRecord] {
    state.withLock { state in ids.ranges.flatMap(state.store.records) }
  }

  /// Gives the futures that have these ids to a function, outside of the lock.
  ///
  /// Some at a time: each is looked at while it is in the cache, and no list of 100,000 is made.
  func forEach(_ ids: IDSet, _ body: (FutureRecord) -> Void) {
    for range in ids.ranges {
      for start in stride(from: range.lowerBound, through: range.upperBound, by: 128) {
        let end = min(start + 127, range.upperBound)
        for record in state.withLock({ $0.store.records(start...end) }) { body(record) }
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
    let recent = state.withLock { state in
      state.store.records(max(1, state.store.count - most + 1)...max(1, state.store.count))
    }
    var records: [FutureRecord] = []
    for record in recent.reversed() where passes(record) {
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
  var all: [FutureRecord] { state.withLock { $0.store.records(1...max(1, $0.store.count)) } }

  /// The futures whose ids come after one and that are not done.
  ///
  /// - Parameter id: Becomes the last id that there is.
  /// - Returns: Them, in order of id.
  func unfinished(after id: inout Int) -> [FutureRecord] {
    let first = id + 1
    let (records, count) = state.withLock { state in
      (state.store.records(first...max(first, state.store.count)), state.store.count)
    }
    id = count
    return records.filter { !$0.future.isDone }
  }

  var last: FutureRecord? { state.withLock { $0.store.last } }

  func ids(labelled label: String) -> IDSet? { state.withLock { $0.labels[label] } }

  var labels: [String] { state.withLock { $0.labels.keys.sorted() } }

  // MARK: What is no longer kept

  /// Begins to forget items of a `map`.
  ///
  /// - Returns: What to name it with when its items are forgotten.
  func beginForgetting(_ items: ForgottenItems) -> Int {
    state.withLock { state in
      state.forgotten.append(items)
      return state.forgotten.count - 1
    }
  }

  /// Keeps of a future that is done and was shown only how it has ended.
  func forget(_ record: FutureRecord, asOneOf place: Int) {
    let outcome = record.state
    state.withLock { state in
      state.forgotten[place].insert(record.id, outcome)
      state.store.forget(record.id)
    }
  }

  /// The same as the subscript, with a stand-in for what is forgotten.
  func find(_ id: Int) -> FutureRecord? {
    let (record, forgotten) = state.withLock { ($0.store[id], $0.forgotten) }
    if let record { return record }
    for items in forgotten {
      if let standIn = items.standIn(for: id, all: group) { return standIn }
    }
    return nil
  }

  /// Every future in order of id, with stand-ins.
  var everyOne: [FutureRecord] {
    let forgotten = forgotten()
    return forgotten.isEmpty ? all : (all + forgotten).sorted { $0.id < $1.id }
  }

  /// What is forgotten, or of it what has ended so, as stand-ins.
  func forgotten(_ end: FutureRecord.State? = nil) -> [FutureRecord] {
    state.withLock { $0.forgotten }.flatMap { items in
      (end.map(items.ids) ?? items.ids).compactMap { items.standIn(for: $0, all: group) }
    }
  }
}
