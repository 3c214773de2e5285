import ConcurrentFutures
import Synchronization

/// How the jobs of a pool come to its workers: what the pool's own queue cannot do is done here.
///
/// Jobs go straight into the pool's queue until the first time that somebody pauses the pool or gives a job a
/// priority. From then on the shell keeps the jobs in order itself, and queues a *ticket* for each: a worker that
/// takes a ticket runs the best job that there is by then. While the pool is paused there are no tickets.
/// There is always at least one ticket on its way for each job that may run; one too many finds nothing and ends.
///
/// Jobs that wait for other futures are known here too, because a pool that is shut down has to wait for them.
final class JobQueue: Sendable {
  private struct State {
    var jobs = PriorityHeap<Future<Value>>()
    /// By id.
    var waiting: [Int: Dependent] = [:]
    var isPaused = false
    var isClosed = false
    /// Jobs that the pool can run no more, to be ended once nobody holds the lock.
    var refused: [Future<Value>] = []
  }

  /// What is asked for each submit, without the lock.
  private enum Mode {
    /// The shell keeps the jobs in order.
    static let ordered: UInt8 = 1
    static let closed: UInt8 = 2
  }

  private let executor: ThreadPoolExecutor
  private let state = Monitor(State())
  private let mode = Atomic<UInt8>(0)

  init(_ executor: ThreadPoolExecutor) { self.executor = executor }

  // MARK: Submitting

  /// Queues a job.
  ///
  /// - Throws: What the pool's `submit` throws.
  func submit(_ runner: TaskRunner) throws -> Future<Value> {
    guard mode.load(ordering: .acquiring) == 0 else { return try submit(runner, priority: 0) }
    let future = try executor.submit { try runner.run() }
    // Somebody may have given a job a priority meanwhile, or paused the pool: then it belongs there too.
    if isOrdered { change { if !$0.isClosed { takeOver(&$0) } } }
    return future
  }

  /// Queues a job that overtakes those of lower priority.
  func submit(_ runner: TaskRunner, priority: Int) throws -> Future<Value> {
    let future = Future<Value>(deferring: { try runner.run() })
    try change { state in
      if state.isClosed { throw ShutdownError() }
      try add(future, priority: priority, &state)
    }
    return future
  }

  private var isOrdered: Bool { mode.load(ordering: .acquiring) & Mode.ordered != 0 }

  /// Changes the state; what must not be done under the lock follows.
  private func change<R>(_ body: (inout State) throws -> R) rethrows -> R {
    defer {
      state.wakeAll()
      for job in state.withLock({ state in
        defer { state.refused = [] }
        return state.refused
      }) { end(job) }
    }
    return try state.withLock(body)
  }

  private func end(_ job: Future<Value>) {
    if executor.statistics.isBroken {
      job.failDeferred(BrokenThreadPoolError())
    } else {
      job.cancel()
    }
  }

  private func add(_ future: Future<Value>, priority: Int, _ state: inout State) throws {
    if priority == 0, !isOrdered { return try executor.enqueue(deferred: future) }
    keepOrder(&state)
    if !state.isPaused { try executor.enqueue(deferred: ticket()) }
    state.jobs.push(future, priority: priority)
  }

  private func keepOrder(_ state: inout State) {
    if isOrdered { return }
    mode.bitwiseOr(Mode.ordered, ordering: .sequentiallyConsistent)
    takeOver(&state)
  }

  /// Takes what is in the pool's queue into the shell's order.
  private func takeOver(_ state: inout State) {
    for case let future as Future<Value> in executor.withdrawQueued() where !future.isDone {
      state.jobs.push(future, priority: 0)
    }
    queueTickets(&state)
  }

  private func queueTickets(_ state: inout State) {
    if state.isPaused { return }
    do {
      for _ in 0..<state.jobs.count { try executor.enqueue(deferred: ticket()) }
    } catch {
      state.refused += state.jobs.removeAll()
    }
  }

  // MARK: Tickets

  private func ticket() -> Future<Void> {
    let ticket = Future<Void>(deferring: { [self] in takeBest()?.runIfPending() })
    ticket.addDoneCallback { [self] ticket in
      // The pool was closed or has broken before a worker took it: so it is with a job.
      if (try? ticket.result(timeout: .zero)) == nil, let job = takeBest() { end(job) }
    }
    return ticket
  }

  private func takeBest() -> Future<Value>? {
    state.withLock { $0.isPaused ? nil : $0.jobs.pop() }
  }

  // MARK: Jobs that wait for others

  /// Accepts a job that is not to be queued yet.
  ///
  /// - Throws: `ShutdownError`, or that the pool is broken.
  func addWaiting(_ dependent: Dependent) throws {
    try state.withLock { state in
      if state.isClosed || executor.statistics.isShutDown {
        throw executor.statistics.isBroken ? BrokenThreadPoolError() : ShutdownError()
      }
      state.waiting[dependent.id] = dependent
    }
  }

  /// The job of that id, if it was accepted and is not queued yet.
  func waiting(_ id: Int) -> Dependent? { state.withLock { $0.waiting[id] } }

  /// Nothing is left that a job waits for.
  ///
  /// It was accepted before the pool was closed, if it is.
  func isReady(_ dependent: Dependent, priority: Int) {
    if !dependent.future.isDone {
      do {
        try change { try add(dependent.future, priority: priority, &$0) }
      } catch {
        end(dependent.future)
      }
    }
    waitsNoMore(dependent)
  }

  /// A job was queued, skipped or cancelled.
  func waitsNoMore(_ dependent: Dependent) {
    change { state in
      guard state.waiting.removeValue(forKey: dependent.id) != nil else { return }
      closeExecutorIfOver(&state)
    }
  }

  // MARK: Pause

  var isPaused: Bool { isOrdered && state.withLock { $0.isPaused } }

  /// Starts no queued job until `resume`.
  ///
  /// - Returns: False if it was paused before.
  /// - Throws: `ShutdownError`.
  func pause() throws -> Bool {
    try change { state in
      if state.isClosed { throw ShutdownError() }
      if state.isPaused { return false }
      state.isPaused = true
      mode.bitwiseOr(Mode.ordered, ordering: .sequentiallyConsistent)
      takeOver(&state)
      return true
    }
  }

  /// - Returns: False if it was not paused.
  @discardableResult
  func resume() -> Bool {
    change { state in
      defer { closeExecutorIfOver(&state) }
      return goOn(&state)
    }
  }

  private func goOn(_ state: inout State) -> Bool {
    guard state.isPaused else { return false }
    state.isPaused = false
    queueTickets(&state)
    return true
  }

  // MARK: The end

  var isClosed: Bool { mode.load(ordering: .acquiring) & Mode.closed != 0 }

  /// Whether jobs are left that are not in the pool's queue.
  var hasHeldBack: Bool { state.withLock { $0.isPaused || !$0.waiting.isEmpty } }

  /// How many jobs wait for a worker.
  ///
  /// - Complexity: O(n) in their number if the shell keeps them in order.
  var queued: Int {
    isOrdered
      ? state.withLock { $0.jobs.count { !$0.isDone } } : executor.statistics.queued
  }

  /// Accepts nothing more; what is queued, and what waits for others, still runs or is cancelled.
  ///
  /// A pool that was paused goes on.
  func close(cancelFutures: Bool) {
    let (waiting, jobs) = change { state -> ([Dependent], [Future<Value>]) in
      state.isClosed = true
      mode.bitwiseOr(Mode.closed, ordering: .sequentiallyConsistent)
      if cancelFutures {
        state.isPaused = false
        return (Array(state.waiting.values), state.jobs.removeAll())
      }
      _ = goOn(&state)
      closeExecutorIfOver(&state)
      return ([], [])
    }
    if cancelFutures { cancelAll(waiting, jobs) }
  }

  /// The last ones first: they would be skipped if one that they wait for were cancelled before.
  private func cancelAll(_ waiting: [Dependent], _ jobs: [Future<Value>]) {
    for dependent in waiting.sorted(by: { $0.id > $1.id }) { dependent.future.cancel() }
    executor.shutdown(wait: false, cancelFutures: true)
    for job in jobs { job.cancel() }
  }

  private func closeExecutorIfOver(_ state: inout State) {
    guard state.isClosed, !state.isPaused, state.waiting.isEmpty else { return }
    executor.shutdown(wait: false, cancelFutures: false)
  }

  /// Blocks until every worker of a closed pool has ended.
  func waitForEnd() {
    _ = state.wait { !$0.isPaused && $0.waiting.isEmpty ? true : nil }
    executor.shutdown(wait: true, cancelFutures: false)
  }
}
