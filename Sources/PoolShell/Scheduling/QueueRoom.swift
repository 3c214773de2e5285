import ConcurrentFutures
import Synchronization

/// The places of a pool's queue, where `pool new --queue-limit` bounds them.
///
/// A job has a place from its submission until it begins or is cancelled. Who finds none waits for the next one; they
/// are given out in the order of asking.
final class QueueRoom: Sendable {
  /// What a submit does that finds no place.
  enum WhenFull: String, Sendable, CaseIterable {
    case block, fail
  }

  private struct State {
    var taken = 0
    /// Who waits for a place: a promise that is kept when there is one.
    var waiting: [Promise<Void>] = []
  }

  let limit: Int
  let whenFull: WhenFull
  private let state = Monitor(State())

  init(limit: Int, whenFull: WhenFull) {
    self.limit = limit
    self.whenFull = whenFull
  }

  /// Takes a place if there is one.
  func takeAtOnce() -> Bool {
    state.withLock { state in
      guard state.taken < limit else { return false }
      state.taken += 1
      return true
    }
  }

  /// Asks for a place.
  ///
  /// - Returns: Kept once the place is taken.
  func request() -> Promise<Void> {
    let promise = Promise<Void>()
    let isTaken = state.withLock { state in
      guard state.taken < limit else {
        state.waiting.append(promise)
        return false
      }
      state.taken += 1
      return true
    }
    if isTaken { try? promise.setResult() }
    return promise
  }

  /// Takes a request back; a place that it was given meanwhile is free again.
  func withdraw(_ promise: Promise<Void>) {
    let wasWaiting = state.withLock { state in
      let count = state.waiting.count
      state.waiting.removeAll { $0.future === promise.future }
      return state.waiting.count < count
    }
    // Or nobody will ever give it one.
    if !wasWaiting, (try? promise.future.result(timeout: nil)) != nil { leave() }
  }

  /// A place is free.
  func leave() {
    let next = state.withLock { state -> Promise<Void>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.taken -= 1
      return nil
    }
    if let next { try? next.setResult() }
  }

  /// Whether somebody waits for a place.
  var isWaitedFor: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Nobody is left who takes jobs from the queue: who waits for a place is told so.
  func giveUp() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for promise in waiting { try? promise.setException(QueueRoom.Hopeless()) }
  }

  /// A place will never be free.
  struct Hopeless: Error {}
}

/// One job's place in a bounded queue, which is left once.
final class QueuePlace: Sendable {
  private let room: QueueRoom
  private let isLeft = Atomic(false)

  init(in room: QueueRoom) { self.room = room }

  /// The job begins, or will not.
  func leave() {
    if !isLeft.exchange(true, ordering: .acquiringAndReleasing) { room.leave() }
  }
}

extension Context {
  /// A place in the queue of a pool, if it is bounded; waits for one if the pool is so made.
  ///
  /// - Throws: `ShellError` if the queue is full and nobody is to wait, or the one who would is one of those who take
  ///   jobs from it; what waiting throws.
  func takePlace(in pool: PoolRecord) throws -> QueuePlace? {
    guard let room = pool.room, !pool.isShutDown else { return nil }
    if room.takeAtOnce() { return QueuePlace(in: room) }
    let full = "the queue of pool \(pool.name) is full (\(room.limit))"
    if room.whenFull == .fail { throw ShellError(full) }
    if pool.executor.isCurrent {
      throw ShellError("\(full), and one of its own workers cannot wait for it")
    }
    session.mayBeHeldUp.store(true, ordering: .releasing)
    let request = room.request()
    do {
      try showingProgress({ .plain("room in pool \(pool.name)") }) {
        _ = try waitFor([request.future], until: deadline(after: nil), on: .room(pool)) { _ in
          true
        }
      }
      try request.future.result(timeout: .zero)
    } catch {
      // Its own limit, or Ctrl-C: nothing was submitted.
      room.withdraw(request)
      throw error is QueueRoom.Hopeless
        ? ShellError("\(full), and nothing takes jobs from it") : error
    }
    return QueuePlace(in: room)
  }
}
