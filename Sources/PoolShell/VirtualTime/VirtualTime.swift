import ConcurrentFutures
import Synchronization

/// Time that stands still while anybody can do something, and then jumps to the next moment at which something is due.
///
/// Exact times need an exact order, so only one thread of commands moves at a time: it has the *turn*. Whoever blocks or
/// ends gives it up. The session's thread gives it out, which it can because it is blocked itself whenever somebody else
/// has it: once the workers have come to rest, to the task, callback or initializer with the lowest id of those that can
/// go on; to the session, if none can; and if that cannot either, to whoever is due next, at that moment.
///
/// ```
/// blocked ─what it waits for, or its time─▶ its turn ─blocks, or another comes first─▶ blocked
/// ```
final class VirtualTime: Sendable {
  typealias Order = TurnRegistry.Order

  /// Why somebody who was blocked goes on.
  enum Awakening: Sendable {
    /// What was waited for may be there.
    case news
    case timeIsUp
    /// At the session only: nobody can go on, ever.
    case stuck
  }

  let pools: PoolTable
  let interrupt: Interrupt
  let moment: Atomic<UInt64>
  let registry = Monitor(TurnRegistry())
  /// Counts what may end the sleep of a task, in any session: then sleepers are asked, too.
  static let stirs = Atomic(0)
  let stirsSeen = Atomic(0)
  /// How often in a row it was found that nobody can go on.
  let hopelessLooks = Atomic(0)

  init(pools: PoolTable, interrupt: Interrupt) {
    self.pools = pools
    self.interrupt = interrupt
    moment = Atomic(Deadline.now())
  }

  /// Somebody who sleeps may be to wake before his time.
  static func stir() { stirs.add(1, ordering: .acquiringAndReleasing) }

  /// In nanoseconds.
  var now: UInt64 { moment.load(ordering: .acquiring) }

  /// The moment so long from now.
  func moment(after duration: Duration) -> UInt64 {
    let (moment, isBeyond) = now.addingReportingOverflow(Deadline.nanoseconds(of: duration))
    return isBeyond ? .max : moment
  }

  /// Whether tasks, callbacks or initializers are under way.
  var isInUse: Bool { registry.withLock { !$0.movers.isEmpty || !$0.ending.isEmpty } }

  private var thread: UInt {
    ThreadPoolExecutor.currentWorkerName == nil ? TurnRegistry.session : HostProcess.threadNumber
  }

  // MARK: Those who take part

  /// The commands of a task, callback or initializer that has the turn.
  struct Turn {
    fileprivate let time: VirtualTime
    fileprivate let thread: UInt

    /// The commands are over.
    func end(hasFailed: Bool = false) {
      let number = VirtualTime.number(ofWorker: ThreadPoolExecutor.currentWorkerName ?? "")
      time.registry.withLock { $0.leave(thread, worker: number, hasFailed: hasFailed) }
      time.registry.wakeAll()
    }
  }

  /// Waits for the turn to run commands on a worker.
  ///
  /// - Parameters:
  ///   - role: Whose commands they are.
  ///   - id: Of the future; 0 is none.
  ///   - isHeld: Whether they must not begin yet.
  /// - Returns: `nil` if this thread has it already: a callback that is run by a command.
  func begin(
    _ role: TurnRegistry.Role, id: Int, while isHeld: @escaping @Sendable () -> Bool = { false }
  ) -> Turn? {
    let thread = thread
    if thread == TurnRegistry.session || registry.withLock({ $0.movers[thread] != nil }) {
      return nil
    }
    let all = pools.everyOne
    let place = all.firstIndex { $0.executor.isCurrent }
    var order = Order(id: id)
    if role == .initializer { order.worker = Self.workerOrder(place) }
    var mover = TurnRegistry.Mover(
      thread: thread, order: order, role: role, pool: place.map { all[$0] })
    mover.standing = TurnRegistry.Standing(isBlocked: isHeld)
    let bed = mover.bed
    registry.withLock { $0.enter(mover) }
    sleep(in: bed)
    return Turn(time: self, thread: thread)
  }

  /// In order of pools, and of starts.
  private static func workerOrder(_ pool: Int?) -> Int {
    (pool ?? 0) << 32 + number(ofWorker: ThreadPoolExecutor.currentWorkerName ?? "")
  }

  /// The number that is the end of a worker's name.
  static func number(ofWorker name: String) -> Int {
    name.lastIndex(of: "_").flatMap { Int(name[name.index(after: $0)...]) } ?? 0
  }

  /// Has a future's end noticed: to be called before anybody else wants to be told of it.
  func follow(_ future: Future<Value>, id: Int) {
    future.addDoneCallback { [self] _ in registry.withLock { $0.ended(id) } }
  }

  /// What users see as the name of the worker that this thread is; `nil` is its own.
  var workerName: String? {
    let thread = thread
    return registry.withLock { $0.names[thread]?.name }
  }

  // MARK: Blocking

  /// Lets others go on until something has happened, or until a moment.
  ///
  /// - Parameters:
  ///   - deadline: In nanoseconds; `nil` is never.
  ///   - isTimeout: Whether the moment is the end of somebody's patience, not what he waits for.
  ///   - isBlocked: Whether what is waited for has not happened; asked on any thread.
  /// - Returns: Why it is over.
  func pass(
    until deadline: UInt64? = nil, isTimeout: Bool = false,
    while isBlocked: @escaping @Sendable () -> Bool
  ) -> Awakening {
    let thread = thread
    guard thread != TurnRegistry.session else {
      return giveTurns(until: deadline, while: isBlocked)
    }
    let standing = TurnRegistry.Standing(
      isBlocked: isBlocked, deadline: deadline, isTimeout: isTimeout)
    let bed = registry.withLock { registry -> Monitor<Awakening?>? in
      registry.stand(thread, standing)
      return registry.movers[thread]?.bed
    }
    registry.wakeAll()
    guard let bed else { return .news }  // none of the session's threads
    return sleep(in: bed)
  }

  @discardableResult
  private func sleep(in bed: Monitor<Awakening?>) -> Awakening {
    bed.wait { awakening in
      defer { awakening = nil }
      return awakening
    } ?? .news
  }

  /// Between two commands: what can go on by now, and comes first, goes on until it blocks.
  func yield() {
    let thread = thread
    guard thread != TurnRegistry.session else {
      _ = giveTurns(until: nil) { false }
      return
    }
    settle()
    guard let own = registry.withLock({ $0.movers[thread] }) else { return }
    let isOvertaken = firstReady().map { $0.order < own.order } ?? false
    if isOvertaken || interrupt.hasBeenFired { _ = pass { false } }
  }
}
