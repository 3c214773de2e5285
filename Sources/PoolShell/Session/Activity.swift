import ConcurrentFutures

/// Who runs on the workers now, and who of them stands still: at a gate, or waiting for other futures.
///
/// So that a session can end although somebody waits at a gate that nobody is left to open.
final class Activity: Sendable {
  /// A task, callback or initializer that runs on a worker.
  struct Token {
    fileprivate let slot: Int
  }

  private enum Standing {
    case moving
    /// Asked whether the gate is still closed: who stands at an open one is only slow to go on.
    case atGate(@Sendable () -> Bool)
    /// Waits for futures; asked whether it still would.
    case waiting(@Sendable () -> Bool)
    /// Lets time pass, and then goes on by itself.
    case asleep
  }

  private struct Run {
    /// Counts up: of two runs on one thread the later one is inside the other.
    let number: Int
    let thread: UInt
    let pool: ObjectIdentifier
    let isInitializer: Bool
    /// The future whose task it is; 0 is none's.
    let future: Int
    var standing = Standing.moving

    var isAsleep: Bool { if case .asleep = standing { true } else { false } }

    var isAtGate: Bool { if case .atGate(let isClosed) = standing { isClosed() } else { false } }

    var standsStill: Bool {
      switch standing {
      case .moving, .asleep: false
      case .atGate(let isClosed): isClosed()
      case .waiting(let isStillBlocked): isStillBlocked()
      }
    }
  }

  private struct State {
    var begun = 0
    /// By token, so that a task comes and goes without a search.
    var runs: [Run?] = []
    var free: [Int] = []

    /// The runs of each thread in the order in which they began.
    ///
    /// A callback may run inside a task, which then only waits for it: the last one counts.
    var threads: [[Run]] {
      let runs = runs.compactMap { $0 }.sorted { $0.number < $1.number }
      return Array(Dictionary(grouping: runs, by: \.thread).values)
    }
  }

  private let state = Monitor(State())

  func begin(in pool: PoolRecord, isInitializer: Bool = false, future: Int = 0) -> Token {
    let thread = HostProcess.threadNumber
    return state.withLock { state in
      state.begun += 1
      let run = Run(
        number: state.begun, thread: thread, pool: ObjectIdentifier(pool),
        isInitializer: isInitializer, future: future)
      if let slot = state.free.popLast() {
        state.runs[slot] = run
        return Token(slot: slot)
      }
      state.runs.append(run)
      return Token(slot: state.runs.count - 1)
    }
  }

  func end(_ token: Token) {
    state.withLock { state in
      state.runs[token.slot] = nil
      state.free.append(token.slot)
    }
  }

  /// The future whose task a run is, or is inside of: 0 if there is none.
  func future(_ token: Token) -> Int {
    state.withLock { state in
      guard let run = state.runs[token.slot] else { return 0 }
      if run.future != 0 { return run.future }
      return state.runs.lazy.compactMap { $0 }.first { $0.thread == run.thread && $0.future != 0 }?
        .future ?? 0
    }
  }

  /// How many workers of a pool run a callback, and no task.
  func callbacks(in pool: PoolRecord) -> Int {
    let threads = state.withLock { $0.threads }
    return threads.count { runs in
      guard let first = runs.first, first.pool == ObjectIdentifier(pool) else { return false }
      return first.future == 0 && !first.isInitializer
    }
  }

  /// Stands at a gate during `body`.
  func atGate<R>(
    _ token: Token?, while isClosed: @escaping @Sendable () -> Bool, _ body: () throws -> R
  ) rethrows -> R {
    try standing(token, .atGate(isClosed), body)
  }

  /// Waits for futures during `body`.
  func waiting<R>(
    _ token: Token?, while isStillBlocked: @escaping @Sendable () -> Bool, _ body: () throws -> R
  ) rethrows -> R {
    try standing(token, .waiting(isStillBlocked), body)
  }

  /// Sleeps during `body`.
  func asleep<R>(_ token: Token?, _ body: () throws -> R) rethrows -> R {
    try standing(token, .asleep, body)
  }

  private func standing<R>(
    _ token: Token?, _ standing: Standing, _ body: () throws -> R
  ) rethrows -> R {
    guard let token, let former = exchange(token, standing) else { return try body() }
    defer { restore(token, former) }
    return try body()
  }

  /// Sets how a run stands; `nil` if it stands at a gate, whose future it also waits for.
  private func exchange(_ token: Token, _ standing: Standing) -> Standing? {
    state.withLock { state in
      guard let former = state.runs[token.slot]?.standing else { return nil }
      if case .atGate = former { return nil }
      state.runs[token.slot]?.standing = standing
      return former
    }
  }

  private func restore(_ token: Token, _ former: Standing) {
    state.withLock { $0.runs[token.slot]?.standing = former }
  }

  /// Whether nobody on any worker can go on, and somebody stands at a gate.
  ///
  /// It looks at a moving picture, so who asks must get the same answer twice, with time in between,
  /// before acting on it.
  func isStuckAtGates(
    in pools: @autoclosure () -> [PoolRecord], pending: @autoclosure () -> Set<ObjectIdentifier>
  ) -> Bool {
    let threads = state.withLock { $0.threads }
    guard threads.contains(where: { $0.last?.isAtGate == true }),
      threads.allSatisfy({ $0.last?.standsStill == true })
    else { return false }
    return standsStill(in: pools(), pending: pending())
  }

  /// Whether nobody on any worker can go on.
  ///
  /// The same moving picture.
  func standsStill(in pools: [PoolRecord], pending waiting: Set<ObjectIdentifier>) -> Bool {
    all(in: pools, pending: waiting) { $0.standsStill }
  }

  /// The same, or those who can go on sleep.
  func rests(in pools: [PoolRecord], pending waiting: Set<ObjectIdentifier>) -> Bool {
    all(in: pools, pending: waiting) { $0.standsStill || $0.isAsleep }
  }

  private func all(
    in pools: [PoolRecord], pending waiting: Set<ObjectIdentifier>, _ isStill: (Run) -> Bool
  ) -> Bool {
    let threads = state.withLock { $0.threads }
    var tasks: [ObjectIdentifier: Int] = [:]
    var initializers: [ObjectIdentifier: Int] = [:]
    for runs in threads {
      guard let first = runs.first, let last = runs.last else { continue }
      guard isStill(last) else { return false }
      if first.isInitializer {
        initializers[first.pool, default: 0] += 1
      } else {
        tasks[first.pool, default: 0] += 1
      }
    }
    return pools.allSatisfy { pool in
      let id = ObjectIdentifier(pool)
      // A worker that is busy with nothing we know of is on its way; an idle one takes what waits.
      guard pool.busyWorkers == tasks[id] ?? 0 else { return false }
      return !waiting.contains(id) || pool.executor.statistics.idleThreads == initializers[id] ?? 0
    }
  }
}
