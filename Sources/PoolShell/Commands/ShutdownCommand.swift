import ConcurrentFutures

/// `shutdown`: closes a pool.
struct ShutdownCommand: Command {
  static let declaration = Declaration(
    name: "shutdown", group: .pools, summary: "close a pool and wait for its work",
    usage: "shutdown [--wait|--no-wait] [--cancel-futures] [POOL]",
    operands: [.one(.poolMade)],
    options: [
      .init("--wait", "return when its work is done, as without it"),
      .init("--no-wait", "return at once; the work goes on"),
      .init("--cancel-futures", "cancel what is queued"),
    ],
    details: """
      Python: executor.shutdown(wait, cancel_futures). Nothing can be submitted to the pool any more. What is
      queued or waits for others still runs unless it is cancelled; a pool that is paused goes on. The end of the session shuts every pool down.
      """,
    example: .init(
      script: """
        pool new -w 1
        submit { open started; gate go }
        submit print never
        gate started
        shutdown --no-wait --cancel-futures
        open go
        """,
      output: """
        pool pool1: 1 worker
        [1] { open started; gate go }
        [2] print never
        pool pool1: shut down, 1 cancelled

        """))

  private let isWaiting: Bool
  private let isCancelling: Bool
  private let pool: PoolRecord

  init(_ arguments: inout Arguments) throws {
    if arguments.has("--wait"), arguments.has("--no-wait") {
      throw arguments.error("--wait and --no-wait exclude each other")
    }
    isWaiting = !arguments.has("--no-wait")
    isCancelling = arguments.has("--cancel-futures")
    pool = try arguments.pool()
  }

  func run(in context: Context) throws -> Outcome {
    let cancelled = context.close(pool, cancelFutures: isCancelling)
    if isWaiting { try context.waitForEnd(of: pool) }
    return Outcome(
      answer: .shutDown(pool: pool.name, cancelled: isCancelling ? cancelled : nil), value: .nothing
    )
  }
}

extension Context {
  /// Closes a pool without waiting.
  ///
  /// - Returns: How many futures this has cancelled.
  func close(_ pool: PoolRecord, cancelFutures: Bool) -> Int {
    let futures = cancelFutures ? session.futures.records(pool.group.members) : []
    let cancelledBefore = Set(futures.filter { $0.state == .cancelled }.map(\.id))
    if !cancelFutures { session.close([pool]) } else { pool.jobs.close(cancelFutures: true) }
    return futures.count { $0.state == .cancelled && !cancelledBefore.contains($0.id) }
  }

  /// Waits until every task of a closed pool and its callbacks have ended.
  ///
  /// One of the pool's own workers does not wait for itself.
  func waitForEnd(of pool: PoolRecord) throws {
    if pool.executor.isCurrent { return }
    let futures = session.futures.records(pool.group.members).filter { !$0.future.isDone }
    try showingProgress({ .futures(ProgressCount(futures)) }) {
      try waitForAll(futures, timeout: nil)
      guard isOnSessionThread else { return try waitForWorkers(of: pool) }
      guard session.waitForCallbacks(of: [pool], tick: tick) else { throw ControlFlow.interrupted }
    }
  }
}
