import TestSupport

@testable import ConcurrentFutures

/// A pool's word with simulated workers, a simulated queue and simulated sleep: everything that surrounds the
/// word in `ThreadPoolCore`, one event at a time and in any order that threads could bring about.
final class PoolSimulation {
  /// What a worker is doing between two events.
  enum Activity: Equatable {
    case asking(maySearch: Bool)
    case running, standing, inCallbacks, sleeping, gone
  }

  private(set) var limit: Int
  /// What a thread may still take for the limit.
  private var formerLimit: Int
  private var largestLimit: Int
  /// Whether the system may refuse threads; then there may be fewer than rule 1 asks for.
  let mayRefuse: Bool
  private(set) var state = ThreadPoolState()
  private(set) var roles: [ThreadPoolState.Role] = []
  private(set) var activities: [Activity] = []
  /// Effects that are owed but not performed yet: a thread may be held up at any point.
  private(set) var owedStarts = 0
  private(set) var owedTickets = 0
  private var tickets = 0
  private var closingTickets = 0
  /// What went in and what came out.
  private(set) var enqueued = 0
  private(set) var ran = 0
  private(set) var drained = 0
  private(set) var hasRefused = false

  init(limit: Int, mayRefuse: Bool) {
    self.limit = limit
    formerLimit = limit
    largestLimit = limit
    self.mayRefuse = mayRefuse
  }

  private func owe(_ effect: ThreadPoolState.Effect) {
    switch effect {
    case .none: break
    case .startWorker: owedStarts += 1
    case .wakeWorker: owedTickets += 1
    }
  }

  // MARK: From outside

  /// As `ThreadPoolCore.enqueue`; the first worker is started, or refused, at once.
  func submit(refused: Bool) {
    if state.startFirst() {
      if refused {
        state.startFailed()
        return
      }
      addWorker()
    }
    guard !state.isClosed else { return }
    enqueued += 1
    owe(state.enqueue(limit: limit))
  }

  private func addWorker() {
    roles.append(.idle)
    activities.append(.asking(maySearch: true))
  }

  /// A thread that is owed comes, or the system refuses it.
  func performStart(refused: Bool) {
    owedStarts -= 1
    if refused {
      hasRefused = true
      state.startFailed()
    } else {
      addWorker()
    }
  }

  func performTicket() {
    owedTickets -= 1
    tickets += 1
  }

  func close(drain: Bool) {
    closingTickets += state.close()
    if drain { self.drain() }
  }

  /// As `ThreadPoolCore.resize`.
  func resize(to limit: Int) {
    formerLimit = self.limit
    self.limit = limit
    largestLimit = max(largestLimit, limit)
    closingTickets += state.shrink(limit: limit)
    grow()
  }

  private func grow() {
    while true {
      let effect = state.grow(limit: limit)
      if effect == .none { return }
      owe(effect)
    }
  }

  private func drain() { drained += state.drain() }

  /// The initializer of a worker that is owed fails on its thread.
  func breakDown() {
    owedStarts -= 1
    state.startFailed()
    guard let sleepers = state.break() else { return }
    closingTickets += sleepers
    drain()
  }

  // MARK: A worker goes on

  /// The next event of a worker; false if it can do nothing now.
  func step(_ worker: Int, _ random: inout SeededGenerator) -> Bool {
    switch activities[worker] {
    case .asking(let maySearch):
      ask(worker, maySearch: maySearch)
    case .running: end(worker, standsBy: !random.oneIn(4))
    case .standing where random.oneIn(3):
      activities[worker] = callBack(worker, limit: random.oneIn(4) ? formerLimit : limit)
    case .standing, .inCallbacks: activities[worker] = .asking(maySearch: true)
    case .sleeping: return awake(worker)
    case .gone: return false
    }
    return true
  }

  private func ask(_ worker: Int, maySearch: Bool) {
    switch state.next(&roles[worker], maySearch: maySearch, limit: limit) {
    case .run(let effect):
      ran += 1
      owe(effect)
      activities[worker] = .running
    case .search: activities[worker] = .asking(maySearch: false)
    case .sleep: activities[worker] = .sleeping
    case .leave(let effect):
      activities[worker] = .gone
      owe(effect)
    }
  }

  private func end(_ worker: Int, standsBy: Bool) {
    if standsBy { state.standBy(&roles[worker]) }
    activities[worker] = .standing
  }

  private func callBack(_ worker: Int, limit: Int) -> Activity {
    owe(state.stepBack(&roles[worker], limit: limit))
    if limit != self.limit { grow() }
    return .inCallbacks
  }

  private func awake(_ worker: Int) -> Bool {
    if tickets > 0 {
      tickets -= 1
      roles[worker] = .searching
    } else if closingTickets > 0 {
      closingTickets -= 1
      roles[worker] = .idle
    } else {
      return false
    }
    activities[worker] = .asking(maySearch: true)
    return true
  }
}

// MARK: - What must hold

extension PoolSimulation {
  /// Counts what the word should say from the workers' own knowledge.
  private var tally: (threads: Int, idle: Int, searching: Int, sleeping: Int) {
    let alive = activities.indices.filter { activities[$0] != .gone }
    let asleep = alive.filter { activities[$0] == .sleeping }
    let awake = alive.filter { activities[$0] != .sleeping }
    let onTheWay = owedTickets + tickets
    let searching = awake.count { roles[$0] == .searching } + onTheWay
    let idle = awake.count { roles[$0] != .busy } + asleep.count + owedStarts
    return (
      alive.count + owedStarts, idle, searching, asleep.count - onTheWay - closingTickets
    )
  }

  /// What is wrong after an event, in words; `nil` if nothing is.
  var fault: String? {
    let tally = tally
    if state.threads != tally.threads { return "threads \(state.threads), not \(tally.threads)" }
    if state.idle != tally.idle { return "idle \(state.idle), not \(tally.idle)" }
    if state.searching != tally.searching { return "searching, not \(tally.searching)" }
    if state.sleeping != tally.sleeping { return "sleeping, not \(tally.sleeping)" }
    if state.queued != enqueued - ran - drained { return "queued \(state.queued)" }
    if state.threads > largestLimit { return "too many threads" }
    return brokenRule
  }

  /// The two rules of `ThreadPoolState`; they say nothing about a broken pool, which runs nothing.
  private var brokenRule: String? {
    guard !state.isBroken else { return nil }
    let hasWorkers = state.queued <= state.idle || state.threads >= limit
    if !hasWorkers, !hasRefused { return "rule 1: \(state.queued) queued, \(state.idle) idle" }
    let mostSearch = state.searching == ThreadPoolState.maxSearching
    if state.sleeping > 0, state.queued > state.searching, !mostSearch {
      return "rule 2: \(state.queued) queued, \(state.searching) search, \(state.sleeping) sleep"
    }
    return nil
  }
}
