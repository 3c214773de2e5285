/// The result of a task that may not have run yet.
///
/// Python: `concurrent.futures.Future`.
///
/// `Executor.submit` returns one at once; ask it for its state, wait for its result, cancel it while it is
/// still queued, or have code run when it is done.
///
/// ```swift
/// let pool = ThreadPoolExecutor()
/// let answer = try pool.submit { 6 * 7 }
/// print(try answer.result())  // 42
/// ```
///
/// A future stays usable after its executor was shut down or released. The task's closure is released when
/// the task has run or was cancelled, the value when the future is.
public final class Future<Value: Sendable>: AnyFuture {
  /// The task.
  ///
  /// Written by `init`; after that it belongs to whoever won `start` or `cancel`.
  @usableFromInline @exclusivity(unchecked) var body: (@Sendable () throws -> Value)?

  /// The task's value.
  ///
  /// Written by the winner of `start` or `claim`. Two fields, not a `Result`: a future that is done
  /// with neither is cancelled, and a `nil` or `Void` value is still a value (FU-19).
  @usableFromInline @exclusivity(unchecked) var success: Value?

  @inlinable
  init(body: consuming (@Sendable () throws -> Value)?) {
    self.body = consume body
    super.init(evaluate: { unsafeDowncast($0, to: Future<Value>.self).run() })
  }

  /// Runs the body and keeps its outcome.
  ///
  /// Only for the winner of `start`.
  @inlinable
  func run() {
    guard let body = body.take() else { return }
    do {
      success = try body()
    } catch {
      failure = error
    }
  }

  override func discardBody() { body = nil }

  override var valueTypeName: String { "\(Value.self)" }
}

extension Future {
  /// Waits for the task's value.
  ///
  /// Python: `result()`.
  ///
  /// May return while done-callbacks are still running (FU-20).
  ///
  /// ```swift
  /// let answer = try pool.submit { 6 * 7 }
  /// print(try answer.result())  // 42
  /// print(try answer.result(timeout: .seconds(5)))  // 42
  /// ```
  ///
  /// - Parameter timeout: How long to wait; `nil` is for ever, zero or less only looks.
  /// - Returns: What the task returned.
  /// - Throws: What the task threw; `CancelledError` if the future was cancelled; `TimeoutError` if it is
  ///   not done in time, in which case the task goes on and a later call may succeed.
  @inlinable
  @available(
    *, noasync, message: "blocks the thread; await the future's value instead", renamed: "value"
  )
  public func result(timeout: Duration? = nil) throws -> Value {
    try waitUntilDone(timeout: timeout)
    return try outcome()
  }

  /// The task's value, awaited without blocking a thread.
  ///
  /// ```swift
  /// func size(of url: String) async throws -> Int {
  ///   try await pool.submit { try download(url).count }.value
  /// }
  /// ```
  ///
  /// Cancelling the awaiting `Task` cancels this future if its task has not begun (its done-callbacks
  /// then run in a task of their own), and the await throws `CancelledError`; a task that is running is not
  /// interrupted and is awaited to its end.
  ///
  /// - Throws: What the task threw; `CancelledError` if the future was cancelled.
  @inlinable
  public var value: Value {
    get async throws {
      await untilDone()
      return try outcome()
    }
  }

  /// The outcome of a future that is done.
  @inlinable
  func outcome() throws -> Value {
    if let success { return success }
    throw failure ?? CancelledError()
  }

  /// Has `body` run when the future is done.
  ///
  /// Python: `add_done_callback()`.
  ///
  /// Callbacks run in the order in which they were added, on the thread that ends the future: the worker
  /// that ran the task, or who called `cancel`, `shutdown(cancelFutures:)` or the promise. On a future that
  /// is done already it runs at once, on this thread, before the call returns. A callback that takes long
  /// keeps its worker from the next task. What a callback throws is logged (label `concurrent.futures`, level
  /// error) and ignored. It is released after it ran.
  ///
  /// ```swift
  /// let answer = try pool.submit { 6 * 7 }
  /// answer.addDoneCallback { future in print(try future.result()) }  // 42
  /// pool.shutdown()  // waits for callbacks too
  /// ```
  ///
  /// - Parameter body: Called once, with this future, which is done then.
  public func addDoneCallback(_ body: @escaping @Sendable (Future<Value>) throws -> Void) {
    let callback = Callback(body)
    if !register(callback) { callback.completed(self) }
  }
}
