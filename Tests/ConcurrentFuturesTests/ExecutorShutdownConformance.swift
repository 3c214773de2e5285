import ConcurrentFutures
import TestSupport
import Testing

/// What `shutdown` must do on every `Executor`.
@Suite("Executor conformance, shutdown", .timeLimit(.minutes(5)))
struct ExecutorShutdownConformance {
  /// The ways to shut down, all of which mean "wait".
  enum Form: CaseIterable, Sendable {
    case plain, wait, both, cancelFutures

    func apply(to executor: any Executor) {
      switch self {
      case .plain: executor.shutdown()
      case .wait: executor.shutdown(wait: true)
      case .both: executor.shutdown(wait: true, cancelFutures: true)
      case .cancelFutures: executor.shutdown(cancelFutures: true)
      }
    }
  }

  @Test(
    "C-61 after shutdown in any form submit is refused (SD-01, SU-04)",
    arguments: ExecutorUnderTest.all, Form.allCases
  )
  func refused(_ subject: ExecutorUnderTest, form: Form) async throws {
    try await subject.onThread { executor in
      _ = try executor.submit { 1 }.soon()
      try inTime("shutdown") { form.apply(to: executor) }
      #expect(throws: ShutdownError()) { try executor.submit { 2 } }
    }
  }

  @Test("SD-07 an executor that was never used", arguments: ExecutorUnderTest.all, Form.allCases)
  func unused(_ subject: ExecutorUnderTest, form: Form) async throws {
    try await subject.onThread { executor in
      try inTime("shutdown") { form.apply(to: executor) }
    }
  }

  @Test("C-62 what is queued still runs (SD-02, SD-03)", arguments: ExecutorUnderTest.all)
  func queueRuns(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let blockade = try Blockade(executor, width: subject.width)
      let futures = try (0..<50).map { index in try executor.submit { index } }
      executor.shutdown(wait: false)
      #expect(futures.allSatisfy { !$0.isDone })
      blockade.lift()
      try end(executor)
      #expect(try futures.map { try $0.result(timeout: .zero) } == Array(0..<50))
    }
  }

  @Test(
    "C-63 with cancelFutures what is queued is cancelled, what runs finishes (SD-05)",
    arguments: ExecutorUnderTest.all)
  func queueCancelled(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let blockade = try Blockade(executor, width: subject.width)
      let futures = try (0..<45).map { index in try executor.submit { index } }
      executor.shutdown(wait: false, cancelFutures: true)
      #expect(futures.allSatisfy { $0.isCancelled })
      #expect(blockade.futures.allSatisfy { $0.isRunning })
      blockade.lift()
      try end(executor)
      #expect(try blockade.futures.allSatisfy { try $0.exception(timeout: .zero) == nil })
    }
  }

  @Test("SD-06 any number of times, in any mix", arguments: ExecutorUnderTest.all)
  func repeated(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let blockade = try Blockade(executor, width: subject.width)
      let future = try executor.submit { 1 }
      executor.shutdown(wait: false)
      executor.shutdown(wait: false)
      #expect(!future.isDone)
      executor.shutdown(wait: false, cancelFutures: true)
      #expect(future.isCancelled)
      blockade.lift()
      try end(executor)
      try end(executor, cancelFutures: true)
      #expect(blockade.futures.allSatisfy { $0.isDone && !$0.isCancelled })
    }
  }

  @Test("SD-08 several threads may wait for the end", arguments: ExecutorUnderTest.all)
  func severalWaiters(_ subject: ExecutorUnderTest) async throws {
    try await onThread {
      let executor = try subject.make()
      let blockade = try Blockade(executor, width: subject.width)
      let log = OrderLog<Bool>()
      for _ in 0..<4 {
        startThread {
          executor.shutdown(wait: true)
          log.append(blockade.futures.allSatisfy { $0.isDone })
        }
      }
      blockade.lift()
      let answers = try log.wait(for: 4)
      #expect(answers == [true, true, true, true])
    }
  }

  @Test(
    "SD-16 submit against shutdown: refused, or it ends", arguments: ExecutorUnderTest.all,
    [false, true])
  func race(_ subject: ExecutorUnderTest, cancelFutures: Bool) async throws {
    let rounds = TestEnvironment.rounds(50)
    try await onThread {
      for _ in 0..<rounds {
        let executor = try subject.make()
        let accepted = OrderLog<Future<Int>>()
        let (start, done) = (Rendezvous(of: 3), Rendezvous(of: 3))
        for _ in 0..<2 {
          startThread {
            try? start.meet()
            for index in 0..<20 {
              guard let future = try? executor.submit({ index }) else { break }
              accepted.append(future)
            }
            try? done.meet()
          }
        }
        try start.meet()
        try end(executor, cancelFutures: cancelFutures)
        try done.meet()
        #expect(accepted.entries.allSatisfy { $0.isDone && (cancelFutures || !$0.isCancelled) })
      }
    }
  }
}
