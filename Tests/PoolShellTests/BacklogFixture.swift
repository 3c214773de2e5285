import ConcurrentFutures

@testable import PoolShell

/// Futures of a session that the test itself ends, and a backlog that follows them.
final class BacklogFixture {
  let table = FutureTable()
  let interrupt = Interrupt()
  let backlog: Backlog
  private let pool: PoolRecord
  private var promises: [Int: Promise<Value>] = [:]

  init() throws {
    pool = PoolRecord(
      name: "p", executor: try ThreadPoolExecutor(maxWorkers: 1), workerVariables: WorkerVariables()
    )
    backlog = Backlog(of: table.group, in: table, interrupt: interrupt)
  }

  /// Adds futures that are pending.
  func add(_ count: Int = 1) {
    for _ in 0..<count {
      let id = table.reserve()
      let promise = Promise<Value>()
      promises[id] = promise
      table.insert(
        FutureRecord(
          id: id, task: "", item: nil, label: nil, pool: pool, future: promise.future,
          progress: Progress(), all: table.group, submissions: nil))
    }
  }

  func record(_ id: Int) -> FutureRecord { table.records([id])[0] }

  func finish(_ ids: Int...) { for id in ids { try? promises[id]?.setResult(.nothing) } }

  func promise(_ id: Int) -> Promise<Value>? { promises[id] }

  /// What a bare `wait --timeout 0` says; it lists what is done.
  func wait() -> (done: IDSet, notDone: IDSet) {
    let round = backlog.begin(includingListed: false)
    defer { round.end() }
    for record in table.records(round.done) { record.markListed() }
    return (round.done, round.notDone)
  }

  /// What a bare `as_completed --timeout 0` hands out, up to a number; it has seen that.
  func take(_ most: Int = .max) throws -> [Int] {
    let round = backlog.begin(includingListed: true)
    defer { round.end() }
    var taken: [Int] = []
    while taken.count < most, let id = try round.next() {
      record(id).markSeen(by: .result)
      taken.append(id)
    }
    return taken
  }
}
