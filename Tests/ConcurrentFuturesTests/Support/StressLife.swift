import TestSupport
import Testing

@testable import ConcurrentFutures

/// The life of one pool under random use by several threads, and the books that must balance at its end.
final class StressLife: Sendable {
  /// What was counted.
  struct Books {
    var ran = 0
    var callbacksAdded = 0
    var callbacksRun = 0
    var callbacksRunTwice = 0
  }

  let books = Guarded(Books())
  let probe = LifetimeProbe()
  /// Everything that `submit` returned.
  let accepted = Guarded<[Future<Int>]>([])
  /// Tasks that await futures.
  let tasks = OrderLog<Task<Void, Never>>()
  private let pool: Guarded<ThreadPoolExecutor?>
  /// Tells its threads from those of other pools.
  private let prefix: String

  init(_ random: inout SeededGenerator) throws {
    let (failing, calls) = (random.oneIn(3) ? random.below(4) : -1, Guarded(0))
    let isSet = failing >= 0 || random.oneIn(2)
    let initializer: @Sendable () throws -> Void = {
      let call = calls.withLock { count in
        defer { count += 1 }
        return count
      }
      if call == failing { throw Boom("stress") }
    }
    prefix = "s\(random.below(1_000_000_000))"
    pool = Guarded(
      try ThreadPoolExecutor(
        maxWorkers: 1 + random.below(8), threadNamePrefix: prefix,
        initializer: isSet ? initializer : nil))
  }

  private var currentPool: ThreadPoolExecutor? { pool.withLock { $0 } }

  /// One random action of one thread.
  func act(_ random: inout SeededGenerator) {
    switch random.below(24) {
    case 0..<10: submit(kind: random.below(8))
    case 10..<13: anyFuture(&random)?.cancel()
    case 13..<16: if let future = anyFuture(&random) { addCallback(future) }
    case 16..<18: ask(random.below(3), anyFuture(&random), timeout: timeout(&random))
    case 18:
      _ = wait(for: someFutures(&random), until: condition(&random), timeout: timeout(&random))
    case 19: for _ in asCompleted(someFutures(&random), timeout: timeout(&random)) {}
    case 20, 21: awaitInTask(anyFuture(&random), isCancelled: random.oneIn(2))
    case 22: map(count: random.below(6), bufferSize: random.oneIn(2) ? 2 : nil, &random)
    default: if random.oneIn(20) { shutDown(random.below(4)) }
    }
  }

  // MARK: Actions

  private func submit(kind: Int) {
    let tracked = probe.make()
    let future = try? currentPool?.submit { [self] in
      books.withLock { $0.ran += 1 }
      tracked.touch()
      switch kind {
      case 0: throw Boom("stress")
      case 1: submit(kind: 5)
      case 2: accepted.withLock { $0.randomElement() }?.cancel()
      case 3: _ = try? accepted.withLock { $0.last }?.result(timeout: .microseconds(10))
      default: break
      }
      return kind
    }
    if let future { accepted.withLock { $0.append(future) } }
  }

  private func addCallback(_ future: Future<Int>) {
    let (tracked, calls) = (probe.make(), Guarded(0))
    books.withLock { $0.callbacksAdded += 1 }
    future.addDoneCallback { [books] future in
      let isSecond = calls.withLock { calls in
        calls += 1
        return calls > 1
      }
      tracked.touch()
      books.withLock { books in
        books.callbacksRun += 1
        if isSecond || !future.isDone { books.callbacksRunTwice += 1 }
      }
    }
  }

  private func ask(_ way: Int, _ future: Future<Int>?, timeout: Duration) {
    switch way {
    case 0: _ = try? future?.result(timeout: timeout)
    case 1: _ = try? future?.exception(timeout: timeout)
    default: _ = future.map { "\($0)" }
    }
  }

  private func awaitInTask(_ future: Future<Int>?, isCancelled: Bool) {
    guard let future else { return }
    let task = Task { _ = try? await future.value }
    if isCancelled { task.cancel() }
    tasks.append(task)
  }

  private func map(count: Int, bufferSize: Int?, _ random: inout SeededGenerator) {
    let tracked = (0..<count).map { _ in probe.make() }
    let results = try? currentPool?.map(
      tracked, timeout: timeout(&random), bufferSize: bufferSize
    ) { $0.touch() }
    for _ in 0..<random.below(4) { _ = results?.next() }
    if random.oneIn(2) { results?.cancel() }
  }

  private func shutDown(_ form: Int) {
    let pool = currentPool
    switch form {
    case 0: pool?.shutdown(wait: false, cancelFutures: false)
    case 1: pool?.shutdown(wait: false, cancelFutures: true)
    case 2: pool?.shutdown(wait: true, cancelFutures: true)
    default: self.pool.withLock { $0 = nil }
    }
  }

  // MARK: Choices

  private func anyFuture(_ random: inout SeededGenerator) -> Future<Int>? {
    let choice = random.below(1 << 20)
    return accepted.withLock { $0.isEmpty ? nil : $0[$0.count - 1 - choice % min($0.count, 50)] }
  }

  private func someFutures(_ random: inout SeededGenerator) -> [Future<Int>] {
    (0..<random.below(20)).compactMap { _ in anyFuture(&random) }
  }

  private func timeout(_ random: inout SeededGenerator) -> Duration {
    .microseconds([-1, 0, 10, 200, 1000][random.below(5)])
  }

  private func condition(_ random: inout SeededGenerator) -> WaitCondition {
    WaitCondition.allCases[random.below(3)]
  }

  /// Ends the pool in one of the ways in which a pool can end, and waits for its threads.
  func close(_ form: Int) throws {
    let last = pool.withLock { pool in
      defer { pool = nil }
      return form == 2 ? nil : pool
    }
    if let last { try end(last, cancelFutures: form == 1) }
    try eventually("the threads to end") { SystemThreads.count(prefix: "\(prefix)_") == 0 }
  }
}
