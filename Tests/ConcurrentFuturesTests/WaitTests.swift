import ConcurrentFutures
import TestSupport
import Testing

/// `wait(for:until:timeout:)` on futures in fixed states: nothing here sleeps for long.
@Suite("wait", .timeLimit(.minutes(5)))
struct WaitTests {
  /// Futures in the given states, and the split that `wait` made of them, as states.
  private func split(
    _ samples: [SampleFuture], _ condition: WaitCondition, timeout: Duration? = patience
  ) throws -> (done: [SampleFuture], notDone: [SampleFuture]) {
    let futures = try samples.map { try $0.make() }
    let (done, notDone) = wait(for: futures, until: condition, timeout: timeout)
    let samples = Dictionary(uniqueKeysWithValues: zip(futures, samples))
    return (done.compactMap { samples[$0] }, notDone.compactMap { samples[$0] })
  }

  @Test("WA-04 nothing to wait for: returns at once", arguments: WaitCondition.allCases)
  func empty(condition: WaitCondition) async throws {
    try await onThread {
      let (done, notDone) = try split([], condition, timeout: nil)
      #expect(done.isEmpty && notDone.isEmpty)
    }
  }

  @Test(
    "WA-01 both parts are in input order, whatever the condition", arguments: WaitCondition.allCases
  )
  func order(condition: WaitCondition) async throws {
    try await onThread {
      let samples: [SampleFuture] = [.succeeded, .pending, .cancelled, .running, .failed]
      let (done, notDone) = try split(samples, condition, timeout: .zero)
      #expect(done == [.succeeded, .cancelled, .failed])
      #expect(notDone == [.pending, .running])
    }
  }

  @Test("C-47 a future that is given twice counts once (WA-02)")
  func duplicates() async throws {
    try await onThread {
      let promise = Promise<Int>()
      let (_, none) = wait(for: [promise.future, promise.future], timeout: .zero)
      #expect(none == [promise.future])
      try promise.setResult(1)
      let (done, notDone) = wait(for: [promise.future, promise.future], timeout: patience)
      #expect(done == [promise.future] && notDone.isEmpty)
    }
  }

  @Test("C-49 first completed: some are done at the call (WA-06)")
  func firstCompletedAtOnce() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.cancelledAndNotified, .succeeded, .pending]
      let (done, notDone) = try split(samples, .firstCompleted)
      #expect(done == [.cancelledAndNotified, .succeeded])
      #expect(notDone == [.pending])
    }
  }

  @Test("C-52 first exception: one has failed at the call (WA-07)")
  func firstExceptionAtOnce() async throws {
    try await onThread {
      let (done, notDone) = try split([.failed, .pending], .firstException)
      #expect(done == [.failed] && notDone == [.pending])
    }
  }

  @Test("WA-07 first exception: success and cancellation do not end the wait")
  func firstExceptionNone() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.succeeded, .cancelled, .pending]
      let (done, notDone) = try split(samples, .firstException, timeout: .milliseconds(2))
      #expect(done == [.succeeded, .cancelled] && notDone == [.pending])
      let all = try split([.succeeded, .cancelled], .firstException)
      #expect(all.done == [.succeeded, .cancelled])
    }
  }

  @Test(
    "C-54 a timeout is no error (WA-08)",
    arguments: [.zero, .milliseconds(-1), .milliseconds(2)] as [Duration], WaitCondition.allCases)
  func timeout(timeout: Duration, condition: WaitCondition) async throws {
    try await onThread {
      let (done, notDone) = try split([.pending, .running], condition, timeout: timeout)
      #expect(done.isEmpty && notDone == [.pending, .running])
    }
  }

  @Test("C-54 all completed, one is not: the others are done when time is up")
  func timeoutAll() async throws {
    try await onThread {
      let samples: [SampleFuture] = [.cancelledAndNotified, .failed, .succeeded, .running]
      let (done, notDone) = try split(samples, .allCompleted, timeout: .milliseconds(2))
      #expect(done == [.cancelledAndNotified, .failed, .succeeded] && notDone == [.running])
    }
  }

  @Test(
    "WA-09 a cancelled future is done, though no worker knows", arguments: WaitCondition.allCases)
  func cancelled(condition: WaitCondition) async throws {
    try await onThread {
      let (done, notDone) = try split([.cancelled], condition)
      #expect(done == [.cancelled] && notDone.isEmpty)
    }
  }

  @Test(
    "WA-15 a wait that timed out leaves nothing with the futures", arguments: WaitCondition.allCases
  )
  func leavesNothing(condition: WaitCondition) async throws {
    try await onThread {
      let futures = (0..<3).map { _ in Promise<Int>().future }
      _ = wait(for: futures, until: condition, timeout: .milliseconds(1))
      #expect(futures.allSatisfy { !$0.hasRegistrations })
    }
  }

  @Test("WA-16 waiting consumes nothing")
  func consumesNothing() async throws {
    try await onThread {
      let failed = try SampleFuture.failed.make()
      for _ in 0..<2 { _ = wait(for: [failed], timeout: patience) }
      #expect(throws: Boom()) { try failed.result(timeout: .zero) }
    }
  }
}
