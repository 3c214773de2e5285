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
  /// How many workers have a task, or run something else.
  var busy = 0
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
  init(_ record: FutureRecord, in session: Session) {
    id = record.id
    // Once: what follows is about this state.
    state = record.state
    pool = record.pool.name
    workers = record.pool.executor.maxWorkers
    priority = record.schedule?.priority ?? 0
    seenBy = record.seenBy
    worker = record.progress.start?.worker
    if worker != nil {
      let now = session.clock.now
      waited = record.progress.waited(at: now)
      ran = record.progress.ran(at: now)
    }
    attempts = record.progress.job?.attempts ?? []
    switch state {
    case .pending: lookAtPool(record, session)
    case .running: lookAtTask(record, session)
    case .finished, .failed, .cancelled, .skipped: lookAtEnd(record)
    }
  }

  private mutating func lookAtPool(_ record: FutureRecord, _ session: Session) {
    waitsFor = record.waitsFor(in: session.futures)
    if !waitsFor.isEmpty {
      hold = .after
      let mustFinish = record.schedule?.causes.filter(\.mustFinish).map(\.id) ?? []
      needed = IDSet(mustFinish.filter(waitsFor.contains))
      return
    }
    hold = record.pool.jobs.isPaused ? .paused : .queued
    let isLate = record.schedule?.causes.isEmpty == false
    session.futures.forEach(record.pool.group.members) { other in
      if other.future.isRunning { runningInPool.insert(other.id) }
      guard other !== record, other.state == .pending, other.waitsFor(in: session.futures).isEmpty
      else { return }
      let priority = other.schedule?.priority ?? 0
      if priority > self.priority { ahead += 1 }
      guard priority == self.priority else { return }
      // They came into the queue when what they waited for was done.
      if isLate || other.schedule?.causes.isEmpty == false {
        beside += 1
      } else if other.id < id {
        ahead += 1
      }
    }
    busy = record.pool.busyWorkers
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
    case .skipped(let reason): error = reason
    case .failed(let failure): if seenBy != nil { error = failure.message }
    case .finished, .cancelled: break
    }
  }
}
