import Synchronization

/// The inside of a pool: its word, its queue, its workers.
///
/// Workers own the core, never the public executor: dropping that closes the core, and the workers
/// finish the queue and end (GC-01). No lock is held while user code runs, and no call holds two, but
/// for the very first submit, which holds `firstStart` around the others.
@usableFromInline
final class ThreadPoolCore: Sendable {
  typealias Role = ThreadPoolState.Role

  let threadNamePrefix: String
  private let stackSize: Int
  private let initializer: (@Sendable () throws -> Void)?

  let counters: PoolCounters
  let queue = WorkQueue()
  let parking = Parking()
  /// Only one thread at a time starts the first worker, and nobody queues anything before there is one.
  private let firstStart = Monitor(())
  private let hasStarted = Atomic(false)
  let roster = Roster()
  let batches = LiveBatches()

  init(
    limit: Int, threadNamePrefix: String, stackSize: Int,
    initializer: (@Sendable () throws -> Void)?
  ) {
    counters = PoolCounters(limit: limit)
    self.threadNamePrefix = threadNamePrefix
    self.stackSize = stackSize
    self.initializer = initializer
  }

  /// How many threads there may be.
  var limit: Int { counters.limit.load(ordering: .acquiring) }

  /// A snapshot of the counts.
  var counts: ThreadPoolState { counters.state.load(ordering: .acquiring) }

  /// Whether the calling thread is one of this pool's workers.
  var isCurrent: Bool { Worker.current?.pool == ObjectIdentifier(self) }

  // MARK: Submitting

  /// Queues a future that is about to run here.
  func enqueue(_ future: AnyFuture) throws {
    let effect = hasStarted.load(ordering: .acquiring) ? append(future) : try startAndAppend(future)
    guard let effect else { throw refusal }
    perform(effect)
  }

  private func append(_ future: AnyFuture) -> ThreadPoolState.Effect? {
    queue.append(future, counts: counters) { counters in
      let counts = counters.state.load(ordering: .relaxed)
      guard !counts.isClosed, counts.queued < ThreadPoolState.maxQueued else { return nil }
      let limit = counters.limit.load(ordering: .relaxed)
      return counters.state.update { $0.enqueue(limit: limit) }
    }
  }

  private var refusal: any Error {
    if counts.isBroken { return BrokenThreadPoolError() }
    if counts.isClosed { return ShutdownError() }
    return ValueError("the queue holds \(ThreadPoolState.maxQueued) futures already")
  }

  /// Starts the first worker, then queues: if the system refuses the thread, nothing was accepted (TH-12).
  ///
  /// The worker waits for this lock before its initializer, so the future is queued when an initializer
  /// fails: the first submit of a pool always succeeds, as in Python (IN-10).
  private func startAndAppend(_ future: AnyFuture) throws -> ThreadPoolState.Effect? {
    try firstStart.withLock { _ in
      if counters.state.update({ $0.startFirst() }) {
        guard startWorker() else { throw ThreadStartError() }
        hasStarted.store(true, ordering: .releasing)
      }
      return append(future)
    }
  }

  func perform(_ effect: ThreadPoolState.Effect) {
    switch effect {
    case .none: break
    case .startWorker: _ = startWorker()
    case .wakeWorker: parking.wakeOne()
    }
  }

  private func startWorker() -> Bool {
    let worker = roster.enlist { index in
      Worker(name: "\(threadNamePrefix)_\(index)", pool: ObjectIdentifier(self))
    }
    if WorkerThread.start(worker, stackSize: stackSize, body: { self.work($0) }) { return true }
    let effect = counters.state.update { $0.startRefused() }
    roster.strike(worker)
    perform(effect)
    return false
  }

  // MARK: Working

  private func work(_ worker: Worker) {
    defer { roster.leave(worker) }
    firstStart.withLock { _ in }
    guard initialize(worker) else { return }
    var role = Role.idle
    while var future = take(&role) {
      if future.start() { run(&future, &role) }
    }
  }

  /// Nothing here retains the core or the future: at this rate each such change of a shared word counts.
  @inline(__always)
  private func run(_ future: inout AnyFuture, _ role: inout Role) {
    future.runBody()
    // If nobody else holds the future, its value is released right after this: user code, so no standing by.
    if !isKnownUniquelyReferenced(&future) { update(&role) { $0.standBy(&$1) } }
    if future.showOutcome() { tell(of: future, &role) }
  }

  /// Tells everybody who registered with a future that is done.
  @inline(never)
  private func tell(of future: AnyFuture, _ role: inout Role) {
    var copy = role
    future.notifyObservers(beforeCallbacks: {
      let limit = limit
      perform(update(&copy) { $0.stepBack(&$1, limit: limit) })
      if limit != self.limit { grow() }
    })
    role = copy
  }

  /// Applies a transition that changes a worker's role along with the word.
  private func update<Effect>(
    _ role: inout Role, _ transition: (inout ThreadPoolState, inout Role) -> Effect
  ) -> Effect {
    let before = role
    let (effect, after) = counters.state.update { state in
      var role = before
      return (transition(&state, &role), role)
    }
    role = after
    return effect
  }

  /// The next future to run, sleeping until there is one; `nil` when the worker is to end.
  private func take(_ role: inout Role) -> AnyFuture? {
    var maySearch = true
    while true {
      let (next, future) = ask(&role, maySearch: maySearch)
      switch next {
      case .run(let effect):
        perform(effect)
        return future
      case .search(let isFirst):
        search(spinning: isFirst)
        maySearch = false
      case .sleep:
        role = parking.sleep() == .ticket ? .searching : .idle
        maySearch = true
      case .leave(let effect):
        perform(effect)
        return nil
      }
    }
  }

  private func ask(_ role: inout Role, maySearch: Bool) -> (ThreadPoolState.Next, AnyFuture?) {
    var future: AnyFuture?
    let next = queue.take {
      let limit = limit  // under the head's lock it is true: see `resize`
      let next = update(&role) { $0.next(&$1, maySearch: maySearch, limit: limit) }
      if case .run = next { return (next, count: 1) }
      return (next, count: 0)
    } receive: {
      future = $0
    }
    return (next, future)
  }

  /// 2,000 looks are about 60 µs: 100 were too few for a round trip, 400 lost the 99th percentile.
  private static let spins = 2000
  /// How often who spins lets others run instead of pausing: where all processors are busy, that gives a submit 5 %
  /// with one producer and 8 % with two, and the round trip is as short.
  private static let spinsBetweenYields = 16
  private static let yields = 4

  /// Looks for work without taking part in anything, for a bounded time.
  private func search(spinning: Bool) {
    for look in 1...(spinning ? Self.spins : Self.yields) {
      let counts = counters.state.load(ordering: .relaxed)
      if counts.queued > 0 || counts.isClosed { return }
      let pauses = spinning && look % Self.spinsBetweenYields != 0
      if pauses { Processor.spinPause() } else { Processor.yield() }
    }
  }

  // MARK: Initializer

  /// Runs the initializer.
  ///
  /// False if it failed and the worker is to end.
  private func initialize(_ worker: Worker) -> Bool {
    guard let initializer else { return true }
    do {
      try initializer()
      return true
    } catch {
      Log.initializerFailed(worker.name, error)
      breakDown()
      return false
    }
  }

  /// The pool can run nothing any more: every queued future fails with an error of its own (IN-05).
  private func breakDown() {
    let sleepers = queue.whileNothingIsAppended {
      counters.state.update { state in
        state.startFailed()  // this worker, which never was more than starting
        return state.break()
      }
    }
    guard let sleepers else { return }
    parking.close(sleepers: sleepers)
    batches.stopAll { BrokenThreadPoolError() }
    for future in drain() { future.fail(BrokenThreadPoolError()) }
  }

  // MARK: Closing

  /// Blocks until every worker has ended.
  func waitForEnd() {
    roster.waitUntilEmpty { counts.threads == 0 }
  }

  /// Accepts nothing more; see `ThreadPoolExecutor.shutdown`.
  func close(cancelFutures: Bool) {
    let sleepers = queue.whileNothingIsAppended { counters.state.update { $0.close() } }
    parking.close(sleepers: sleepers)
    if cancelFutures {
      batches.stopAll { CancelledError() }
      for future in drain() { future.cancel() }
    }
  }

  /// Takes everything that is queued, under the head's lock alone.
  ///
  /// The caller ends the futures after that, if it does: their callbacks may call the pool (CB-14, IN-12).
  func drain() -> [AnyFuture] {
    var drained: [AnyFuture] = []
    queue.take(
      { ((), count: counters.state.update { $0.drain() }) }, receive: { drained.append($0) })
    return drained
  }
}
