import ConcurrentFutures
import TestSupport
import Testing

/// The results of `map` in a task: `for await … in results.async`.
@Suite("map, async", .timeLimit(.minutes(5)))
struct MapAsyncTests {
  @Test("MA-02, MA-09 in input order, failures at their places", arguments: [nil, 1, 3, 100])
  func order(bufferSize: Int?) async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 3)
    let results = try pool.map(0..<20, bufferSize: bufferSize) { index in
      if index == 7 { throw Boom() }
      return index
    }
    var seen: [Int?] = []
    for await result in results.async { seen.append(try? result.get()) }
    #expect(seen == (0..<20).map { $0 == 7 ? nil : $0 })
    await pool.shutdown()
  }

  @Test("MA-12 the deadline: TimeoutError, then the end; nothing later runs")
  func timeout() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let log = OrderLog<Int>()
    let blockade = try await onThread { try Blockade(pool) }
    let iterator = try pool.map(0..<3, timeout: .milliseconds(2)) { log.append($0) }.async
    var results = iterator.makeAsyncIterator()
    let first = await results.next()
    #expect(throws: TimeoutError()) { try first?.get() }
    #expect(await results.next() == nil)
    blockade.lift()
    await pool.shutdown()
    #expect(log.entries.isEmpty)
  }

  @Test("MA-13 a task's own TimeoutError is an ordinary error")
  func timeoutErrorOfATask() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    var seen: [String] = []
    let results = try pool.map(0..<2, timeout: patience) { index in
      if index == 0 { throw TimeoutError("own") }
      return index
    }
    for await result in results.async { seen.append("\(result)") }
    #expect(seen.count == 2 && seen[0].contains("own"))
    await pool.shutdown()
  }

  @Test("MA-11 what is finished comes even after the deadline")
  func late() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let results = try pool.map(0..<5, timeout: .zero) { $0 }
    await pool.shutdown()
    var seen: [Int] = []
    for await result in results.async { seen.append(try result.get()) }
    #expect(seen == Array(0..<5))
  }

  @Test("cancelling the task cancels what is awaited and has not begun")
  func cancellation() async throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 1)
    let blockade = try await onThread { try Blockade(pool) }
    let consumer = Task {
      var results = try pool.map(0..<2) { $0 }.async
      return await results.next()
    }
    consumer.cancel()
    let first = try await consumer.value
    #expect(throws: CancelledError()) { try first?.get() }
    blockade.lift()
    await pool.shutdown()
  }
}
