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
  public let future: Future<Value>

  /// Creates a promise and its pending future.
  public init() {
    future = Future(body: nil)
  }

  /// Says that the work begins.
  ///
  /// Python: `set_running_or_notify_cancel()`.
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
  /// - Throws: `InvalidStateError` if the future is done already.
  public func setResult() throws(InvalidStateError) {
    try setResult(())
  }
}
