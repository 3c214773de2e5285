import ConcurrentFutures
import TestSupport
import Testing

/// Callbacks are released once they have run, so that they make no lasting cycles (CB-13).
@Suite("Lifetimes of callbacks")
struct CallbackLifetimeTests {
  /// A promise with a callback that captures a tracked object and the future itself.
  private func promise(_ probe: LifetimeProbe) -> Promise<Int> {
    let promise = Promise<Int>()
    let future = promise.future
    future.addDoneCallback { [tracked = probe.make()] _ in
      tracked.touch()
      _ = future.isDone
    }
    return promise
  }

  @Test("CB-13 after the result, though the future lives")
  func afterResult() throws {
    let probe = LifetimeProbe()
    let promise = promise(probe)
    #expect(probe.living == 1)
    try promise.setResult(1)
    #expect(probe.living == 0)
  }

  @Test("CB-13 after the failure")
  func afterFailure() throws {
    let probe = LifetimeProbe()
    try promise(probe).setException(Boom())
    #expect(probe.living == 0)
  }

  @Test("CB-13 after the cancellation")
  func afterCancel() {
    let probe = LifetimeProbe()
    promise(probe).future.cancel()
    #expect(probe.living == 0)
  }

  @Test("CB-13 a late callback at once", arguments: SampleFuture.done)
  func late(sample: SampleFuture) throws {
    let probe = LifetimeProbe()
    let future = try sample.make()
    future.addDoneCallback { [tracked = probe.make()] _ in tracked.touch() }
    #expect(probe.living == 0)
  }

  @Test("CB-13 one that throws too")
  func throwing() throws {
    CapturedLog.start()
    let probe = LifetimeProbe()
    let promise = Promise<Int>()
    promise.future.addDoneCallback { [tracked = probe.make()] _ in
      tracked.touch()
      throw Boom()
    }
    try promise.setResult(1)
    #expect(probe.living == 0)
  }

  @Test("GC-04 one that never ran goes with its future")
  func neverRun() {
    let probe = LifetimeProbe()
    do {
      let future = Promise<Int>().future
      future.addDoneCallback { [tracked = probe.make()] _ in tracked.touch() }
      #expect(probe.living == 1)
    }
    #expect(probe.living == 0)
  }
}
