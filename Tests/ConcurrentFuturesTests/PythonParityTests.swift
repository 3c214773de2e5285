import ConcurrentFutures
import Glibc
import TestSupport
import Testing

/// Scenarios about a whole process, each in a process of its own.
///
/// What Python's exit hooks do (C-69, C-71), a library cannot do for a Swift program: its end does not wait
/// for threads.
@Suite("Parity with Python: whole processes", .timeLimit(.minutes(5)))
struct PythonParityTests {
  @Test("C-68 a scope at the end of the program runs what is queued (XT-01)")
  func scopeAtTheEnd() async {
    await #expect(processExitsWith: .exitCode(7)) {
      try await onThread {
        try withThreadPool(maxWorkers: 1) { pool in
          _ = try pool.submit {}
          _ = try pool.submit { exit(7) }
        }
      }
    }
  }

  @Test(
    "C-70 shutdown without waiting: the end of the program does not wait either (TH-09, XT-05, XT-06)"
  )
  func noWaiting() async {
    await #expect(processExitsWith: .success) {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let gate = Gate()
      _ = try pool.submit { try gate.wait(timeout: .seconds(600)) }
      _ = try pool.submit { exit(9) }
      await pool.shutdownWithoutWaiting()
    }
  }

  @Test("SU-11 a trap in a task ends the process: it cannot be caught")
  func trap() async {
    await #expect(processExitsWith: .failure) {
      try await onThread {
        let pool = try ThreadPoolExecutor(maxWorkers: 1)
        _ = try pool.submit { fatalError("a trap") }.errorSoon()
      }
    }
  }

  @Test("RP-07 without a configured logger callback errors go to standard error, as in Python")
  func defaultLogging() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      let promise = Promise<Int>()
      promise.future.addDoneCallback { _ in throw Boom("doh! RP-07") }
      try promise.setResult(1)
    }
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains("concurrent.futures"))
    #expect(output.contains("exception calling callback for <Future at 0x"))
    #expect(output.contains("doh! RP-07"))
  }
}

extension ThreadPoolExecutor {
  /// The blocking form does not block with these arguments.
  fileprivate func shutdownWithoutWaiting() async {
    try? await onThread { self.shutdown(wait: false, cancelFutures: false) }
  }
}
