/// The future was cancelled before it ran.
///
/// Python: `concurrent.futures.CancelledError`, whose message is empty. It is not Swift's
/// `CancellationError`, which tells a `Task` that the task itself was cancelled.
///
/// ```swift
/// let promise = Promise<Int>()
/// promise.future.cancel()
/// do {
///   _ = try promise.future.result()
/// } catch is CancelledError {
///   print("cancelled")  // cancelled
/// }
/// ```
public struct CancelledError: Error, Equatable, CustomStringConvertible {
  /// Creates the error.
  ///
  /// For who runs tasks by other means, and hands an error on instead of cancelling a future.
  ///
  /// ```swift
  /// let promise = Promise<String>()
  /// try promise.setException(CancelledError())
  /// print(promise.future.isCancelled)  // false
  /// ```
  public init() {}

  /// The error's name.
  public var description: String { "CancelledError" }
}

/// What was waited for did not happen in time.
///
/// Python: `TimeoutError`. The work itself goes on; ask again later.
///
/// ```swift
/// let promise = Promise<String>()
/// do {
///   print(try promise.future.result(timeout: .milliseconds(100)))
/// } catch let error as TimeoutError {
///   print(error)  // TimeoutError
/// }
/// ```
public struct TimeoutError: Error, Equatable, CustomStringConvertible {
  /// What was still unfinished, as in `2 (of 4) futures unfinished`; empty where Python's is.
  ///
  /// ```swift
  /// let promises = [Promise<Int>(), Promise<Int>()]
  /// for next in asCompleted(promises.map(\.future), timeout: .milliseconds(100)) {
  ///   if case .failure(let error) = next { print(error.message) }  // 2 (of 2) futures unfinished
  /// }
  /// ```
  public let message: String

  /// Creates the error, as a task may that has a limit of its own.
  ///
  /// ```swift
  /// let answer = try pool.submit { () throws -> String in throw TimeoutError("no answer from db2") }
  /// if let error = try answer.exception() { print(error) }  // TimeoutError: no answer from db2
  /// ```
  public init(_ message: String = "") { self.message = message }

  /// The error's name, and the message if there is one.
  public var description: String { message.isEmpty ? "TimeoutError" : "TimeoutError: \(message)" }
}

/// A future was given a second outcome, or told to run in a state in which it cannot.
///
/// Python: `concurrent.futures.InvalidStateError`.
///
/// ```swift
/// let promise = Promise<Int>()
/// try promise.setResult(1)
/// do {
///   try promise.setResult(2)
/// } catch {
///   print(try promise.future.result())  // 1
/// }
/// ```
public struct InvalidStateError: Error, Equatable, CustomStringConvertible {
  /// The state that the future was in, and the future.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// promise.future.cancel()
  /// do {
  ///   try promise.setResult(1)
  /// } catch {
  ///   print(error.message)  // CANCELLED: <Future at 0x[..] state=cancelled>
  /// }
  /// ```
  public let message: String

  init(_ message: String) { self.message = message }

  /// The error's name and message.
  public var description: String { "InvalidStateError: \(message)" }
}

/// A worker's initializer failed, and the pool can run nothing any more.
///
/// Python: `concurrent.futures.thread.BrokenThreadPool`. It is thrown by `submit`, and is the failure of
/// every future that was still queued.
///
/// ```swift
/// struct NoConnection: Error {}
///
/// let pool = try ThreadPoolExecutor { throw NoConnection() }  // logged: Exception in initializer
/// let answer = try pool.submit { 6 * 7 }
/// if try answer.exception() is BrokenThreadPoolError { print("broken") }  // broken
/// ```
public struct BrokenThreadPoolError: Error, Equatable, CustomStringConvertible {
  /// Creates the error, as an executor of your own may.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// try promise.setException(BrokenThreadPoolError())
  /// ```
  public init() {}

  /// Python's words for it.
  public var description: String {
    "A thread initializer failed, the thread pool is not usable anymore"
  }
}

/// Work was submitted to an executor that has been shut down.
///
/// Python: a `RuntimeError` with this text.
///
/// ```swift
/// let pool = ThreadPoolExecutor()
/// pool.shutdown()
/// do {
///   _ = try pool.submit { 6 * 7 }
/// } catch {
///   print(error)  // cannot schedule new futures after shutdown
/// }
/// ```
public struct ShutdownError: Error, Equatable, CustomStringConvertible {
  /// Creates the error, as an executor of your own should when it takes no more tasks.
  ///
  /// ```swift
  /// func refuse(_ isShutDown: Bool) throws {
  ///   if isShutDown { throw ShutdownError() }
  /// }
  /// ```
  public init() {}

  /// Python's words for it.
  public var description: String { "cannot schedule new futures after shutdown" }
}

/// The operating system refused the very first thread of a pool.
///
/// Nothing was queued.
///
/// Python: a `RuntimeError` with this text; there the task stays queued all the same (TH-12).
///
/// ```swift
/// do {
///   let answer = try pool.submit { 6 * 7 }
///   print(try answer.result())  // 42
/// } catch is ThreadStartError {
///   // No thread to be had: compute it here.
/// }
/// ```
public struct ThreadStartError: Error, Equatable, CustomStringConvertible {
  /// Creates the error, as an executor of your own may.
  ///
  /// ```swift
  /// print(ThreadStartError())  // can't start new thread
  /// ```
  public init() {}

  /// Python's words for it.
  public var description: String { "can't start new thread" }
}

/// An argument is outside of what makes sense.
///
/// Python: `ValueError`.
///
/// ```swift
/// do {
///   _ = try ThreadPoolExecutor(maxWorkers: 0)
/// } catch {
///   print(error)  // max_workers must be greater than 0
/// }
/// ```
public struct ValueError: Error, Equatable, CustomStringConvertible {
  /// Which argument, and what it must be.
  public let description: String

  init(_ description: String) { self.description = description }
}
