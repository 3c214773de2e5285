import TestSupport
import Testing

@testable import ConcurrentFutures

/// `asCompleted` on a thread.
@Suite("asCompleted", .timeLimit(.minutes(5)))
struct AsCompletedTests {
  @Test("C-56 each future comes once, failed and cancelled ones too (AC-01, AC-04)")
  func each() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.cancelledAndNotified, .failed, .succeeded, .cancelled]
      let futures = try samples.map { try $0.make() }
      #expect(Array(asCompleted(futures)) == futures)
      #expect(try asCompleted(futures, timeout: patience).map { try $0.get() } == futures)
    }
  }

  @Test("AC-01 in the order in which they end, those already done first")
  func order() async throws {
    try await onThread {
      let promises = (0..<6).map { _ in Promise<Int>() }
      try promises[3].setResult(3)
      let sequence = asCompleted(promises.map(\.future), timeout: patience)
      for index in [5, 0, 4, 2, 1] { try promises[index].setResult(index) }
      let values = try sequence.map { try $0.get().result() }
      #expect(values == [3, 5, 0, 4, 2, 1])
    }
  }

  @Test("AC-01 the consumer sleeps until the next one ends")
  func sleeps() async throws {
    try await onThread {
      let promises = (0..<3).map { _ in Promise<Int>() }
      let futures = promises.map(\.future)
      let seen = OrderLog<Int>()
      startThread {
        for future in asCompleted(futures) { seen.append((try? future.result()) ?? -1) }
      }
      try eventually("the consumer to register") { futures[2].hasRegistrations }
      for (count, index) in [2, 0, 1].enumerated() {
        try promises[index].setResult(index)
        #expect(try seen.wait(for: count + 1).last == index)
      }
    }
  }

  @Test("AC-03 nothing to wait for: ends at once")
  func empty() async throws {
    try await onThread {
      #expect(Array(asCompleted([Future<Int>]())).isEmpty)
      #expect(Array(asCompleted([Future<Int>](), timeout: .zero)).isEmpty)
    }
  }

  @Test("C-58 a future that is given several times comes once (AC-02)")
  func duplicates() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let sequence = asCompleted(repeatElement(promise.future, count: 3), timeout: patience)
      try promise.setResult(1)
      #expect(try sequence.map { try $0.get() } == [promise.future])
    }
  }

  static let timeouts: [Duration] = [.zero, .milliseconds(-1), .milliseconds(2)]

  @Test("C-57 those done come, then TimeoutError, then the end (AC-06, AC-10)", arguments: timeouts)
  func timeout(timeout: Duration) async throws {
    try await onThread {
      let samples: [SampleFuture] = [.running, .cancelledAndNotified, .failed, .succeeded]
      let futures = try samples.map { try $0.make() }
      var iterator = asCompleted(futures, timeout: timeout).makeIterator()
      for index in 1...3 { #expect(try iterator.next()?.get() == futures[index]) }
      #expect(throws: TimeoutError("1 (of 4) futures unfinished")) { try iterator.next()?.get() }
      #expect(iterator.next() == nil)
      #expect(iterator.next() == nil)
    }
  }

  @Test("C-59 the message counts without duplicates (AC-05)")
  func message() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.cancelledAndNotified, .pending, .running, .succeeded]
      let futures = try samples.map { try $0.make() }
      let last = Array(asCompleted(futures + futures, timeout: .zero)).last
      #expect(throws: TimeoutError("2 (of 4) futures unfinished")) { try last?.get() }
    }
  }

  @Test("AC-07 the clock starts at the call")
  func clock() async throws {
    try await onThread {
      let sequence = asCompleted([Promise<Int>().future], timeout: .milliseconds(1))
      try eventually("the deadline to pass") { sequence.deadline.hasPassed }
      #expect(sequence.makeIterator().deadline.hasPassed)
    }
  }

  @Test("AC-08 a slow consumer gets what is done, however late it comes")
  func slowConsumer() async throws {
    try await onThread {
      let promises = (0..<3).map { _ in Promise<Int>() }
      let sequence = asCompleted(promises.map(\.future), timeout: .milliseconds(1))
      try eventually("the deadline to pass") { sequence.deadline.hasPassed }
      try promises[2].setResult(2)
      promises[0].future.cancel()
      var iterator = sequence.makeIterator()
      #expect(try iterator.next()?.get() == promises[2].future)
      #expect(try iterator.next()?.get() == promises[0].future)
      #expect(throws: TimeoutError("1 (of 3) futures unfinished")) { try iterator.next()?.get() }
    }
  }

  @Test("AC-09, SD-10 futures cancelled by shutdown come out")
  func cancelledByShutdown() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let blockade = try Blockade(pool)
      let futures = try (0..<5).map { index in try pool.submit { index } }
      pool.shutdown(wait: false, cancelFutures: true)
      #expect(try asCompleted(futures, timeout: patience).map { try $0.get() } == futures)
      blockade.lift()
      try end(pool)
    }
  }

  @Test("AC-11 leaving the loop leaves the rest alone and nothing behind")
  func leaving() async throws {
    try await onThread {
      let promises = (0..<3).map { _ in Promise<Int>() }
      try promises[1].setResult(1)
      for future in asCompleted(promises.map(\.future)) {
        #expect(future == promises[1].future)
        break
      }
      #expect(!promises[0].future.hasRegistrations && !promises[2].future.hasRegistrations)
      #expect(!promises[0].future.isCancelled)
    }
  }

  @Test("C-60, AC-13, AC-14 completing one in the loop makes the next one come")
  func completingInside() async throws {
    try await onThread {
      let promises = (0..<8).map { _ in Promise<Int>() }
      try promises[0].setResult(0)
      var seen: [Int] = []
      for future in asCompleted(promises.map(\.future), timeout: patience) {
        seen.append(try future.get().result())
        if seen.count < 8 { try promises[seen.count].setResult(seen.count) }
      }
      #expect(seen == Array(0..<8))
    }
  }

  @Test("AC-01 every future of a busy pool comes once")
  func busy() async throws {
    let count = TestEnvironment.rounds(5000)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 4)
      let futures = try (0..<count).map { index in try pool.submit { index } }
      let seen = try asCompleted(futures, timeout: patience).map { try $0.get().result() }
      #expect(seen.count == count && Set(seen).count == count)
      try end(pool)
    }
  }
}
