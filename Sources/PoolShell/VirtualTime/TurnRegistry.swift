import ConcurrentFutures

/// Who takes part in virtual time, and who of them moves: at most one.
///
/// The threads are those of commands: the session's, and those on which tasks, callbacks and initializers run.
struct TurnRegistry {
  /// Who comes first when several could go on.
  struct Order: Comparable, Sendable {
    /// Of the future; 0 is an initializer.
    var id: Int
    /// Of initializers which worker, in order of pools and of starts.
    var worker = 0

    static func < (one: Order, other: Order) -> Bool {
      (one.id, one.worker) < (other.id, other.worker)
    }
  }

  enum Role: Sendable {
    case task, callback, initializer
  }

  /// Why a thread does not move.
  struct Standing: Sendable {
    /// Whether it could not go on.
    let isBlocked: @Sendable () -> Bool
    /// When it goes on all the same, in nanoseconds; `nil` is never.
    var deadline: UInt64?
    /// Whether that is the end of its patience: what is done at that moment comes before.
    var isTimeout = false

    /// Whether only time is waited for: it goes on before that only if it is stirred up.
    var isSleep: Bool { deadline != nil && !isTimeout }
  }

  /// A thread of commands on a worker.
  struct Mover: Sendable {
    let thread: UInt
    let order: Order
    let role: Role
    /// The one whose worker the thread is; `nil` if it is none's.
    let pool: PoolRecord?
    /// Where it sleeps until it is given the turn, and why it gets it.
    let bed = Monitor<VirtualTime.Awakening?>(nil)
    /// `nil` while it moves.
    var standing: Standing?
    /// Whether it was given the name of a worker.
    var hasName = false

    var poolID: ObjectIdentifier? { pool.map { ObjectIdentifier($0) } }
  }

  /// What is known of a pool's threads beside what the pool knows.
  struct Workers: Equatable {
    /// How many run a task or a callback.
    var running = 0
    /// How many run the initializer, and how many have begun it.
    var initializing = 0
    var begun = 0
    /// Whether the initializer has failed.
    var isBreaking = false
    /// Of those whose initializer has succeeded the numbers.
    var ready: Set<Int> = []
    /// Of those who run something the numbers, as users see them.
    var used: Set<Int> = []
  }

  /// A worker, as users see it.
  struct Worker: Equatable, Sendable {
    let number: Int
    let name: String
  }

  /// The session's thread, as a thread's number.
  static let session: UInt = 0

  /// Who moves; `nil` while nobody does.
  var holder: UInt? = session
  /// By thread.
  private(set) var movers: [UInt: Mover] = [:]
  private(set) var workers: [ObjectIdentifier: Workers] = [:]
  /// The ids of futures whose tasks are over, and nobody has been told.
  private(set) var ending: Set<Int> = []
  /// The workers that threads are, as users see them.
  private(set) var names: [UInt: Worker] = [:]
  /// Counts every change, so that two equal looks have had nothing between them.
  private(set) var version = 0

  // MARK: Coming and going

  mutating func enter(_ mover: Mover) {
    version += 1
    movers[mover.thread] = mover
    guard let pool = mover.poolID else { return }
    if mover.role == .initializer {
      workers[pool, default: Workers()].initializing += 1
      workers[pool, default: Workers()].begun += 1
      // It has the name that it was started with, whichever thread that once was.
      names[mover.thread] = nil
    } else {
      workers[pool, default: Workers()].running += 1
      // A callback is run by the worker that has run the task.
      guard mover.role == .callback, let worker = names[mover.thread] else { return }
      movers[mover.thread]?.hasName = true
      workers[pool, default: Workers()].used.insert(worker.number)
    }
  }

  /// A thread has run its commands.
  ///
  /// - Parameters:
  ///   - thread: Which.
  ///   - number: That of the worker that it really is.
  ///   - hasFailed: Whether they have failed.
  mutating func leave(_ thread: UInt, worker number: Int, hasFailed: Bool) {
    version += 1
    guard let mover = movers.removeValue(forKey: thread) else { return }
    if holder == thread { holder = nil }
    if mover.role == .task { ending.insert(mover.order.id) }
    guard let pool = mover.poolID else { return }
    guard mover.role == .initializer else {
      workers[pool, default: Workers()].running -= 1
      if mover.hasName, let worker = names[thread] {
        workers[pool, default: Workers()].used.remove(worker.number)
      }
      return
    }
    workers[pool, default: Workers()].initializing -= 1
    if hasFailed {
      workers[pool, default: Workers()].isBreaking = true
    } else {
      workers[pool, default: Workers()].ready.insert(number)
    }
  }

  /// Everybody is being told that a future is done.
  mutating func ended(_ id: Int) {
    version += 1
    ending.remove(id)
  }

  // MARK: The turn

  /// A thread stops where it is.
  mutating func stand(_ thread: UInt, _ standing: Standing) {
    version += 1
    movers[thread]?.standing = standing
    if holder == thread { holder = nil }
  }

  /// A thread goes on.
  mutating func give(to thread: UInt, as worker: Worker?) {
    version += 1
    holder = thread
    movers[thread]?.standing = nil
    guard let worker, let pool = movers[thread]?.poolID else { return }
    movers[thread]?.hasName = true
    names[thread] = worker
    workers[pool, default: Workers()].used.insert(worker.number)
  }

  // MARK: Who is next

  /// Those who may go on by what has happened.
  func toBeAsked(withSleepers: Bool) -> [Mover] {
    movers.values.filter { mover in
      mover.standing.map { withSleepers || !$0.isSleep } ?? false
    }
  }

  /// Who is due first, if that is not after a moment.
  ///
  /// At one moment whoever has slept comes before those whose patience is at its end, and then the lower id: what is done
  /// at that moment is done in time.
  func nextDue(before latest: UInt64?) -> Mover? {
    var first: (thread: UInt, deadline: UInt64, isTimeout: Bool, order: Order)?
    for (thread, mover) in movers {
      guard let standing = mover.standing, let deadline = standing.deadline else { continue }
      if deadline > first?.deadline ?? latest ?? .max { continue }
      let due = (thread, deadline, standing.isTimeout, mover.order)
      if let first {
        let rank = (deadline, standing.isTimeout ? 1 : 0, mover.order)
        guard rank < (first.deadline, first.isTimeout ? 1 : 0, first.order) else { continue }
      }
      first = due
    }
    return first.flatMap { movers[$0.thread] }
  }
}
