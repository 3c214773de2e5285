import TestSupport
import Testing

@testable import ConcurrentFutures

/// The one lock of the package.
@Suite("Monitor", .timeLimit(.minutes(5)))
struct MonitorTests {
  @Test("what is guarded is changed by one thread at a time", arguments: [false, true])
  func exclusion(spinning: Bool) async throws {
    try await onThread {
      let counter = Monitor(0, spinning: spinning)
      let done = Rendezvous(of: 5)
      let rounds = TestEnvironment.rounds(20_000)
      for _ in 0..<4 {
        startThread {
          for _ in 0..<rounds { counter.withLock { $0 += 1 } }
          try? done.meet()
        }
      }
      try done.meet()
      #expect(counter.withLock { $0 } == 4 * rounds)
    }
  }

  @Test("an error leaves the lock free")
  func throwing() {
    let monitor = Monitor(1)
    #expect(throws: Boom.self) { try monitor.withLock { _ throws(Boom) in throw Boom() } }
    #expect(monitor.withLock { $0 } == 1)
  }

  @Test("who waits is woken by a change")
  func wake() async throws {
    try await onThread {
      let monitor = Monitor(0)
      startThread {
        monitor.withLock { $0 = 7 }
        monitor.wakeOne()
      }
      let answer = try inTime("a change") { monitor.wait { $0 == 7 ? "seven" : nil } }
      #expect(answer == "seven")
    }
  }

  @Test("everybody who waits is woken by wakeAll")
  func wakeAll() async throws {
    try await onThread {
      let monitor = Monitor(false)
      let log = OrderLog<Bool>()
      for _ in 0..<4 { startThread { log.append(monitor.wait { $0 ? true : nil } ?? false) } }
      monitor.withLock { $0 = true }
      monitor.wakeAll()
      let answers = try log.wait(for: 4)
      #expect(answers == [true, true, true, true])
    }
  }

  @Test(
    "FU-10 a deadline ends the wait",
    arguments: [.zero, .milliseconds(-5), .seconds(Int64.min), .milliseconds(2)] as [Duration])
  func deadline(timeout: Duration) async throws {
    try await onThread {
      let monitor = Monitor(0)
      let deadline = Deadline(after: timeout)
      let answer = try inTime("a deadline") { monitor.wait(until: deadline) { _ in Int?.none } }
      #expect(answer == nil)
      #expect(deadline.hasPassed)
    }
  }

  @Test("what has come wins over a deadline that has passed")
  func valueBeatsDeadline() async throws {
    try await onThread {
      let monitor = Monitor(3)
      #expect(monitor.wait(until: Deadline(after: .zero)) { $0 } == 3)
    }
  }

  @Test(
    "FU-10 a huge timeout is no error and does not end the wait",
    arguments: [.seconds(Int64.max), .seconds(4_000_000_000), .seconds(1 << 40)] as [Duration])
  func hugeTimeout(timeout: Duration) async throws {
    try await onThread {
      let monitor = Monitor(false)
      let deadline = Deadline(after: timeout)
      let log = OrderLog<Bool?>()
      startThread { log.append(monitor.wait(until: deadline) { $0 ? true : nil }) }
      monitor.withLock { $0 = true }
      monitor.wakeAll()
      let answers = try log.wait(for: 1)
      #expect(answers == [true])
    }
  }

  @Test("a value that must be freed is freed with the monitor")
  func lifetime() {
    let probe = LifetimeProbe()
    do {
      let monitor = Monitor(probe.make())
      monitor.withLock { $0.touch() }
      #expect(probe.living == 1)
    }
    #expect(probe.living == 0)
  }
}
