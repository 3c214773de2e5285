import ConcurrentFutures

/// Which command has shown how a future ended.
enum Looker: UInt8, Sendable {
  case result = 1
  case exception, asCompleted, map, halt, race, info, kill, retry

  /// As it is typed.
  var command: String {
    switch self {
    case .asCompleted: "as_completed"
    case .halt: "map"
    default: "\(self)"
    }
  }

  /// What the command has done.
  var sentence: String {
    switch self {
    case .result, .exception, .asCompleted, .map, .info: "\(command) has shown it"
    case .halt: "map --halt has ended it"
    case .race: "race has chosen among it and others"
    case .kill: "kill has told of it"
    case .retry: "retry has submitted it once more"
    }
  }
}

/// Why a future is in the state in which it is.
package struct Explanation: Sendable {
  /// Why a pending future has not begun.
  enum Hold: Equatable, Sendable {
    /// It begins after others.
    case after
    case paused
    case queued
  }

  let id: Int
  let state: FutureRecord.State
  let pool: String
  /// How many workers the pool may have.
  let workers: Int
  /// Of a pending one.
  var hold: Hold?
  var priority = 0
  /// How many begin before it, and of how many that is not known.
  var ahead = 0
  var beside = 0
  /// What the pool's workers run.
  var runningInPool = IDSet()
  /// How many of them run a callback.
  var callbacks = 0
  /// The futures that it begins after, or that its task waits for.
  var waitsFor = IDSet()
  /// Of those, the ones that have to finish.
  var needed = IDSet()
  /// The gate at which its task stands.
  var gate: String?

  var worker: String?
  /// Seconds before it began, and from then on.
  var waited: Double?
  var ran: Double?
  var attempts: [Attempt] = []
  /// Why it failed or was skipped, if that is no news.
  var error: String?
  var wasKilled = false
  var isPoolBroken = false
  /// Whether its end is kept, but no more of it.
  var isForgotten = false
  var seenBy: Looker?
}

extension Explanation {
  /// Looks at a future, and changes nothing of it: what it has come to is not shown, and so it is not seen.
  ///
  /// - Parameters:
  ///   - record: The future.
  ///   - session: Whose it is.
  ///   - queues: What is known of the pools' queues; each is looked at once, however many futures are asked for.
  init(
    _ record: FutureRecord, in session: Session, _ queues: inout [ObjectIdentifier: QueueView]
  ) {
    id = record.id
    // Once: what follows is about this state.
    state = record.state
    pool = record.pool.name
    workers = record.pool.executor.maxWorkers
    priority = record.priority
    seenBy = record.seenBy
    worker = record.progress.start?.worker
    let now = session.clock.now
    if worker != nil {
      waited = record.progress.waited(at: now)
      ran = record.progress.ran(at: now)
    }
    attempts = record.attempts(at: now)
    switch state {
    case .pending: lookAtPool(record, session, &queues)
    case .running: lookAtTask(record, session)
    case .finished, .failed, .cancelled, .skipped: lookAtEnd(record)
    }
  }

  private mutating func lookAtPool(
    _ record: FutureRecord, _ session: Session, _ queues: inout [ObjectIdentifier: QueueView]
  ) {
    waitsFor = record.waitsFor(in: session.futures)
    if !waitsFor.isEmpty {
      hold = .after
      let mustFinish = record.schedule?.causes.filter(\.mustFinish).map(\.id) ?? []
      needed = IDSet(mustFinish.filter(waitsFor.contains))
      return
    }
    hold = record.pool.jobs.isPaused ? .paused : .queued
    let pool = ObjectIdentifier(record.pool)
    let queue = queues[pool] ?? QueueView(of: record.pool, in: session)
    queues[pool] = queue
    (ahead, beside) = queue.place(of: record)
    runningInPool = queue.running
    callbacks = queue.callbacks
  }

  private mutating func lookAtTask(_ record: FutureRecord, _ session: Session) {
    waitsFor = session.waits.futures(ofTask: id, in: session.futures)
    gate = session.gates.gate(ofTask: id)
  }

  private mutating func lookAtEnd(_ record: FutureRecord) {
    isForgotten = worker == nil && state == .finished
    wasKilled = record.progress.job?.wasKilled == true
    isPoolBroken = worker == nil && record.pool.executor.statistics.isBroken
    switch record.outcome {
    // Such as `[1] failed: boom`; that is not this one's, and may be news.
    case .skipped(let reason):
      error = seenBy == nil ? String(reason.prefix { $0 != ":" }) : reason
    case .failed(let failure): if seenBy != nil { error = failure.message }
    case .finished, .cancelled: break
    }
  }
}

/// The queue of a pool at one moment.
struct QueueView {
  /// What waits for a worker, of one priority.
  fileprivate struct Level {
    /// The ids of those that came in the order of their ids.
    var inOrder: [Int] = []
    /// How many came when what they waited for was done.
    var late = 0

    var count: Int { inOrder.count + late }
  }

  /// What the pool's workers run.
  private(set) var running = IDSet()
  /// How many of them run a callback.
  let callbacks: Int
  private var levels: [Int: Level] = [:]

  init(of pool: PoolRecord, in session: Session) {
    let futures = session.futures
    callbacks = session.activity.callbacks(in: pool)
    for record in futures.records(pool.group.members) {
      switch record.state {
      case .running: running.insert(record.id)
      case .pending where record.waitsFor(in: futures).isEmpty:
        var level = levels[record.priority] ?? Level()
        levels[record.priority] = nil
        if record.isLate { level.late += 1 } else { level.inOrder.append(record.id) }
        levels[record.priority] = level
      default: break
      }
    }
  }

  /// How many begin before a future, and of how many that is not known.
  func place(of record: FutureRecord) -> (ahead: Int, beside: Int) {
    let higher = levels.lazy.filter { $0.key > record.priority }.reduce(0) { $0 + $1.value.count }
    let level = levels[record.priority] ?? Level()
    if record.isLate { return (higher, max(0, level.count - 1)) }
    return (higher + level.before(record.id), level.late)
  }
}

extension QueueView.Level {
  /// How many of those in order have a smaller id.
  fileprivate func before(_ id: Int) -> Int {
    var (low, high) = (0, inOrder.count)
    while low < high {
      let middle = (low + high) / 2
      if inOrder[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension FutureRecord {
  fileprivate var priority: Int { schedule?.priority ?? 0 }

  /// Whether it came into its queue when others were done.
  fileprivate var isLate: Bool { schedule?.causes.isEmpty == false }
}
