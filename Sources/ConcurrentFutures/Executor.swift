/// Runs closures somewhere else and hands out a `Future` for each.
///
/// Python: `concurrent.futures.Executor`.
///
/// Whoever implements `submit` and `shutdown` gets `map` as well. (Within this module's users the name wins
/// over Swift's own `Executor`, which schedules jobs of the concurrency runtime.)
public protocol Executor: AnyObject, Sendable {
  /// Queues a task and returns its future at once.
  ///
  /// Arguments are what the closure captures. The task does not see the submitter's task-local values
  /// (TH-13).
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
  /// - Parameters:
  ///   - wait: Whether to return only when every task and its callbacks have ended.
  ///   - cancelFutures: Whether to cancel what is queued; otherwise it still runs.
  func shutdown(wait: Bool, cancelFutures: Bool)
}

extension Executor {
  /// Takes no more tasks, and returns when those queued have run.
  ///
  /// Python: `shutdown()`.
  @available(*, noasync, message: "blocks the thread until every task has ended")
  public func shutdown() { shutdown(wait: true, cancelFutures: false) }

  /// Takes no more tasks; those queued still run.
  ///
  /// Python: `shutdown(wait=…)`.
  @available(*, noasync, message: "may block the thread until every task has ended")
  public func shutdown(wait: Bool) { shutdown(wait: wait, cancelFutures: false) }

  /// Takes no more tasks, and returns when those running have ended.
  ///
  /// Python: `shutdown(cancel_futures=…)`.
  @available(*, noasync, message: "blocks the thread until every running task has ended")
  public func shutdown(cancelFutures: Bool) { shutdown(wait: true, cancelFutures: cancelFutures) }
}
