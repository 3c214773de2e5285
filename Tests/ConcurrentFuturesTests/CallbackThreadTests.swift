import ConcurrentFutures
import TestSupport
import Testing

/// Callbacks on the threads of a pool.
@Suite("Callbacks and workers", .timeLimit(.minutes(5)))
struct CallbackThreadTests {
  private func pool(_ prefix: String, _ workers: Int = 1) throws -> ThreadPoolExecutor {
    try ThreadPoolExecutor(maxWorkers: workers, threadNamePrefix: prefix)
  }

  @Test("CB-04 a callback runs on the worker that ran the task")
  func onTheWorker() async throws {
    try await onThread {
      let pool = try pool("cb04")
      let log = OrderLog<String?>()
      let blockade = try Blockade(pool)
      try pool.submit {}.addDoneCallback { _ in log.append(ThreadPoolExecutor.currentWorkerName) }
      blockade.lift()
      try end(pool)
      #expect(log.entries == ["cb04_0"])
    }
  }

  @Test(
    "CB-04 a callback runs on the thread that cancels, or that shuts down",
    arguments: [false, true])
  func onTheCanceller(byShutdown: Bool) async throws {
    try await onThread {
      let pool = try pool("cb04b")
      let log = OrderLog<String?>()
      let blockade = try Blockade(pool)
      let future = try pool.submit {}
      future.addDoneCallback { _ in log.append(ThreadPoolExecutor.currentWorkerName) }
      if byShutdown {
        pool.shutdown(wait: false, cancelFutures: true)
      } else {
        future.cancel()
      }
      #expect(log.entries == [nil])
      blockade.lift()
      try end(pool)
    }
  }

  @Test("CB-09 a slow callback keeps its worker from the next task; SD-03 shutdown waits for it")
  func slow() async throws {
    try await onThread {
      let pool = try pool("cb09")
      let (gate, log) = (Gate(), OrderLog<String>())
      let blockade = try Blockade(pool)
      try pool.submit {}.addDoneCallback { _ in
        try gate.wait()
        log.append("callback")
      }
      _ = try pool.submit { log.append("next task") }
      blockade.lift()
      try gate.waitForArrivals(1)
      gate.open()
      try end(pool)
      #expect(log.entries == ["callback", "next task"])
    }
  }

  @Test("CB-09 a callback may wait for a task that another worker runs (TH-11)")
  func waitsForATask() async throws {
    try await onThread {
      let pool = try pool("cb09b", 2)
      let log = OrderLog<Int>()
      for round in 1...200 {
        let gate = Gate()
        let future = try pool.submit { try gate.wait() }
        future.addDoneCallback { _ in log.append(try pool.submit { 1 }.soon()) }
        gate.open()
        try log.wait(for: round)
      }
      try end(pool)
    }
  }

  @Test("FU-20 result returns before the callbacks have run")
  func resultBeforeCallbacks() async throws {
    try await onThread {
      let pool = try pool("fu20")
      let gate = Gate()
      let blockade = try Blockade(pool)
      let future = try pool.submit { 1 }
      future.addDoneCallback { _ in try gate.wait() }
      let answer = try Asking(future) { try future.soon() }
      blockade.lift()
      #expect(try answer.get() == 1)
      #expect(!gate.isOpen)
      gate.open()
      try end(pool)
    }
  }

  @Test("CB-10 no failure of a callback harms its worker")
  func workerSurvives() async throws {
    CapturedLog.start()
    try await onThread {
      let pool = try pool("cb10")
      let blockade = try Blockade(pool)
      let log = OrderLog<Int>()
      let future = try pool.submit { 1 }
      future.addDoneCallback { _ in throw CancelledError() }
      future.addDoneCallback { _ in throw CancellationError() }
      future.addDoneCallback { log.append(try $0.result()) }
      blockade.lift()
      #expect(try pool.submit { 2 }.soon() == 2)
      #expect(pool.statistics.startedThreads == 1)
      #expect(log.entries == [1])
      try end(pool)
    }
  }

  @Test("CB-14, SD-09 a callback that submits while futures are cancelled is refused, not stuck")
  func submitsDuringShutdown() async throws {
    try await onThread {
      let pool = try pool("cb14")
      let log = OrderLog<String>()
      let blockade = try Blockade(pool)
      try pool.submit {}.addDoneCallback { _ in
        do { _ = try pool.submit {} } catch { log.append("\(error)") }
      }
      try inTime("shutdown") { pool.shutdown(wait: false, cancelFutures: true) }
      #expect(log.entries == ["\(ShutdownError())"])
      blockade.lift()
      try end(pool)
    }
  }

  @Test(
    "CB-15 a callback on a worker may shut its pool down, waiting or not", arguments: [false, true])
  func shutsDown(wait: Bool) async throws {
    try await onThread {
      let pool = try pool("cb15")
      let log = OrderLog<String>()
      let blockade = try Blockade(pool)
      try pool.submit {}.addDoneCallback { _ in
        pool.shutdown(wait: wait)
        log.append("shut down")
      }
      let after = try pool.submit { 1 }
      blockade.lift()
      #expect(try after.soon() == 1)
      try end(pool)
      #expect(log.entries == ["shut down"])
    }
  }
}
