import ConcurrentFutures

/// What there was when a step began: goals are about what has come since.
struct GoalBaseline: Sendable {
  /// The last id that was given.
  var lastID = 0
  var seen = 0
  /// The workers of each pool that there was.
  var workers: [ObjectIdentifier: Int] = [:]
  var closed: Set<ObjectIdentifier> = []
  /// So that no pool that is made later has the identity of one that is gone.
  private var pools: [PoolRecord] = []

  init() {}

  init(of session: Session) {
    let futures = session.futures.everyOne
    lastID = futures.last?.id ?? 0
    seen = futures.count(where: \.isSeen)
    pools = session.pools.everyOne
    for pool in pools {
      workers[ObjectIdentifier(pool)] = pool.executor.maxWorkers
      if pool.isShutDown { closed.insert(ObjectIdentifier(pool)) }
    }
  }
}

/// What goals are about, at one moment of a lesson's session.
struct GoalFacts {
  let baseline: GoalBaseline
  private let futures: [FutureRecord]
  private let pools: [PoolRecord]
  /// The names of the commands made by `def`.
  private let definitions: Set<String>

  init(of session: Session, since baseline: GoalBaseline, definitions: Set<String>) {
    self.baseline = baseline
    self.definitions = definitions
    futures = session.futures.everyOne
    pools = session.pools.everyOne
  }

  /// Whether a goal holds that is about the state of the session; those about what has happened are kept by
  /// `LessonWatch`.
  func holds(_ goal: Goal) -> Bool {
    switch goal {
    case .futures(let count): added.count >= count
    case .futuresIn(let state, let count): futures.count { state.includes($0.state) } >= count
    case .future(let id, let state): futures.contains { $0.id == id && state.includes($0.state) }
    case .task(let text): added.contains { $0.task.contains(text) }
    case .value(let text): futures.contains { Self.value(of: $0)?.contains(text) == true }
    case .error(let text): futures.contains { Self.error(of: $0)?.contains(text) == true }
    case .seen(let count): futures.count(where: \.isSeen) - baseline.seen >= count
    case .pool(let workers): pools.contains { isNew($0, workers) }
    case .poolClosed:
      pools.contains { $0.isShutDown && !baseline.closed.contains(ObjectIdentifier($0)) }
    case .defined(let name): definitions.contains(name)
    case .shown, .refused, .waited, .ran, .callbacks: false
    }
  }

  private var added: ArraySlice<FutureRecord> {
    futures[(futures.firstIndex { $0.id > baseline.lastID } ?? futures.count)...]
  }

  private func isNew(_ pool: PoolRecord, _ workers: Int?) -> Bool {
    let count = pool.executor.maxWorkers
    let former = baseline.workers[ObjectIdentifier(pool)]
    guard let workers else { return former == nil }
    return count == workers && former != count
  }

  private static func value(of record: FutureRecord) -> String? {
    guard record.state == .finished, case .finished(let value) = record.outcome else { return nil }
    return try? value.text()
  }

  private static func error(of record: FutureRecord) -> String? {
    guard record.state == .failed, case .failed(let error) = record.outcome else { return nil }
    return error.message
  }
}
