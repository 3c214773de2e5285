import Logging

/// User code to be run when a future is done.
///
/// It is dropped as soon as it ran, so that a callback that captures its future makes no lasting cycle
/// (Python keeps it: CB-13).
final class Callback<F: AnyFuture>: Registration {
  private let body: @Sendable (F) throws -> Void

  init(_ body: @escaping @Sendable (F) throws -> Void) {
    self.body = body
  }

  override var isCallback: Bool { true }

  /// Runs the callback.
  ///
  /// What it throws is logged and goes no further: it concerns neither the future nor the callbacks
  /// after it nor the worker (CB-07, CB-08, CB-10).
  override func completed(_ future: AnyFuture) {
    do {
      try body(unsafeDowncast(future, to: F.self))
    } catch {
      Log.callbackFailed(future, error)
    }
  }
}

/// What Python logs on its logger `concurrent.futures`, through swift-log.
///
/// The logger is made for each message: these are rare, and a logger kept from before
/// `LoggingSystem.bootstrap` would not heed it.
enum Log {
  private static var logger: Logger { Logger(label: "concurrent.futures") }

  static func callbackFailed(_ future: AnyFuture, _ error: any Error) {
    logger.error("exception calling callback for \(future.description): \(error)")
  }

  static func initializerFailed(_ worker: String, _ error: any Error) {
    logger.critical("Exception in initializer: \(error)", metadata: ["worker": "\(worker)"])
  }
}
