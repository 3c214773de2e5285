import ConcurrentFutures
import TestSupport
import Testing

/// `wait(for:until:timeout:)` while futures end.
@Suite("wait, while futures end", .timeLimit(.minutes(5)))
struct WaitEventTests {
  /// A thread in `wait`; returns when it is registered with the last future.
  private func waiting(
    for futures: [Future<Int>], until condition: WaitCondition = .allCompleted
  ) throws -> Asking<([Future<Int>], [Future<Int>])> {
    let last = try #require(futures.last)
    return try Asking(last) {
      let (done, notDone) = wait(for: futures, until: condition, timeout: patience)
      return (done, notDone)
    }
  }

  @Test("C-48 first completed: a cancelled future is done at once (WA-06, WA-09)")
  func firstCompleted() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let blockade = try Blockade(pool)
      let (quick, cancelled) = (try pool.submit { 1 }, try pool.submit { 2 })
      cancelled.cancel()
      let (done, notDone) = wait(
        for: [quick, cancelled], until: .firstCompleted, timeout: patience)
      #expect(done == [cancelled] && notDone == [quick])
      blockade.lift()
      try end(pool)
    }
  }

  @Test("C-48 first completed: one ends during the wait (WA-06)")
  func firstCompletedLater() async throws {
    try await onThread {
      let promises = (0..<3).map { _ in Promise<Int>() }
      let answer = try waiting(for: promises.map(\.future), until: .firstCompleted)
      try promises[1].setResult(1)
      let (done, notDone) = try answer.get()
      #expect(done == [promises[1].future])
      #expect(notDone == [promises[0].future, promises[2].future])
    }
  }

  @Test("WA-10 a cancel during the wait is seen at once", arguments: WaitCondition.allCases)
  func cancelDuringWait(condition: WaitCondition) async throws {
    try await onThread {
      let future = Promise<Int>().future
      let answer = try waiting(for: [future], until: condition)
      #expect(future.cancel())
      let (done, notDone) = try answer.get()
      #expect(done == [future] && notDone.isEmpty)
    }
  }

  @Test("C-50 first exception: success goes on waiting, failure ends it (WA-07)")
  func firstException() async throws {
    try await onThread {
      let promises = (0..<4).map { _ in Promise<Int>() }
      let futures = promises.map(\.future)
      let answer = try waiting(for: futures, until: .firstException)
      try promises[0].setResult(1)
      futures[1].cancel()
      try promises[2].setException(Boom())
      let (done, notDone) = try answer.get()
      #expect(done == Array(futures[...2]) && notDone == [futures[3]])
    }
  }

  @Test("C-51 first exception: a cancelled future is in done (WA-07, WA-09)")
  func firstExceptionSomeDone() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.succeeded, .cancelled, .cancelledAndNotified]
      let (failing, blocked) = (Promise<Int>(), Promise<Int>())
      let futures = try samples.map { try $0.make() } + [failing.future, blocked.future]
      let answer = try waiting(for: futures, until: .firstException)
      try failing.setException(Boom())
      let (done, notDone) = try answer.get()
      #expect(done == Array(futures[...3]) && notDone == [blocked.future])
    }
  }

  @Test("C-53 all completed: in every way that a future can end (WA-05)")
  func allCompleted() async throws {
    try await onThread {
      let (first, second) = (Promise<Int>(), Promise<Int>())
      let samples: [SampleFuture] = [.succeeded, .cancelledAndNotified, .failed]
      let futures = try samples.map { try $0.make() } + [first.future, second.future]
      let answer = try waiting(for: futures)
      try second.setResult(1)
      try first.setException(Boom())
      let (done, notDone) = try answer.get()
      #expect(done == futures && notDone.isEmpty)
    }
  }

  @Test("C-55 a hundred tasks released at once while they are waited for (WA-13)")
  func released() async throws {
    let rounds = TestEnvironment.rounds(30)
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 100)
      for _ in 0..<rounds {
        let gate = Gate()
        let futures = try (0..<100).map { _ in try pool.submit { try gate.wait() } }
        try gate.waitForArrivals(100)
        gate.open()
        let (done, notDone) = wait(for: futures, timeout: patience)
        #expect(done.count == 100 && notDone.isEmpty)
      }
      try end(pool)
    }
  }

  @Test("WA-13, WA-14 many waits at once over the same futures")
  func overlapping() async throws {
    try await onThread {
      let promises = (0..<20).map { _ in Promise<Int>() }
      let futures = promises.map(\.future)
      let answers = try (0..<8).map { index in
        try waiting(for: index.isMultiple(of: 2) ? futures : Array(futures.reversed()))
      }
      for promise in promises { try promise.setResult(1) }
      for answer in answers {
        let (done, notDone) = try answer.get()
        #expect(Set(done) == Set(futures) && notDone.isEmpty)
      }
    }
  }

  @Test("WA-03 any sequence, futures of several executors and types mixed")
  func mixed() async throws {
    try await onThread {
      let pools = try (1...2).map { try ThreadPoolExecutor(maxWorkers: $0) }
      let promise = Promise<String>()
      let futures: [AnyFuture] = [
        try pools[0].submit { 1 }, promise.future,
        try pools[1].submit { throw Boom() } as Future<Bool>,
      ]
      try promise.setResult("bare")
      let (done, notDone) = wait(for: futures.lazy.reversed(), timeout: patience)
      #expect(done == futures.reversed() && notDone.isEmpty)
      for pool in pools { try end(pool) }
    }
  }
}
