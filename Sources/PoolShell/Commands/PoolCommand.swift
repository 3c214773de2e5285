import ConcurrentFutures

/// `pool`: makes a pool, chooses one, or tells which is current.
struct PoolCommand: Command {
  static let declaration = Declaration(
    name: "pool", group: .pools,
    summary: "make a pool, choose one, change its size, or tell the current one",
    usage: "pool [new [NAME] [-w N] [--thread-name-prefix P] [--initializer { … }] "
      + "[--queue-limit N [--when-full block|fail]] | use NAME | resize N [POOL]]",
    operands: [
      .one(
        .keyword("new", "make a pool", next: [.one()]),
        .keyword("use", "make a pool the current one", next: [.one(.pool)]),
        .keyword(
          "resize", "change how many workers it may have", next: [.one(), .one(.poolMade)]))
    ],
    options: Declaration.Option.pool, optionsAfter: "new",
    details: """
      Python: ThreadPoolExecutor(max_workers, thread_name_prefix, initializer). A new pool becomes the current
      one, where submit and map go. Without pool new there is main, made when it is first needed. Threads are
      started when they are needed. The initializer runs on each thread before its first task; what it sets
      with let, the tasks of that thread see; if it fails, the pool is broken. pool resize: those workers that
      are too many end when they are next without a task; tasks that run go on.
      """,
    example: .init(
      script: "pool new net -w 4\npool", output: "pool net: 4 workers\npool net: 4 workers\n"))

  private enum Action {
    case show
    case new(PoolRequest)
    case use(String)
    case resize(PoolRecord, to: Int)
  }

  private let action: Action

  init(_ arguments: inout Arguments) throws {
    if arguments.isEmpty {
      action = .show
    } else if arguments.keyword("new") {
      action = .new(try PoolRequest(&arguments))
    } else if arguments.keyword("use") {
      action = .use(try arguments.word("NAME"))
    } else if arguments.keyword("resize") {
      let workers = try arguments.count("N", in: 1...2047)
      let pool = try arguments.pool()
      action = .resize(pool, to: workers)
    } else {
      throw arguments.error(
        "\(try arguments.word("new, use or resize")) is neither new, use nor resize")
    }
  }

  func run(in context: Context) throws -> Outcome {
    switch action {
    case .show:
      return .answer(
        .pool(command: "pool", PoolSummary(try context.currentPool(), isCurrent: true)))
    case .new(let request):
      let pool = try request.make(in: context)
      context.pool = pool
      return Outcome(
        answer: .pool(command: "pool new", PoolSummary(pool, isCurrent: true)),
        value: .text(pool.name))
    case .use(let name):
      guard context.isSession else {
        throw ShellError("pool use works only in the session itself, not in a task")
      }
      let pool = try context.pool(named: name)
      context.pool = pool
      return .answer(.pool(command: "pool use", PoolSummary(pool, isCurrent: true)))
    case .resize(let pool, let workers):
      try pool.executor.resize(maxWorkers: workers)
      context.session.breakDeadlocks()
      let isCurrent = context.pool === pool
      return .answer(.pool(command: "pool resize", PoolSummary(pool, isCurrent: isCurrent)))
    }
  }
}

/// What `pool new` and `with pool` are asked for.
struct PoolRequest {
  private var request: PoolTable.Request
  private let initializer: Block?

  /// Reads `[NAME]` and the options.
  init(_ arguments: inout Arguments) throws {
    request = PoolTable.Request()
    request.workers = try arguments.count(of: "--workers", atLeast: .min)
    request.threadNamePrefix = try arguments.text(of: "--thread-name-prefix")
    request.room = try arguments.queueRoom()
    initializer = try arguments.block(of: "--initializer")
    request.name = try arguments.optionalWord()?.text
    if let name = request.name, name.isEmpty || name.contains(where: \.isWhitespace) {
      throw arguments.error("a pool's name is a word")
    }
  }

  func make(in context: Context) throws -> PoolRecord {
    var request = request
    if request.name == PoolTable.mainName, request.workers == nil {
      request.workers = context.session.settings.current.workers
    }
    guard let initializer else { return try context.session.pools.make(request) }
    let hook = Hook(initializer, in: context)
    return try context.session.pools.make(request) { name, variables in
      try Self.initialize(hook, name, variables)
    }
  }

  /// Runs on each new worker.
  ///
  /// A failure is told here, in the shell's words, and breaks the pool.
  private static func initialize(
    _ hook: Hook, _ name: String, _ variables: WorkerVariables
  ) throws {
    do {
      let pool = hook.session.pools.existing(name)
      let worker = hook.session.workerName
      try hook.run(.initializer, pool: pool) { variables[worker] = $0 }
    } catch {
      let error = ShellError(wrapping: error)
      hook.session.complain(
        .notice("exception in initializer of pool \(name): \(error.line)"))
      throw error
    }
  }
}

extension Declaration.Option {
  static let pool = [
    Declaration.Option(
      "--workers", short: "-w", value: "N", "the largest number of threads, from 1 to 2047"),
    Declaration.Option("--thread-name-prefix", value: "P", "threads are named P_0, P_1, …"),
    Declaration.Option(
      "--initializer", value: "{ … }", takes: .block(.initializer),
      "run by each thread before its first task"),
    Declaration.Option(
      "--queue-limit", value: "N", "at most so many jobs that have not begun"),
    Declaration.Option(
      "--when-full", value: "block|fail",
      takes: .oneOf(("block", "submit waits for room"), ("fail", "submit fails")),
      "what submit does then; block without"),
  ]
}

extension Arguments {
  /// The pool that is named, or the current one.
  mutating func pool() throws -> PoolRecord { try context.pool(named: optionalWord()?.text) }

  /// What `--queue-limit` and `--when-full` say; `nil` is no bound.
  fileprivate func queueRoom() throws -> QueueRoom? {
    let text = try text(of: "--when-full")
    guard let limit = try count(of: "--queue-limit") else {
      if text == nil { return nil }
      throw error("--when-full needs --queue-limit N")
    }
    guard let whenFull = QueueRoom.WhenFull(rawValue: text ?? "block") else {
      throw error("--when-full must be block or fail, not \(text ?? "")")
    }
    return QueueRoom(limit: limit, whenFull: whenFull)
  }
}

extension PoolSummary {
  /// In words.
  var stateName: String { isShutDown ? "shut down" : isPaused ? "paused" : "open" }

  init(_ pool: PoolRecord, isCurrent: Bool) {
    let statistics = pool.executor.statistics
    name = pool.name
    workers = pool.executor.maxWorkers
    started = statistics.startedThreads
    idle = statistics.idleThreads
    queued = pool.jobs.queued
    isShutDown = pool.isShutDown
    isPaused = pool.jobs.isPaused
    self.isCurrent = isCurrent
  }
}
