/// Futures that are made before it is known when their tasks may run: for who keeps an order of jobs of its own.
///
/// Such a future is pending, and in no queue, until `enqueue` or `runIfPending`; meanwhile it can be waited for and
/// cancelled as any other.
extension Future {
  /// A future whose task waits in no queue.
  ///
  /// - Parameter body: The task, released as soon as it has run or was cancelled.
  package convenience init(deferring body: @escaping @Sendable () throws -> Value) {
    self.init(body: body)
  }
}

extension AnyFuture {
  /// Runs the task on this thread, unless it was cancelled or has begun elsewhere.
  package final func runIfPending() {
    guard start() else { return }
    runBody()
    finish()
  }

  /// Ends a future with an error of its own instead of running its task.
  ///
  /// Only for who owns it: a future that is in a queue might begin meanwhile.
  ///
  /// - Returns: False if it was cancelled.
  @discardableResult
  package final func failDeferred(_ error: any Error) -> Bool { fail(error) }
}

extension ThreadPoolExecutor {
  /// Queues a future that was made before; see `submit`.
  ///
  /// - Throws: What `submit` throws; the future is as it was then.
  package func enqueue(deferred future: AnyFuture) throws { try core.enqueue(future) }

  /// Takes everything that is queued out of the queue, in order.
  ///
  /// The futures stay pending, and belong to the caller.
  package func withdrawQueued() -> [AnyFuture] { core.drain() }
}
