import ConcurrentFutures

/// A pool of the session and its name.
package final class PoolRecord: Sendable {
  let name: String
  let executor: ThreadPoolExecutor
  /// How jobs come to it; nobody else submits to the executor, or shuts it down.
  let jobs: JobQueue
  /// The places of its queue; `nil` if there is no bound.
  let room: QueueRoom?
  let workerVariables: WorkerVariables
  /// Whether its workers run something before their first job.
  let hasInitializer: Bool
  /// The futures that were submitted to it.
  let group = FutureGroup()
  /// Whether a task or a callback on a worker has made it.
  let isOfTask = ThreadPoolExecutor.currentWorkerName != nil

  init(
    name: String, executor: ThreadPoolExecutor, workerVariables: WorkerVariables,
    room: QueueRoom? = nil, hasInitializer: Bool = false
  ) {
    self.name = name
    self.executor = executor
    self.room = room
    jobs = JobQueue(executor)
    self.workerVariables = workerVariables
    self.hasInitializer = hasInitializer
  }

  /// How many workers run something.
  var busyWorkers: Int {
    let statistics = executor.statistics
    return statistics.livingThreads - statistics.idleThreads
  }

  var isShutDown: Bool { jobs.isClosed || executor.statistics.isShutDown }

  /// Whether it is shut down, all its work is done and its workers are gone.
  var isOver: Bool {
    isShutDown && executor.statistics.livingThreads == 0 && !jobs.hasHeldBack
  }
}

/// What a pool's initializer has set, by worker: the worker's tasks see it.
final class WorkerVariables: Sendable {
  private let variables = Monitor<[String: [String: Value]]>([:])

  subscript(worker: String) -> [String: Value] {
    get { variables.withLock { $0[worker] ?? [:] } }
    set { variables.withLock { $0[worker] = newValue } }
  }
}

/// The pools of the session, by name.
final class PoolTable: Sendable {
  /// The pool that is made when one is needed and none was.
  static let mainName = "main"

  private struct State {
    /// In order of creation; `nil` has lost its name to another.
    var pools: [PoolRecord?] = []
    var places: [String: Int] = [:]
    /// Shut-down pools whose names were given to others, as long as they still work.
    var replaced: [PoolRecord] = []
    /// Pools without a prefix of their own are numbered from 0, as in Python, but by session.
    var nextNumber = 0
    /// The least that may be unused: a name that was given is never free again.
    var nextUnnamed = 1

    func pool(_ name: String) -> PoolRecord? { places[name].flatMap { pools[$0] } }

    mutating func unusedName() -> String {
      while places["pool\(nextUnnamed)"] != nil { nextUnnamed += 1 }
      return "pool\(nextUnnamed)"
    }

    /// Adds a pool, in the place of the one that had its name.
    mutating func append(_ pool: PoolRecord) {
      if let place = places[pool.name], let former = pools[place] {
        pools[place] = nil
        replaced.append(former)
      }
      replaced.removeAll { $0.isOver }
      if pools.count > 2 * places.count { closeGaps() }
      places[pool.name] = pools.count
      pools.append(pool)
    }

    private mutating func closeGaps() {
      pools.removeAll { $0 == nil }
      for (place, pool) in pools.enumerated() { pool.map { places[$0.name] = place } }
    }
  }

  private let state = Monitor(State())
  /// The stack of a worker: room for commands nested as deep as the language allows, in a debug build too.
  private static let stackSize = 16 << 20

  /// What a pool is made of.
  struct Request {
    /// The name; `nil` is the first unused one of pool1, pool2 and so on.
    var name: String?
    var workers: Int?
    var threadNamePrefix: String?
    var room: QueueRoom?
  }

  /// Makes a pool.
  ///
  /// - Throws: `ShellError` if there is one of that name that still works, or if the number of workers is
  ///   out of range.
  func make(
    _ request: Request,
    initializer: (@Sendable (_ name: String, WorkerVariables) throws -> Void)? = nil
  ) throws -> PoolRecord {
    try state.withLock { state in
      let name = request.name ?? state.unusedName()
      if let pool = state.pool(name), !pool.isShutDown {
        throw ShellError("pool \(name) already exists")
      }
      let prefix = request.threadNamePrefix ?? "ThreadPoolExecutor-\(state.nextNumber)"
      let variables = WorkerVariables()
      let run = initializer.map { body -> @Sendable () throws -> Void in
        { try body(name, variables) }
      }
      let executor = try Self.executor(request.workers, prefix, run)
      if request.threadNamePrefix == nil { state.nextNumber += 1 }
      let record = PoolRecord(
        name: name, executor: executor, workerVariables: variables, room: request.room,
        hasInitializer: run != nil)
      state.append(record)
      return record
    }
  }

  private static func executor(
    _ workers: Int?, _ prefix: String, _ initializer: (@Sendable () throws -> Void)?
  ) throws -> ThreadPoolExecutor {
    do {
      return try ThreadPoolExecutor(
        maxWorkers: workers, threadNamePrefix: prefix, stackSize: stackSize,
        initializer: initializer)
    } catch {
      throw ShellError(error.description)
    }
  }

  /// The pool of that name.
  ///
  /// - Throws: `ShellError` if there is none; `main` is made when it is asked for.
  func named(_ name: String, defaultWorkers: Int?) throws -> PoolRecord {
    if let pool = existing(name) { return pool }
    guard name == Self.mainName else {
      let names = all.map(\.name).joined(separator: ", ")
      let hint = names.isEmpty ? "make it with: pool new \(name)" : "there are: \(names)"
      throw ShellError("no pool named \(name)", hint: hint)
    }
    return try make(Request(name: name, workers: defaultWorkers))
  }

  func existing(_ name: String) -> PoolRecord? {
    state.withLock { $0.pool(name) }
  }

  /// Every pool that may still have work, those that lost their name to another included.
  var everyOne: [PoolRecord] { state.withLock { $0.pools.compactMap(\.self) + $0.replaced } }

  /// Every pool, in order of creation.
  var all: [PoolRecord] { state.withLock { $0.pools.compactMap(\.self) } }
}
