import ConcurrentFutures

/// What is left of the items that a `map --buffersize` has shown long ago: which they were, and how each has ended.
///
/// Their values, errors and commands are gone, so that an endless input does not fill the memory. Selectors find them
/// all the same: a stand-in is made for each that is asked for.
struct ForgottenItems {
  /// The command, without its items.
  let task: String
  let label: String?
  let pool: PoolRecord
  private var finished = IDSet()
  private var failed = IDSet()
  private var cancelled = IDSet()

  init(task: String, label: String?, pool: PoolRecord) {
    self.task = task
    self.label = label
    self.pool = pool
  }

  /// Takes the place of a record that is done.
  mutating func insert(_ id: Int, _ state: FutureRecord.State) {
    switch state {
    case .cancelled: cancelled.insert(id)
    case .failed: failed.insert(id)
    default: finished.insert(id)
    }
  }

  private func state(of id: Int) -> FutureRecord.State? {
    if finished.contains(id) { return .finished }
    if failed.contains(id) { return .failed }
    return cancelled.contains(id) ? .cancelled : nil
  }

  /// All of them.
  var ids: IDSet { finished.union(failed).union(cancelled) }

  /// Which are in a state.
  func ids(_ state: FutureRecord.State) -> IDSet {
    switch state {
    case .finished: finished
    case .failed: failed
    case .cancelled: cancelled
    case .pending, .running, .skipped: IDSet()
    }
  }

  /// A record that tells what is still known of an id.
  ///
  /// - Parameters:
  ///   - id: Any.
  ///   - all: The group of all futures.
  /// - Returns: `nil` if it is none of these.
  func standIn(for id: Int, all: FutureGroup) -> FutureRecord? {
    guard let state = state(of: id) else { return nil }
    let record = FutureRecord(
      id: id, task: task, item: nil, label: label, pool: pool, future: Self.future(id, state),
      progress: Progress(), all: all, submissions: nil)
    record.markSeen(by: .map)
    return record
  }

  private static func future(_ id: Int, _ state: FutureRecord.State) -> Future<Value> {
    let promise = Promise<Value>()
    let gone = ShellError(
      "[\(id)] was shown by map, and is no longer kept",
      hint: "map --buffersize keeps the newest \(kept)")
    switch state {
    case .finished: try? promise.setResult(.failure(gone))
    case .failed: try? promise.setException(gone)
    default: promise.future.cancel()
    }
    return promise.future
  }

  /// So many of the items that it has shown a `map --buffersize` keeps whole.
  static let kept = 1000
}
