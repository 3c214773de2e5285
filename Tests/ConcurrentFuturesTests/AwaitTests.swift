import TestSupport
import Testing

@testable import ConcurrentFutures

/// `await future.value`, and what cancelling the awaiting task does.
@Suite("await value", .timeLimit(.minutes(5)))
struct AwaitTests {
  @Test(
    "FU-08 the value, the error, the cancellation of a done future", arguments: SampleFuture.done)
  func done(sample: SampleFuture) async throws {
    let future = try sample.make()
    switch sample {
    case .failed: await #expect(throws: Boom()) { try await future.value }
    case .succeeded: #expect(try await future.value == 42)
    default: await #expect(throws: CancelledError()) { try await future.value }
    }
  }

  /// A task that awaits the future; returns when it is suspended.
  private func awaiting(_ future: Future<Int>) async throws -> Task<Int, any Error> {
    let before = future.registrationCount
    let task = Task { try await future.value }
    try await onThread {
      try eventually("the task to await") { future.registrationCount > before }
    }
    return task
  }

  @Test("FU-08 the value that comes later")
  func later() async throws {
    let promise = Promise<Int>()
    let task = try await awaiting(promise.future)
    try promise.setResult(1)
    #expect(try await task.value == 1)
  }

  @Test("FU-14 the future is cancelled while it is awaited")
  func cancelledLater() async throws {
    let future = Promise<Int>().future
    let task = try await awaiting(future)
    #expect(future.cancel())
    await #expect(throws: CancelledError()) { try await task.value }
  }

  @Test("cancelling the task cancels a pending future")
  func cancelsPending() async throws {
    let future = Promise<Int>().future
    let task = try await awaiting(future)
    task.cancel()
    await #expect(throws: CancelledError()) { try await task.value }
    #expect(future.isCancelled)
  }

  @Test("cancelling the task does not touch a running future: it is awaited to its end")
  func leavesRunning() async throws {
    let promise = try SampleFuture.running.promise()
    let task = try await awaiting(promise.future)
    task.cancel()
    #expect(promise.future.isRunning)
    try promise.setResult(3)
    #expect(try await task.value == 3)
  }

  @Test("a task that is cancelled already cancels a pending future, and reads a done one")
  func cancelledBefore() async throws {
    let pending = Promise<Int>().future
    let succeeded = try SampleFuture.succeeded.make()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      #expect(try await succeeded.value == 42)
      return try await pending.value
    }
    task.cancel()
    await #expect(throws: CancelledError()) { try await task.value }
    #expect(pending.isCancelled)
  }

  @Test("FU-13 many tasks may await; cancelling one cancels the pending future for all")
  func manyAwaiters() async throws {
    let future = Promise<Int>().future
    var tasks: [Task<Int, any Error>] = []
    for _ in 0..<4 { tasks.append(try await awaiting(future)) }
    tasks[0].cancel()
    for task in tasks { await #expect(throws: CancelledError()) { try await task.value } }
  }

  @Test(
    "CB-04 a callback that a task's cancellation runs may wait, submit and cancel the task again")
  func callbackInCancellation() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let hasRun = Promise<Int>()
    let future = Promise<Int>().future
    let task = try await awaiting(future)
    future.addDoneCallback { _ in
      task.cancel()
      try hasRun.setResult(try pool.submit { 1 }.soon())
    }
    try await onThread { try inTime("the cancellation") { task.cancel() } }
    await #expect(throws: CancelledError()) { try await task.value }
    #expect(try await hasRun.future.value == 1)
    await pool.shutdown()
  }

  @Test("a thousand tasks await a thousand futures of a pool")
  func many() async throws {
    let count = TestEnvironment.rounds(1000)
    let pool = try ThreadPoolExecutor(maxWorkers: 3)
    let sum = try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<count {
        group.addTask { try await pool.submit { index }.value }
      }
      return try await group.reduce(0, +)
    }
    #expect(sum == count * (count - 1) / 2)
    await pool.shutdown()
    expectNothingLeft(pool)
  }

  @Test("cancelling races with the end: the task gets the value or the cancellation, once")
  func race() async throws {
    for round in 0..<TestEnvironment.rounds(1000) {
      let promise = Promise<Int>()
      let task = Task { try await promise.future.value }
      let ending = Task { (try? promise.setResult(round)) != nil }
      task.cancel()
      let isCancelled = await !ending.value
      #expect(promise.future.isCancelled == isCancelled)
      let value = try? await task.value
      #expect(value == (isCancelled ? nil : round))
    }
  }
}
