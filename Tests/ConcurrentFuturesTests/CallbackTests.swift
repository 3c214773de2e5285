import ConcurrentFutures
import TestSupport
import Testing

/// Done-callbacks: when, in which order, and that nothing they do harms anybody.
@Suite("Callbacks", .timeLimit(.minutes(5)))
struct CallbackTests {
  @Test("C-31 a callback sees the result (CB-01, CB-05)")
  func result() throws {
    let promise = Promise<Int>()
    let log = OrderLog<Int>()
    promise.future.addDoneCallback { log.append(try $0.result(timeout: .zero)) }
    #expect(log.entries.isEmpty)
    try promise.setResult(5)
    #expect(log.entries == [5])
  }

  @Test("C-32 a callback sees the error (CB-01)")
  func failure() throws {
    let promise = Promise<Int>()
    let log = OrderLog<String>()
    promise.future.addDoneCallback {
      log.append("\(try $0.exception(timeout: .zero) ?? Boom("none"))")
    }
    try promise.setException(Boom("test"))
    #expect(log.entries == ["test"])
  }

  @Test("C-33 a cancel runs the callbacks before it returns, once (CB-01, CB-04, FU-04)")
  func cancel() {
    let future = Promise<Int>().future
    let log = OrderLog<Bool>()
    future.addDoneCallback { log.append($0.isCancelled) }
    #expect(future.cancel())
    #expect(log.entries == [true])
    #expect(future.cancel())
    #expect(log.entries == [true])
  }

  @Test("C-34 a callback that throws is logged; the others still run (CB-07)")
  func throwing() async throws {
    CapturedLog.start()
    try await onThread {
      let promise = Promise<Int>()
      let log = OrderLog<String>()
      promise.future.addDoneCallback { _ in throw Boom("doh! C-34") }
      promise.future.addDoneCallback { _ in log.append("second") }
      try promise.setResult(5)
      #expect(log.entries == ["second"])
      #expect(try promise.future.result(timeout: .zero) == 5)
      let lines = CapturedLog.lines(containing: "doh! C-34")
      let description = promise.future.description
      #expect(lines == ["error: exception calling callback for \(description): doh! C-34"])
    }
  }

  @Test(
    "C-35 a callback on a done future runs at once, on this thread (CB-03)",
    arguments: SampleFuture.done)
  func alreadyDone(sample: SampleFuture) throws {
    let log = OrderLog<Bool>()
    try sample.make().addDoneCallback { log.append($0.isDone) }
    #expect(log.entries == [true])
  }

  @Test("C-36 a late callback that throws is logged and not raised (CB-08)")
  func lateThrowing() throws {
    CapturedLog.start()
    try SampleFuture.succeeded.make().addDoneCallback { _ in throw Boom("doh! C-36") }
    #expect(CapturedLog.lines(containing: "doh! C-36").count == 1)
  }

  @Test("CB-02 in order of registration; the same one twice runs twice")
  func order() throws {
    let promise = Promise<Int>()
    let log = OrderLog<String>()
    let twice: @Sendable (Future<Int>) -> Void = { _ in log.append("twice") }
    promise.future.addDoneCallback { _ in log.append("first") }
    promise.future.addDoneCallback(twice)
    promise.future.addDoneCallback(twice)
    promise.future.addDoneCallback { _ in log.append("last") }
    try promise.setResult(1)
    #expect(log.entries == ["first", "twice", "twice", "last"])
  }

  @Test("CB-06 a callback added by a callback runs at once, before the rest")
  func nested() throws {
    let promise = Promise<Int>()
    let log = OrderLog<String>()
    promise.future.addDoneCallback { future in
      log.append("outer")
      future.addDoneCallback { _ in log.append("inner") }
      log.append("outer ends")
    }
    promise.future.addDoneCallback { _ in log.append("next") }
    try promise.setResult(1)
    #expect(log.entries == ["outer", "inner", "outer ends", "next"])
  }

  @Test("CB-01 a callback added while the future ends runs exactly once")
  func addingRace() async throws {
    let promises = (0..<TestEnvironment.rounds(5000)).map { _ in Promise<Int>() }
    try await onThread {
      let logs = promises.map { _ in Guarded<[Int]>([]) }
      try inLockstep(threads: 2, rounds: promises.count) { thread, round in
        if thread == 0 {
          try? promises[round].setResult(1)
        } else {
          for index in 0..<3 {
            promises[round].future.addDoneCallback { _ in logs[round].withLock { $0.append(index) }
            }
          }
        }
      }
      #expect(logs.allSatisfy { $0.withLock { $0.sorted() } == [0, 1, 2] })
    }
  }
}
