import Testing

@testable import ConcurrentFutures

/// Each event of the pool's word, without any thread.
@Suite("ThreadPoolState")
struct ThreadPoolStateTests {
  @Test("TH-01 a submit starts at most one thread, up to the limit")
  func startsUpToTheLimit() {
    let pool = PoolMachine(limit: 4)
    let effects = (0..<6).map { _ in pool.enqueue() }
    #expect(effects == [.startWorker, .startWorker, .startWorker, .startWorker, .none, .none])
    #expect((pool.state.queued, pool.state.threads, pool.state.idle) == (6, 4, 4))
  }

  @Test("TH-02 who sleeps is woken before another is started")
  func wakesBeforeStarting() {
    let pool = PoolMachine(limit: 4, sleepers: 1)
    #expect(pool.enqueue() == .wakeWorker)
    #expect((pool.state.sleeping, pool.state.searching, pool.state.threads) == (0, 1, 1))
    #expect(pool.enqueue() == .startWorker)
  }

  @Test("TH-02 a worker that stands by counts: submit, result, submit needs one thread")
  func standBy() {
    let pool = PoolMachine(limit: 4)
    #expect(pool.enqueue() == .startWorker)
    let worker = pool.arrive()
    #expect(pool.next(worker) == .run(.none))
    #expect(pool.standBy(worker) == .idle)
    #expect(pool.enqueue() == .none)
    #expect(pool.next(worker) == .run(.none))
  }

  @Test("TH-12 when a thread is refused, somebody who sleeps does instead")
  func refusedThreadWakesASleeper() {
    let pool = PoolMachine(limit: 8, sleepers: 3)
    #expect((0..<4).map { _ in pool.enqueue() } == [.wakeWorker, .wakeWorker, .none, .startWorker])
    // Two search already: that is enough.
    #expect(pool.state.startRefused() == .none)
    var role = ThreadPoolState.Role.searching
    #expect(pool.state.next(&role, maySearch: true, limit: 8) == .run(.startWorker))
    #expect(pool.state.startRefused() == .wakeWorker)
    #expect((pool.state.sleeping, pool.state.searching, pool.state.threads) == (0, 2, 3))
  }

  @Test("TH-11 stepping back from standing by starts the worker that was spared")
  func stepBack() {
    let pool = PoolMachine(limit: 4)
    #expect(pool.enqueue() == .startWorker)
    let worker = pool.arrive()
    #expect(pool.next(worker) == .run(.none))
    #expect(pool.standBy(worker) == .idle)
    #expect(pool.enqueue() == .none)
    #expect(pool.stepBack(worker) == .startWorker)
    #expect(pool.stepBack(worker) == .none)
  }

  @Test("TH-11 nobody stands by when somebody is idle or something is queued")
  func noStandBy() {
    let pool = PoolMachine(limit: 2)
    #expect(pool.enqueue() == .startWorker)
    let first = pool.arrive()
    #expect(pool.next(first) == .run(.none))
    #expect(pool.enqueue() == .startWorker)
    #expect(pool.standBy(first) == .busy)
    let second = pool.arrive()
    #expect(pool.next(second) == .run(.none))
    #expect(pool.standBy(second) == .idle)
    #expect(pool.standBy(first) == .busy)
  }

  @Test("TH-05 at most two search, of whom one spins; the third sleeps")
  func searching() {
    let pool = PoolMachine(limit: 3)
    for worker in 0..<3 {
      #expect(pool.enqueue() == .startWorker)
      #expect(pool.arrive() == worker)
      #expect(pool.next(worker) == .run(.none))
    }
    let nexts = (0..<3).map { pool.next($0) }
    #expect(nexts == [.search(first: true), .search(first: false), .sleep])
    #expect(pool.next(0, maySearch: false) == .sleep)
    #expect((pool.state.searching, pool.state.sleeping, pool.state.idle) == (1, 2, 3))
  }

  @Test("SD-02 closing wakes all who sleep, keeps them counted as idle and starts nobody")
  func close() {
    let pool = PoolMachine(limit: 8, sleepers: 3)
    #expect((0..<3).map { _ in pool.enqueue() } == [.wakeWorker, .wakeWorker, .none])
    #expect(pool.close() == 1)
    #expect((pool.state.idle, pool.state.sleeping) == (3, 0))
    pool.roles[1] = .idle  // woken by the closing, the others by a ticket
    #expect((0..<3).map { pool.next($0) } == [.run(.none), .run(.none), .run(.none)])
    #expect((pool.state.threads, pool.state.idle, pool.state.searching) == (3, 0, 0))
    #expect(pool.close() == 0)
  }

  @Test("SD-02 a closed pool still hands out what is queued, then its workers leave")
  func leave() {
    let pool = PoolMachine(limit: 1)
    #expect(pool.enqueue() == .startWorker)
    #expect(pool.close() == 0)
    let worker = pool.arrive()
    #expect(pool.next(worker) == .run(.none))
    #expect(pool.next(worker) == .leave(.none))
    #expect((pool.state.threads, pool.state.idle) == (0, 0))
  }

  @Test("IN-04 a broken pool hands out nothing; only the first failure drains it")
  func breaking() {
    let pool = PoolMachine(limit: 4, sleepers: 1)
    #expect([pool.enqueue(), pool.enqueue()] == [.wakeWorker, .startWorker])
    pool.startFailed()
    #expect(pool.break() == 0)
    #expect(pool.state.isBroken && pool.state.isClosed)
    #expect(pool.drain() == 2)
    #expect(pool.break() == nil)
    #expect(pool.next(0) == .leave(.none))
    #expect((pool.state.threads, pool.state.idle, pool.state.searching) == (0, 0, 0))
  }

  @Test("TH-12 the first worker is counted before anything is queued, and only in an empty pool")
  func startFirst() {
    let pool = PoolMachine(limit: 4)
    #expect(pool.startFirst())
    #expect(!pool.startFirst())
    pool.startFailed()
    #expect(pool.state == ThreadPoolState())
    #expect(pool.close() == 0)
    #expect(!pool.startFirst())
  }

  @Test("EX-02 the word has room for its limits, side by side")
  func limits() {
    let pool = PoolMachine(limit: ThreadPoolState.maxThreads)
    for _ in 0..<3000 { _ = pool.enqueue() }
    #expect((pool.state.threads, pool.state.idle, pool.state.queued) == (2047, 2047, 3000))
    #expect((pool.state.sleeping, pool.state.searching) == (0, 0))
    #expect(!pool.state.isClosed && !pool.state.isBroken)
    #expect(ThreadPoolState.maxQueued == 134_217_727)
  }
}
