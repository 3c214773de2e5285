import ConcurrentFutures

/// A future in each of the states that Python's tests have a sample of.
enum SampleFuture: String, CaseIterable, Sendable {
  case pending, running, cancelled, cancelledAndNotified, failed, succeeded

  static let done: [SampleFuture] = [.cancelled, .cancelledAndNotified, .failed, .succeeded]

  /// A new future in that state; it failed with `Boom()` or returned 42.
  func make() throws -> Future<Int> { try promise().future }

  /// A promise whose future is in that state.
  func promise() throws -> Promise<Int> {
    let promise = Promise<Int>()
    switch self {
    case .pending: break
    case .running: _ = try promise.setRunningOrNotifyCancel()
    case .cancelled: promise.future.cancel()
    case .cancelledAndNotified:
      promise.future.cancel()
      _ = try promise.setRunningOrNotifyCancel()
    case .failed: try promise.setException(Boom())
    case .succeeded: try promise.setResult(42)
    }
    return promise
  }
}
