import Testing

@testable import ConcurrentFutures

/// The words of Python's errors (RP-05).
@Suite("Errors")
struct ErrorsTests {
  @Test(
    "RP-05 each error says what Python says",
    arguments: [
      (ShutdownError(), "cannot schedule new futures after shutdown"),
      (
        BrokenThreadPoolError(),
        "A thread initializer failed, the thread pool is not usable anymore"
      ),
      (ThreadStartError(), "can't start new thread"),
      (CancelledError(), "CancelledError"),
      (TimeoutError(), "TimeoutError"),
      (TimeoutError("2 (of 4) futures unfinished"), "TimeoutError: 2 (of 4) futures unfinished"),
      (InvalidStateError("FINISHED: x"), "InvalidStateError: FINISHED: x"),
      (ValueError("max_workers must be greater than 0"), "max_workers must be greater than 0"),
    ] as [(any Error, String)])
  func text(error: any Error, text: String) {
    #expect("\(error)" == text)
  }

  @Test("FU-11 timeouts and cancellations have no message of their own")
  func emptyMessages() {
    #expect(TimeoutError().message.isEmpty)
    #expect(TimeoutError() == TimeoutError(""))
    #expect(CancelledError() == CancelledError())
  }

  @Test("RP-06 CancelledError is not the language's CancellationError")
  func twoCancellations() {
    let error: any Error = CancelledError()
    #expect(!(error is CancellationError))
  }
}
