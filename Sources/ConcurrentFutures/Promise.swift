/// The write end of a future, for who runs work by other means than an executor of this library.
///
/// Python lets everybody call `set_result` on a future; here only who holds the promise can.
///
/// ```swift
/// let promise = Promise<String>()
/// promise.future.addDoneCallback { print(try $0.result()) }
/// try promise.setResult("hello")
/// ```
///
/// A promise that is dropped leaves its future pending.
public struct Promise<Value: Sendable>: Sendable {
  /// The read end, pending at first; it can be cancelled until `setRunningOrNotifyCancel` was called.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// let answer = promise.future  // hand this one out
  /// try promise.setResult(42)
  /// print(try answer.result())  // 42
  /// ```
  public let future: Future<Value>

  /// Creates a promise and its pending future.
  ///
  /// ```swift
  /// let promise = Promise<String>()
  /// print(promise.future.isDone)  // false
  /// ```
  public init() {
    future = Future(body: nil)
  }

  /// Says that the work begins.
  ///
  /// Python: `set_running_or_notify_cancel()`.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// if try promise.setRunningOrNotifyCancel() {
  ///   print(promise.future.isRunning, promise.future.cancel())  // true false
  ///   try promise.setResult(42)
  /// }
  /// ```
  ///
  /// - Returns: True if the future is now running and can no longer be cancelled; false if it was cancelled
  ///   and the work should not be done.
  /// - Throws: `InvalidStateError` if the future is running or finished already.
  public func setRunningOrNotifyCancel() throws(InvalidStateError) -> Bool {
    if future.start() { return true }
    guard future.isCancelled else { throw InvalidStateError("Future in unexpected state") }
    return false
  }

  /// Ends the future with a value.
  ///
  /// Python: `set_result()`.
  ///
  /// Done-callbacks run on this thread before the call returns.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// try promise.setResult(42)
  /// print(try promise.future.result())  // 42
  /// ```
  ///
  /// - Throws: `InvalidStateError` if the future is done already; its outcome stays as it is.
  public func setResult(_ value: Value) throws(InvalidStateError) {
    try claim()
    future.success = value
    future.finish()
  }

  /// Ends the future with an error.
  ///
  /// Python: `set_exception()`.
  ///
  /// Done-callbacks run on this thread before the call returns.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// try promise.setException(TimeoutError("no answer"))
  /// do {
  ///   _ = try promise.future.result()
  /// } catch {
  ///   print(error)  // TimeoutError: no answer
  /// }
  /// ```
  ///
  /// - Throws: `InvalidStateError` if the future is done already; its outcome stays as it is.
  public func setException(_ error: any Error) throws(InvalidStateError) {
    guard future.fail(error) else { throw alreadyDone }
  }

  private func claim() throws(InvalidStateError) {
    guard future.state.update({ $0.claim() }) else { throw alreadyDone }
  }

  private var alreadyDone: InvalidStateError {
    InvalidStateError("\(future.stateName): \(future.description)")
  }
}

extension Promise where Value == Void {
  /// Ends the future.
  ///
  /// Python: `set_result(None)`.
  ///
  /// A promise of nothing is a gate: whoever waits for its future goes on when it is opened.
  ///
  /// ```swift
  /// let gate = Promise<Void>()
  /// let late = try pool.submit { try gate.future.result() }
  /// try gate.setResult()
  /// try late.result()
  /// ```
  ///
  /// - Throws: `InvalidStateError` if the future is done already.
  public func setResult() throws(InvalidStateError) {
    try setResult(())
  }
}
