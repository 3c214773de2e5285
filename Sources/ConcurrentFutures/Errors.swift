/// The future was cancelled before it ran.
///
/// Python: `concurrent.futures.CancelledError`, whose message is empty. It is not Swift's
/// `CancellationError`, which tells a `Task` that the task itself was cancelled.
public struct CancelledError: Error, Equatable, CustomStringConvertible {
  /// Creates the error.
  public init() {}

  /// The error's name.
  public var description: String { "CancelledError" }
}

/// What was waited for did not happen in time.
///
/// Python: `TimeoutError`. The work itself goes on; ask again later.
public struct TimeoutError: Error, Equatable, CustomStringConvertible {
  /// What was still unfinished, as in `2 (of 4) futures unfinished`; empty where Python's is.
  public let message: String

  /// Creates the error.
  public init(_ message: String = "") { self.message = message }

  /// The error's name, and the message if there is one.
  public var description: String { message.isEmpty ? "TimeoutError" : "TimeoutError: \(message)" }
}

/// A future was given a second outcome, or told to run in a state in which it cannot.
///
/// Python: `concurrent.futures.InvalidStateError`.
public struct InvalidStateError: Error, Equatable, CustomStringConvertible {
  /// The state that the future was in, and the future.
  public let message: String

  init(_ message: String) { self.message = message }

  /// The error's name and message.
  public var description: String { "InvalidStateError: \(message)" }
}

/// A worker's initializer failed, and the pool can run nothing any more.
///
/// Python: `concurrent.futures.thread.BrokenThreadPool`. It is thrown by `submit`, and is the failure of
/// every future that was still queued.
public struct BrokenThreadPoolError: Error, Equatable, CustomStringConvertible {
  /// Creates the error.
  public init() {}

  /// Python's words for it.
  public var description: String {
    "A thread initializer failed, the thread pool is not usable anymore"
  }
}

/// Work was submitted to an executor that has been shut down.
///
/// Python: a `RuntimeError` with this text.
public struct ShutdownError: Error, Equatable, CustomStringConvertible {
  /// Creates the error.
  public init() {}

  /// Python's words for it.
  public var description: String { "cannot schedule new futures after shutdown" }
}

/// The operating system refused the very first thread of a pool.
///
/// Nothing was queued.
///
/// Python: a `RuntimeError` with this text; there the task stays queued all the same (TH-12).
public struct ThreadStartError: Error, Equatable, CustomStringConvertible {
  /// Creates the error.
  public init() {}

  /// Python's words for it.
  public var description: String { "can't start new thread" }
}

/// An argument is outside of what makes sense.
///
/// Python: `ValueError`.
public struct ValueError: Error, Equatable, CustomStringConvertible {
  /// Which argument, and what it must be.
  public let description: String

  init(_ description: String) { self.description = description }
}
