import Synchronization

/// Runs tasks on a pool of threads that are started on demand and reused.
///
/// Python: `ThreadPoolExecutor`.
///
/// ```swift
/// let pool = try ThreadPoolExecutor(maxWorkers: 8, threadNamePrefix: "download")
/// let pages = try urls.map { url in try pool.submit { try download(url) } }
/// for page in asCompleted(pages) { print(try page.result().count) }
/// pool.shutdown()
/// ```
///
/// Tasks start in the order in which they were submitted. A thread is started by a submit that finds nobody
/// idle, up to `maxWorkers`, and lives until the pool is shut down, released or made smaller. Releasing the pool without
/// shutting it down is `shutdown(wait: false)`: the queue is finished, then the threads end.
///
/// The queue has no bound and `submit` never waits. A task that waits for a task of its own pool can wait for
/// ever if every worker does so. A task that traps (an array index out of range, a failed precondition)
/// ends the process: Swift's traps cannot be caught. After `fork` the child's copy of a pool has no threads.
///
/// There is no global interpreter lock here: tasks that compute run at the same time, on as many processors
/// as there are.
public final class ThreadPoolExecutor: Executor {
  @usableFromInline let core: ThreadPoolCore

  /// Pools without a prefix are numbered, from 0, in order of creation (TH-08).
  private static let counter = Atomic(0)

  /// The stack of each worker unless another size is asked for, in bytes: 1 MiB.
  ///
  /// The system keeps some 40 MB of ended threads' stacks for new ones, so small stacks are reused and large
  /// ones are mapped anew for every pool: 32 threads start in a third of the time.
  ///
  /// ```swift
  /// // For tasks that recurse deeply.
  /// let deep = try ThreadPoolExecutor(stackSize: 16 * ThreadPoolExecutor.defaultStackSize)
  /// ```
  public static let defaultStackSize = 1 << 20

  /// The number of workers unless another is asked for: four more than there are processors that this
  /// process may use, at most 32.
  ///
  /// ```swift
  /// print(ThreadPoolExecutor().maxWorkers == ThreadPoolExecutor.defaultMaxWorkers)  // true
  /// ```
  public static var defaultMaxWorkers: Int { min(32, Processor.usableCount + 4) }

  /// Creates a pool.
  ///
  /// No thread is started before the first task is submitted.
  ///
  /// ```swift
  /// let pool = try ThreadPoolExecutor(maxWorkers: 2, threadNamePrefix: "loader") {
  ///   print(ThreadPoolExecutor.currentWorkerName ?? "", "is ready")  // loader_0 is ready
  /// }
  /// print(try pool.submit { 6 * 7 }.result())  // 42
  /// ```
  ///
  /// - Parameters:
  ///   - maxWorkers: How many threads there may be, from 1 to 2,047; `nil` is `defaultMaxWorkers`.
  ///   - threadNamePrefix: Thread k (from 0) is named `PREFIX_k`; empty is `ThreadPoolExecutor-N`, numbered
  ///     by pool. Linux shows the first 15 bytes.
  ///   - stackSize: The stack of each thread, in bytes.
  ///   - initializer: Run by each thread before its first task. If it throws, that is logged (label
  ///     `concurrent.futures`, level critical), the pool is broken, what is queued fails with
  ///     `BrokenThreadPoolError`, and nothing more is accepted; tasks that are running finish.
  /// - Throws: `ValueError` if `maxWorkers` is out of range.
  public init(
    maxWorkers: Int? = nil, threadNamePrefix: String = "", stackSize: Int = defaultStackSize,
    initializer: (@Sendable () throws -> Void)? = nil
  ) throws(ValueError) {
    let limit = maxWorkers ?? Self.defaultMaxWorkers
    try Self.check(limit)
    core = Self.makeCore(limit, threadNamePrefix, stackSize, initializer)
  }

  /// Creates a pool with the default number of workers.
  ///
  /// ```swift
  /// let pool = ThreadPoolExecutor()
  /// print(try pool.submit { 6 * 7 }.result())  // 42
  /// ```
  public init() {
    core = Self.makeCore(Self.defaultMaxWorkers, "", Self.defaultStackSize, nil)
  }

  deinit {
    core.close(cancelFutures: false)
  }

  private static func check(_ limit: Int) throws(ValueError) {
    guard limit > 0 else { throw ValueError("max_workers must be greater than 0") }
    guard limit <= ThreadPoolState.maxThreads else {
      throw ValueError("max_workers must be at most \(ThreadPoolState.maxThreads)")
    }
  }

  /// Changes how many threads there may be, while the pool works.
  ///
  /// With more, tasks that are queued begin at once, on new threads. With fewer, no task is disturbed: threads that are
  /// too many end when they have no task, or are done with theirs. A `map` that is under way keeps the threads that it
  /// has begun with until it is over. Python has nothing like it; Java: `setMaximumPoolSize`.
  ///
  /// ```swift
  /// let pool = try ThreadPoolExecutor(maxWorkers: 1)
  /// try pool.resize(maxWorkers: 8)
  /// print(pool.maxWorkers)  // 8
  /// ```
  ///
  /// - Parameter maxWorkers: From 1 to 2,047.
  /// - Throws: `ValueError` if it is out of range; then nothing has changed.
  public func resize(maxWorkers: Int) throws(ValueError) {
    try Self.check(maxWorkers)
    core.resize(to: maxWorkers)
  }

  private static func makeCore(
    _ limit: Int, _ prefix: String, _ stackSize: Int, _ initializer: (@Sendable () throws -> Void)?
  ) -> ThreadPoolCore {
    let name = prefix.isEmpty ? "ThreadPoolExecutor-\(nextNumber())" : prefix
    return ThreadPoolCore(
      limit: limit, threadNamePrefix: name, stackSize: stackSize, initializer: initializer)
  }

  private static func nextNumber() -> Int {
    counter.wrappingAdd(1, ordering: .relaxed).oldValue
  }

  /// Queues a task; see `Executor.submit`.
  ///
  /// May be called from any thread, workers and callbacks included.
  ///
  /// ```swift
  /// let (width, height) = (6, 7)
  /// let area = try pool.submit { width * height }
  /// print(try area.result())  // 42
  /// ```
  ///
  /// - Parameter body: The task, released as soon as it has run or was cancelled.
  /// - Returns: Its future, pending.
  /// - Throws: `BrokenThreadPoolError` after a failed initializer, `ShutdownError` after `shutdown`,
  ///   `ThreadStartError` if the system refuses the pool's very first thread, `ValueError` if 134,217,727
  ///   tasks are queued already. Nothing was queued then.
  /// - Complexity: O(1).
  @inlinable
  public func submit<Value: Sendable>(
    _ body: consuming @escaping @Sendable () throws -> Value
  ) throws -> Future<Value> {
    let future = Future(body: consume body)
    try enqueue(future)
    return future
  }

  @usableFromInline
  func enqueue(_ future: AnyFuture) throws { try core.enqueue(future) }

  /// Queues as many drainers of a batch as there may be workers.
  ///
  /// - Throws: What `submit` throws; then nothing of the batch that has not begun will.
  @inlinable
  func runBatch<Input: Sendable, Output: Sendable>(
    _ inputs: some Sequence<Input>, _ transform: @escaping @Sendable (Input) throws -> Output
  ) throws -> MapBatch<Output> {
    let batch = MapBatch(inputs, transform)
    do {
      try core.queueDrainers(of: batch.progress) { batch.drain() }
    } catch {
      batch.abandon()
      throw error
    }
    return batch
  }

  /// Takes no more tasks.
  ///
  /// Python: `shutdown()`.
  ///
  /// May be called again, with other arguments too. Called by one of the pool's own workers it never waits
  /// (SD-11).
  ///
  /// ```swift
  /// let pages = try urls.map { url in try pool.submit { try download(url) } }
  /// pool.shutdown(wait: false, cancelFutures: true)  // what has begun goes on, the rest does not
  /// wait(for: pages)
  /// ```
  ///
  /// - Parameters:
  ///   - wait: Whether to return only when every worker has ended, so after all tasks and their callbacks.
  ///   - cancelFutures: Whether to cancel what is queued, on this thread, before waiting; otherwise it runs.
  @available(*, noasync, message: "may block the thread until every task has ended")
  public func shutdown(wait: Bool, cancelFutures: Bool) {
    core.close(cancelFutures: cancelFutures)
    if wait, !core.isCurrent { core.waitForEnd() }
  }

  /// Takes no more tasks, and suspends until every worker has ended.
  ///
  /// ```swift
  /// let pool = ThreadPoolExecutor()
  /// let sum = try pool.submit { (1...100).reduce(0, +) }
  /// await pool.shutdown()
  /// print(sum.isDone)  // true
  /// ```
  ///
  /// - Parameter cancelFutures: Whether to cancel what is queued; otherwise it runs.
  public func shutdown(cancelFutures: Bool = false) async {
    core.close(cancelFutures: cancelFutures)
    await core.roster.untilEmpty()
  }
}

// MARK: - Looking at a pool

extension ThreadPoolExecutor {
  /// How many threads there may be; see `resize(maxWorkers:)`.
  ///
  /// ```swift
  /// print(try ThreadPoolExecutor(maxWorkers: 500).maxWorkers)  // 500
  /// ```
  public var maxWorkers: Int { core.limit }

  /// What the names of the threads begin with.
  ///
  /// ```swift
  /// print(try ThreadPoolExecutor(threadNamePrefix: "loader").threadNamePrefix)  // loader
  /// ```
  public var threadNamePrefix: String { core.threadNamePrefix }

  /// The names of the workers that have not ended, in order of their start.
  ///
  /// Python: `threading.enumerate()`.
  ///
  /// ```swift
  /// let pool = try ThreadPoolExecutor(threadNamePrefix: "loader")
  /// let answer = try pool.submit { 6 * 7 }
  /// print(pool.workerNames)  // ["loader_0"]
  /// ```
  public var workerNames: [String] { core.roster.livingNames }

  /// Whether the calling thread is one of this pool's workers.
  package var isCurrent: Bool { core.isCurrent }

  /// The name of the worker that the calling thread is, or `nil` on any other thread.
  ///
  /// Python: `threading.current_thread().name`.
  ///
  /// ```swift
  /// let pool = try ThreadPoolExecutor(threadNamePrefix: "loader")
  /// print(try pool.submit { ThreadPoolExecutor.currentWorkerName ?? "" }.result())  // loader_0
  /// print(ThreadPoolExecutor.currentWorkerName ?? "no worker")  // no worker
  /// ```
  public static var currentWorkerName: String? { Worker.current?.name }

  /// What a pool was doing.
  ///
  /// ```swift
  /// let pool = ThreadPoolExecutor()
  /// let answer = try pool.submit { 6 * 7 }
  /// _ = try answer.result()
  /// let then = pool.statistics
  /// print(then.startedThreads, then.livingThreads, then.idleThreads, then.queued)  // 1 1 1 0
  /// print(then.isShutDown, then.isBroken)  // false false
  /// ```
  public struct Statistics: Sendable, Equatable {
    /// Threads ever started.
    public let startedThreads: Int
    /// Threads started and not ended.
    public let livingThreads: Int
    /// Threads without a task.
    public let idleThreads: Int
    /// What waits for a worker: futures in the queue, cancelled ones that no worker has come across included,
    /// and elements of maps that have not begun.
    public let queued: Int
    /// Whether it accepts nothing more.
    public let isShutDown: Bool
    /// Whether an initializer has failed.
    public let isBroken: Bool
  }

  /// The pool's counts: of threads all of one moment; of what is queued a moment later, while a map is under way.
  ///
  /// ```swift
  /// let pool = ThreadPoolExecutor()
  /// print(pool.statistics.startedThreads)  // 0
  /// ```
  public var statistics: Statistics {
    let counts = core.counts
    return Statistics(
      startedThreads: core.roster.startedCount, livingThreads: counts.threads,
      idleThreads: counts.idle, queued: core.queuedCount(counts), isShutDown: counts.isClosed,
      isBroken: counts.isBroken)
  }
}
