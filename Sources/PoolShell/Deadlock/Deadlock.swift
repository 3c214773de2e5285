import ConcurrentFutures

/// Waits on workers that only each other could end.
struct Deadlock: Sendable {
  /// What such a wait needs.
  indirect enum Target: Sendable {
    /// A future whose task waits too.
    case running(Int)
    /// A future in the queue of a pool all of whose workers wait.
    case queued(Int, PoolRecord)
    /// A future that begins after another one.
    case after(Int, Target)
    case room(PoolRecord)
    case end(PoolRecord)

    /// What is at the end of the chain.
    var last: Target { if case .after(_, let next) = self { next.last } else { self } }
  }

  struct Member: Sendable {
    let place: WaitingPlace
    let targets: [Target]
  }

  /// In the order of their futures.
  let members: [Member]
  let waits: [EndlessWait]

  init(_ members: [Member], _ waits: [EndlessWait]) {
    self.members = members
    self.waits = waits
  }

  /// The futures whose tasks wait, and so fail.
  var ids: IDSet { IDSet(members.map(\.place.task).filter { $0 != 0 }.sorted()) }

  var error: ShellError { ShellError("deadlock: \(DeadlockText(members).text)") }

  /// What is said at once.
  var warning: Diagnostic {
    let isAboutPools = members.contains { member in
      member.targets.contains { if case .running = $0.last { false } else { true } }
    }
    var warning = Diagnostic.notice(error.message)
    let remedy =
      isAboutPools
      ? "give the pool more workers, use another pool, or do not wait inside a task"
      : members.count == 1
        ? "a task cannot wait for itself" : "tasks must not wait for each other"
    warning.hint = "\(members.count == 1 ? "this wait fails" : "these waits fail") now; \(remedy)"
    warning.ids = ids
    return warning
  }
}

extension Session {
  /// Waits on workers that nothing can end, if there are any; changes nothing.
  private func findDeadlock() -> Deadlock? {
    let waits = self.waits.waits
    guard !waits.isEmpty else { return nil }
    var search = DeadlockSearch(waits, futures)
    return search.run()
  }

  /// Ends every deadlock: each of its waits fails, and says why.
  ///
  /// Called when a wait begins that may complete one, and when there is one way less out of it: a pool that was paused
  /// goes on, one has fewer workers, a future that was to begin after others is queued.
  ///
  /// - Returns: Whether there was one.
  @discardableResult
  func breakDeadlocks() -> Bool {
    var isBroken = false
    while let deadlock = findDeadlock() {
      // If it is none any more, somebody else has acted; who then waits again looks again.
      guard waits.end(deadlock.waits, with: deadlock.error) else { continue }
      isBroken = true
      complain(deadlock.warning)
      for wait in deadlock.waits { try? wait.alarm.setResult() }
    }
    return isBroken
  }
}
