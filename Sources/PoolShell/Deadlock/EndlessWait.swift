import ConcurrentFutures

/// What a worker waits for without an end.
enum Awaited: Sendable {
  /// The end of one of them; those that are done were dealt with.
  case any([FutureRecord])
  /// The same by id.
  case anyOf(IDSet)
  /// The end of each of them.
  case all([FutureRecord])
  /// Room in the queue of a pool.
  case room(PoolRecord)
  /// The end of every worker of a pool.
  case end(PoolRecord)

  /// The futures whose end is waited for and that have not ended.
  func unfinished(in futures: FutureTable) -> [FutureRecord] {
    switch self {
    case .any(let records), .all(let records): records.filter { !$0.future.isDone }
    case .anyOf(let ids): futures.records(ids).filter { !$0.future.isDone }
    case .room, .end: []
    }
  }
}

/// A wait without an end on a worker: the thread does nothing more before it has what it waits for.
final class EndlessWait: Sendable {
  let awaited: Awaited
  /// Whose commands wait.
  let place: WaitingPlace
  /// Wakes the thread if it waits in vain.
  let alarm: Promise<Void>
  /// False if there is something that it waits for, or if it is to end: then it is only slow to go on.
  let isStillBlocked: @Sendable () -> Bool

  init(
    for awaited: Awaited, at place: WaitingPlace, alarm: Promise<Void>,
    while isStillBlocked: @escaping @Sendable () -> Bool
  ) {
    self.awaited = awaited
    self.place = place
    self.alarm = alarm
    self.isStillBlocked = isStillBlocked
  }
}

/// The thread of a worker, and what it runs.
struct WaitingPlace: Sendable {
  /// Whose worker the thread is.
  let pool: PoolRecord
  /// The future whose task the thread runs; 0 if it runs none's.
  let task: Int
  /// The task, or a callback or an initializer, which may run inside of it.
  let role: Context.Role

  /// Such as `[3]`.
  var name: String {
    switch role {
    case .callback: "a callback"
    case .initializer: "an initializer"
    case .task, .session: "[\(task)]"
    }
  }
}

/// What a thread of commands on a worker keeps for its waits without an end.
struct EndlessWaiting {
  /// What wakes it if one is in vain; made at the first.
  fileprivate var alarm: Promise<Void>?
  fileprivate var place: WaitingPlace?
  /// A wait of several steps that is one to all others.
  fileprivate var whole: EndlessWait?
}

extension Context {
  /// What a wait on a worker is ended by if it is in vain, to be waited for beside anything else.
  var alarm: AnyFuture? {
    guard activity != nil else { return nil }
    return makeAlarm().future
  }

  private func makeAlarm() -> Promise<Void> {
    if let alarm = endless.alarm { return alarm }
    let alarm = Promise<Void>()
    endless.alarm = alarm
    return alarm
  }

  /// Blocks; on a worker, and without an end, so that others know what it waits for.
  ///
  /// - Parameters:
  ///   - awaited: What ends it; `nil` is something outside.
  ///   - deadline: Whatever has one comes to its end.
  ///   - isStillBlocked: Asked by any thread; false as soon as there is what it waits for.
  ///   - body: Waits, and is ended by `alarm`, too.
  /// - Returns: What `body` returns.
  /// - Throws: The deadlock that it is part of.
  func whileBlocked<R>(
    on awaited: @autoclosure () -> Awaited?, until deadline: Deadline,
    _ isStillBlocked: @autoclosure () -> @Sendable () -> Bool, _ body: () -> R
  ) throws -> R {
    guard let activity else { return body() }
    let isStillBlocked = isStillBlocked()
    let wait =
      endless.whole == nil && deadline.nanoseconds == nil
      ? awaited().flatMap { endlessWait(for: $0, while: isStillBlocked) } : nil
    if let wait { begin(wait) }
    // Who waits until a moment goes on by itself.
    let result =
      deadline.nanoseconds == nil
      ? session.activity.waiting(activity, while: isStillBlocked, body) : body()
    if let wait { try end(wait) } else { try checkWhole() }
    return result
  }

  /// Waits for several futures one after the other, where there is nothing to do before all are done.
  func waitingForAll<R>(
    _ records: [FutureRecord], until deadline: Deadline, _ body: () throws -> R
  ) throws -> R {
    guard activity != nil, deadline.nanoseconds == nil, endless.whole == nil,
      let wait = endlessWait(for: .all(records), while: { true })
    else { return try body() }
    endless.whole = wait
    begin(wait)
    let result = Result { try body() }
    endless.whole = nil
    try end(wait)
    return try result.get()
  }

  private func endlessWait(
    for awaited: Awaited, while isStillBlocked: @escaping @Sendable () -> Bool
  ) -> EndlessWait? {
    guard let place = waitingPlace() else { return nil }
    return EndlessWait(
      for: awaited, at: place, alarm: makeAlarm(),
      while: { [progress] in isStillBlocked() && progress?.job?.isBeingKilled != true })
  }

  private func waitingPlace() -> WaitingPlace? {
    if let place = endless.place { return place }
    guard let home else { return nil }
    let place = WaitingPlace(
      pool: home, task: activity.map(session.activity.future) ?? 0, role: role)
    endless.place = place
    return place
  }

  /// The pool whose worker this thread is: not always the one that is current, nor that of a callback's future.
  var home: PoolRecord? {
    if let pool, pool.executor.isCurrent { return pool }
    return session.pools.everyOne.first(where: \.executor.isCurrent)
  }

  private func begin(_ wait: EndlessWait) {
    session.waits.begin(wait)
    if session.waits.mayBeInVain(wait, in: session.futures) { session.breakDeadlocks() }
  }

  /// - Throws: The deadlock, unless `kill` comes first.
  private func end(_ wait: EndlessWait) throws {
    guard let deadlock = session.waits.end(wait) else { return }
    // It goes off, or is about to.
    endless.alarm = nil
    try checkKilled()
    throw deadlock
  }

  /// Whether it waits in vain is only known to the whole wait, which throws it: here it is enough to end.
  private func checkWhole() throws {
    if let whole = endless.whole, session.waits.isInVain(whole) { throw ControlFlow.interrupted }
  }
}
