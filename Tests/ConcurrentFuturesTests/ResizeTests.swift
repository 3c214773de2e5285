import TestSupport
import Testing

@testable import ConcurrentFutures

/// `resize(maxWorkers:)`: a pool whose limit changes while it works.
@Suite("Resizing")
struct ResizeTests {
  @Test("more workers take what is queued at once")
  func grows() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let gate = Gate()
      let first = try pool.submit { try gate.wait() }
      let second = try pool.submit { gate.open() }
      try pool.resize(maxWorkers: 2)
      try first.result(timeout: .seconds(30))
      try second.result(timeout: .seconds(30))
      #expect(pool.maxWorkers == 2)
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }

  @Test("idle workers that are too many leave, and one stays")
  func idleLeave() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 8)
      let gate = Gate()
      let tasks = try (0..<8).map { _ in try pool.submit { try gate.wait() } }
      gate.open()
      for task in tasks { try task.result() }
      try pool.resize(maxWorkers: 1)
      try eventually("seven to leave") { pool.statistics.livingThreads == 1 }
      #expect(try pool.submit { 7 }.result() == 7)
      #expect(pool.statistics.livingThreads == 1)
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }

  @Test("busy workers finish their task first, and the rest runs on those that stay")
  func busyLeave() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 4)
      let gate = Gate()
      let running = try (0..<4).map { _ in try pool.submit { try gate.wait() } }
      let queued = try (0..<100).map { number in try pool.submit { number } }
      try pool.resize(maxWorkers: 2)
      #expect(running.allSatisfy { !$0.isDone })
      gate.open()
      #expect(try queued.map { try $0.result() } == Array(0..<100))
      try eventually("two to leave") { pool.statistics.livingThreads == 2 }
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }

  @Test("out of range is refused, and nothing changes", arguments: [0, -1, 2048])
  func range(size: Int) throws {
    let pool = try ThreadPoolExecutor(maxWorkers: 3)
    #expect(throws: ValueError.self) { try pool.resize(maxWorkers: size) }
    #expect(pool.maxWorkers == 3)
  }

  @Test("under load, with sizes from a seed, nothing is lost and nothing hangs")
  func stress() async throws {
    try await onThread {
      var random = SeededGenerator(seed: 11)
      for _ in 0..<TestEnvironment.rounds(20) {
        let pool = try ThreadPoolExecutor(maxWorkers: 1 + random.below(4))
        let sizes = (0..<50).map { _ in 1 + random.below(6) }
        let resizer = try ThreadPoolExecutor(maxWorkers: 1)
        let resizing = try resizer.submit {
          for size in sizes { try pool.resize(maxWorkers: size) }
        }
        let tasks = try (0..<2000).map { number in try pool.submit { number } }
        for (number, task) in tasks.enumerated() {
          #expect(try task.result(timeout: .seconds(60)) == number)
        }
        try resizing.result()
        pool.shutdown(wait: true, cancelFutures: false)
        #expect(pool.statistics.livingThreads == 0)
        resizer.shutdown(wait: true, cancelFutures: false)
      }
    }
  }

  @Test("after any resizing, so many tasks run at a time as are allowed")
  func together() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      for size in [4, 2, 8, 1, 3] {
        try pool.resize(maxWorkers: size)
        let barrier = Guarded(0)
        // Each ends only when all of them have begun.
        let tasks = try (0..<size).map { _ in
          try pool.submit {
            barrier.withLock { $0 += 1 }
            return barrier.wait(patience) { $0 == size }
          }
        }
        for task in tasks { #expect(try task.result()) }
      }
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }
}

/// Futures that are made before it is known when their tasks may run.
@Suite("Deferred tasks")
struct DeferredTaskTests {
  @Test("they are pending until they are queued or run")
  func pending() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let queued = Future<Int>(deferring: { 1 })
      let run = Future<Int>(deferring: { 2 })
      let cancelled = Future<Int>(deferring: { 3 })
      let failed = Future<Int>(deferring: { 4 })
      #expect(throws: TimeoutError.self) { try queued.result(timeout: .zero) }
      try pool.enqueue(deferred: queued)
      run.runIfPending()
      #expect(cancelled.cancel())
      cancelled.runIfPending()
      #expect(failed.failDeferred(CancelledError()) && !failed.failDeferred(CancelledError()))
      #expect(try queued.result() == 1 && run.result() == 2)
      #expect(cancelled.isCancelled && !failed.isCancelled && failed.isDone)
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }

  @Test("what is queued can be withdrawn, in order, and queued again")
  func withdraw() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1)
      let (started, gate) = (Gate(), Gate())
      let log = OrderLog<String>()
      let first = try pool.submit {
        started.open()
        try gate.wait()
      }
      try started.wait()
      let tasks = try (0..<5).map { number in try pool.submit { log.append("\(number)") } }
      let withdrawn = pool.withdrawQueued()
      #expect(withdrawn.map(ObjectIdentifier.init) == tasks.map(ObjectIdentifier.init))
      #expect(pool.statistics.queued == 0)
      gate.open()
      try first.result()
      #expect(tasks.allSatisfy { !$0.isDone })
      for task in withdrawn.reversed() { try pool.enqueue(deferred: task) }
      for task in tasks { try task.result() }
      #expect(log.entries == ["4", "3", "2", "1", "0"])
      pool.shutdown(wait: true, cancelFutures: false)
    }
  }
}
