import ConcurrentFutures

/// What bare `wait` and `as_completed` are about: the futures of a group that nobody has looked at.
///
/// It is told of each future once, of its end once, and of each look at it once, so that a command that is
/// given again and again costs what has happened since the last time, and not the number of futures:
/// `wait first` in a loop over 16,000 took 7 s with a look at each, and takes 0.1 s.
///
/// It belongs to one `Context`, and to its thread.
final class Backlog {
  private let group: FutureGroup
  private let futures: FutureTable
  /// Ends the waiting at the session.
  private let interrupt: Interrupt?

  /// Three sets that have no id in common; what was seen is in none of them.
  @exclusivity(unchecked) private var pending = IDSet()
  /// Done, and no `wait` has listed it.
  @exclusivity(unchecked) private var unlisted = IDSet()
  /// Done, and a `wait` has listed it.
  @exclusivity(unchecked) private var listed = IDSet()

  /// Of the pending ones those that the set is not told of yet: a `wait all` asks them itself.
  @exclusivity(unchecked) private var unwatched = IDSet()

  private let set = CompletionSet([])
  /// The id of the future at each place of the set; 0 is the interrupt, or the alarm.
  private var ids: [Int] = []
  private var freePlaces: [Int] = []
  private var watchedInterrupt: AnyFuture?
  private var watchedAlarm: AnyFuture?
  private var isFollowing = false
  /// The commands that go on, the innermost last: the block of `as_completed` may wait too.
  private var rounds: [Round] = []

  init(of group: FutureGroup, in futures: FutureTable, interrupt: Interrupt?) {
    self.group = group
    self.futures = futures
    self.interrupt = interrupt
  }

  deinit {
    if isFollowing { group.unfollow() }
  }

  /// Begins a command; the round's `end` must follow.
  ///
  /// - Parameters:
  ///   - includingListed: Whether it is about what a `wait` has listed, too.
  ///   - isWatching: Whether the command wants to be told of each end. A `wait all` does not, and registering 100,000
  ///     futures took it most of its time; what it leaves pending is registered after it.
  /// - Returns: The futures that it is about.
  func begin(includingListed: Bool, isWatching: Bool = true) -> Round {
    catchUp(isWatching: isWatching)
    let round = Round(
      done: includingListed ? unlisted.union(listed) : unlisted, waiting: pending, backlog: self)
    rounds.append(round)
    watchInterrupt()
    return round
  }

  func end(_ round: Round) { rounds.removeAll { $0 === round } }

  // MARK: News

  /// Takes in what has happened up to now.
  func catchUp(isWatching: Bool = true) {
    if isWatching { watchTheUnwatched() }
    if !isFollowing {
      isFollowing = true
      enter(group.follow(), isWatching)
    }
    let news = group.takeNews()
    if !news.added.isEmpty { enter(news.added, isWatching) }
    while let index = set.takeIndex() { arrived(index) }
    for id in news.changedBefore { settle(id) }
    for id in news.changed { settle(id) }
  }

  private func enter(_ ids: IDSet, _ isWatching: Bool) {
    futures.forEach(ids) { record in
      if record.isSeen { return }
      let id = record.id
      if record.future.isDone {
        settle(record)
      } else if !isWatching {
        pending.insert(id)
        unwatched.insert(id)
      } else if watch(record.future, as: id) {
        pending.insert(id)
      } else {
        settle(record)
      }
    }
  }

  private func watchTheUnwatched() {
    guard !unwatched.isEmpty else { return }
    let ids = unwatched
    unwatched = IDSet()
    futures.forEach(ids) { record in
      if record.future.isDone || !watch(record.future, as: record.id) { settle(record) }
    }
  }

  private func watch(_ future: AnyFuture, as id: Int) -> Bool {
    let place = freePlaces.last ?? ids.count
    guard set.add(future, at: place) else { return false }
    if freePlaces.popLast() == nil { ids.append(id) } else { ids[place] = id }
    return true
  }

  private func arrived(_ place: Int) {
    freePlaces.append(place)
    guard ids[place] == 0 else { return settle(ids[place]) }
    watchedInterrupt = nil
    watchedAlarm = nil
    // One that was dealt with meanwhile ends nothing.
    if interrupt?.hasHappened == true { for round in rounds { round.interrupted() } }
  }

  /// Puts a future that is done where its flags say.
  private func settle(_ id: Int) {
    if let record = futures[id] { settle(record) } else { settleForgotten(id) }
  }

  /// What a `map` has shown and no longer keeps is done, and seen.
  private func settleForgotten(_ id: Int) {
    if pending.remove(id) { for round in rounds { round.ended(id) } }
    unlisted.remove(id)
    listed.remove(id)
  }

  private func settle(_ record: FutureRecord) {
    let id = record.id
    if pending.remove(id) { for round in rounds { round.ended(id) } }
    if record.isSeen {
      unlisted.remove(id)
      listed.remove(id)
    } else if record.wasListed {
      unlisted.remove(id)
      listed.insert(id)
    } else {
      unlisted.insert(id)
    }
  }

  /// Each interrupt is a future of its own.
  private func watchInterrupt() {
    guard let interrupt else { return }
    let current = interrupt.future
    guard watchedInterrupt !== current else { return }
    watchedInterrupt = current
    if watch(current, as: 0) { return }
    watchedInterrupt = nil
    for round in rounds { round.interrupted() }
  }

  var hasNews: @Sendable () -> Bool { self.set.hasNews }

  /// Sleeps until something has ended, or an alarm has gone off.
  ///
  /// - Returns: False if the time was up first.
  func sleep(until deadline: Deadline, orFor alarm: AnyFuture?) -> Bool {
    watchInterrupt()
    if let alarm, watchedAlarm !== alarm {
      guard watch(alarm, as: 0) else { return true }
      watchedAlarm = alarm
    }
    guard let place = set.nextIndex(until: deadline) else { return false }
    arrived(place)
    return true
  }

  // MARK: What tests look at

  /// How many ranges and places are kept: what a command touches at most.
  var size: (ranges: Int, places: Int) {
    (pending.ranges.count + unlisted.ranges.count + listed.ranges.count, ids.count)
  }
}
