import ConcurrentFutures
import TestSupport

/// A second executor, through `Promise`: a thread for each task, of which only some run at a time, in order.
final class ThreadPerTaskExecutor: Executor {
  private struct State {
    var isShutDown = false
    var submitted = 0
    var ended = 0
    var futures: [AnyFuture] = []
  }

  private let width: Int
  private let state = Guarded(State())

  init(width: Int) { self.width = width }

  func submit<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) throws -> Future<Value> {
    let promise = Promise<Value>()
    let number = try state.withLock { state in
      if state.isShutDown { throw ShutdownError() }
      state.futures.append(promise.future)
      defer { state.submitted += 1 }
      return state.submitted
    }
    startThread { [self] in
      _ = state.wait(.seconds(600)) { $0.ended + self.width > number }
      run(body, promise)
      state.withLock { $0.ended += 1 }
    }
    return promise.future
  }

  private func run<Value>(_ body: () throws -> Value, _ promise: Promise<Value>) {
    guard (try? promise.setRunningOrNotifyCancel()) == true else { return }
    do {
      let value = try body()
      try? promise.setResult(value)
    } catch {
      try? promise.setException(error)
    }
  }

  func shutdown(wait: Bool, cancelFutures: Bool) {
    let futures = state.withLock { state in
      state.isShutDown = true
      return state.futures
    }
    if cancelFutures { for future in futures { future.cancel() } }
    if wait { _ = state.wait(.seconds(600)) { $0.ended == $0.submitted } }
  }
}
