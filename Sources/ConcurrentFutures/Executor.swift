/// Runs closures somewhere else and hands out a `Future` for each.
///
/// Python: `concurrent.futures.Executor`.
///
/// Whoever implements `submit` and `shutdown` gets `map` as well. (Within this module's users the name wins
/// over Swift's own `Executor`, which schedules jobs of the concurrency runtime.)
///
/// ```swift
/// /// Runs each task at once, on the thread that submits it: for tests, and for finding bugs.
/// final class InlineExecutor: Executor {
///   func submit<Value: Sendable>(
///     _ body: @escaping @Sendable () throws -> Value
///   ) throws -> Future<Value> {
///     let promise = Promise<Value>()
///     switch Result(catching: body) {
///     case .success(let value): try promise.setResult(value)
///     case .failure(let error): try promise.setException(error)
///     }
///     return promise.future
///   }
///
///   func shutdown(wait: Bool, cancelFutures: Bool) {}
/// }
///
/// print(try InlineExecutor().map(1...3) { $0 * $0 }.values())  // [1, 4, 9]
/// ```
public protocol Executor: AnyObject, Sendable {
  /// Queues a task and returns its future at once.
  ///
  /// Arguments are what the closure captures. The task does not see the submitter's task-local values
  /// (TH-13).
  ///
  /// ```swift
  /// func countLater(_ text: String, on executor: some Executor) throws -> Future<Int> {
  ///   try executor.submit { text.count }
  /// }
  /// print(try countLater("hello", on: pool).result())  // 5
  /// ```
  ///
  /// - Parameter body: The task. What it throws becomes the future's failure.
  /// - Returns: A future that will be done, whatever happens: the task runs, or the future is cancelled or
  ///   failed.
  /// - Throws: `ShutdownError` or an error of the executor's own; then nothing was queued.
  func submit<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) throws -> Future<Value>

  /// Takes no more tasks.
  ///
  /// ```swift
  /// func stop(_ executors: [any Executor]) {
  ///   for executor in executors { executor.shutdown(wait: false, cancelFutures: true) }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - wait: Whether to return only when every task and its callbacks have ended.
  ///   - cancelFutures: Whether to cancel what is queued; otherwise it still runs.
  func shutdown(wait: Bool, cancelFutures: Bool)
}

extension Executor {
  /// Takes no more tasks, and returns when those queued have run.
  ///
  /// Python: `shutdown()`.
  ///
  /// ```swift
  /// let pool = ThreadPoolExecutor()
  /// let answer = try pool.submit { 6 * 7 }
  /// pool.shutdown()
  /// print(answer.isDone)  // true
  /// ```
  @available(*, noasync, message: "blocks the thread until every task has ended")
  public func shutdown() { shutdown(wait: true, cancelFutures: false) }

  /// Takes no more tasks; those queued still run.
  ///
  /// Python: `shutdown(wait=…)`.
  ///
  /// ```swift
  /// let answer = try pool.submit { 6 * 7 }
  /// pool.shutdown(wait: false)  // returns at once
  /// print(try answer.result())  // 42
  /// ```
  @available(*, noasync, message: "may block the thread until every task has ended")
  public func shutdown(wait: Bool) { shutdown(wait: wait, cancelFutures: false) }

  /// Takes no more tasks, and returns when those running have ended.
  ///
  /// Python: `shutdown(cancel_futures=…)`.
  ///
  /// ```swift
  /// let futures = try urls.map { url in try pool.submit { try download(url) } }
  /// pool.shutdown(cancelFutures: true)
  /// print(futures.allSatisfy(\.isDone))  // true
  /// ```
  @available(*, noasync, message: "blocks the thread until every running task has ended")
  public func shutdown(cancelFutures: Bool) { shutdown(wait: true, cancelFutures: cancelFutures) }
}
