import TestSupport
import Testing

@testable import ConcurrentFutures

/// `asCompleted` in a task: `for await`.
@Suite("asCompleted, async", .timeLimit(.minutes(5)))
struct AsCompletedAsyncTests {
  @Test("AC-01 in the order in which they end, the task suspends in between")
  func order() async throws {
    let promises = (0..<4).map { _ in Promise<Int>() }
    try promises[3].setResult(3)
    var seen: [Int] = []
    for await future in asCompleted(promises.map(\.future)) {
      seen.append(try await future.value)
      let next = [3: 1, 1: 0, 0: 2][seen[seen.count - 1]]
      if let next { Task { try promises[next].setResult(next) } }
    }
    #expect(seen == [3, 1, 0, 2])
  }

  @Test("AC-03, C-58 empty input and duplicates")
  func emptyAndDuplicates() async throws {
    for await _ in asCompleted([Future<Int>]()) { Issue.record("there is none") }
    let future = try SampleFuture.succeeded.make()
    var count = 0
    for await _ in asCompleted([future, future]) { count += 1 }
    #expect(count == 1)
  }

  @Test("C-57, C-59 TimeoutError after those that are done (AC-05, AC-06, AC-10)")
  func timeout() async throws {
    let samples: [SampleFuture] = [.succeeded, .pending, .cancelled, .running]
    let futures = try samples.map { try $0.make() }
    for timeout in AsCompletedTests.timeouts {
      var iterator = asCompleted(futures, timeout: timeout).makeAsyncIterator()
      #expect(try await iterator.next()?.get() == futures[0])
      #expect(try await iterator.next()?.get() == futures[2])
      let last = await iterator.next()
      #expect(throws: TimeoutError("2 (of 4) futures unfinished")) { try last?.get() }
      #expect(await iterator.next() == nil)
    }
  }

  @Test("AC-06 no deadline is missed, however short", arguments: [0, 20, 1000])
  func shortDeadlines(nanoseconds: Int) async throws {
    let future = Promise<Int>().future
    for round in 0..<TestEnvironment.rounds(3000) {
      let timeout = Duration.nanoseconds(round % 100 * nanoseconds)
      for await next in asCompleted([future], timeout: timeout) {
        #expect(throws: TimeoutError.self) { try next.get() }
      }
    }
    #expect(!future.hasRegistrations)
  }

  @Test("FU-10 a huge timeout does not end the wait and is no error")
  func hugeTimeout() async throws {
    for timeout in [.seconds(Int64.max), .seconds(4_000_000_000)] as [Duration] {
      let promise = Promise<Int>()
      Task { try promise.setResult(1) }
      for await next in asCompleted([promise.future], timeout: timeout) {
        #expect(try next.get() == promise.future)
      }
    }
  }

  @Test("cancelling the task ends the iteration, and cancels no future", arguments: [false, true])
  func cancellation(isTimed: Bool) async throws {
    let future = Promise<Int>().future
    let consumer = Task {
      if isTimed {
        for await _ in asCompleted([future], timeout: .seconds(600)) { return 1 }
      } else {
        for await _ in asCompleted([future]) { return 1 }
      }
      return 0
    }
    try await onThread { try eventually("the consumer to register") { future.hasRegistrations } }
    consumer.cancel()
    #expect(await consumer.value == 0)
    #expect(!future.isDone && !future.hasRegistrations)
  }

  @Test("a task that is cancelled already gets what is done and no more")
  func cancelledBefore() async throws {
    let futures = try [SampleFuture.succeeded, .pending].map { try $0.make() }
    let consumer = Task {
      while !Task.isCancelled { await Task.yield() }
      var count = 0
      for await _ in asCompleted(futures) { count += 1 }
      return count
    }
    consumer.cancel()
    #expect(await consumer.value == 1)
  }

  @Test("AC-01 every future of a busy pool comes once")
  func busy() async throws {
    let count = TestEnvironment.rounds(3000)
    let pool = try ThreadPoolExecutor(maxWorkers: 4)
    let futures = try (0..<count).map { index in try pool.submit { index } }
    var seen = Set<Int>()
    for await future in asCompleted(futures) { seen.insert(try await future.value) }
    #expect(seen.count == count)
    await pool.shutdown()
    expectNothingLeft(pool)
  }
}
