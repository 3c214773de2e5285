/// The futures of one group wait, handed out in the order in which they end: the engine of `wait` and
/// `asCompleted`.
///
/// Not generic, because a generic loop runs unspecialised when another module calls it. It holds no future
/// longer than needed: one that was handed out is let go (AC-12), and what is left when the set goes is
/// withdrawn from (AC-11, WA-15). One consumer at a time.
@usableFromInline
package final class CompletionSet {
  /// In input order; `nil` where one is given again, and once it was handed out.
  @exclusivity(unchecked) private var futures: [AnyFuture?]
  @exclusivity(unchecked) private var members: [Member?]
  private let arrivals = Arrivals()
  /// What the consumer has fetched of the arrivals, all at a time.
  ///
  /// A lock for each, and the run-time access checks, were 880 instructions a future, a fifth of what
  /// `asCompleted` over futures that are done takes with making them.
  @exclusivity(unchecked) private var fetched: [Int] = []
  @exclusivity(unchecked) private var head = 0
  /// How many futures there were.
  package private(set) var total: Int
  /// How many are still to be handed out.
  @usableFromInline @exclusivity(unchecked) package private(set) var remaining: Int

  /// Registers with every future that is not done.
  ///
  /// - Parameter futures: Each may be there several times, and comes once; `nil` is nobody.
  @usableFromInline
  package convenience init(_ futures: consuming [AnyFuture?]) {
    let count = CompletionSet.dropDuplicates(&futures)
    self.init(unique: futures, count: count)
  }

  /// The same for who has dropped duplicates already.
  ///
  /// What is done already comes first, in input order.
  ///
  /// - Parameters:
  ///   - futures: Each once; `nil` is nobody.
  ///   - count: How many they are.
  init(unique futures: [AnyFuture?], count: Int) {
    total = count
    remaining = count
    members = [Member?](repeating: nil, count: futures.count)
    fetched.reserveCapacity(count)
    // Two passes: what ends while we register must come after what had ended before.
    var pending: [Int] = []
    for (index, future) in futures.enumerated() {
      guard let future else { continue }
      if future.isDone { fetched.append(index) } else { pending.append(index) }
    }
    self.futures = futures
    for index in pending { watch(index) }
  }

  deinit {
    for index in members.indices {
      if let member = members[index] { futures[index]?.withdraw(member) }
    }
  }

  /// Adds a future to a set that is kept: registered once, however often its owner asks what has ended.
  ///
  /// - Parameters:
  ///   - future: What is added, as if it were in no other place.
  ///   - index: A place that was handed out, so that the set is no larger than what is in it at a time; or
  ///     the one behind the last.
  /// - Returns: False if the future is done: then it was not added.
  package func add(_ future: AnyFuture, at index: Int) -> Bool {
    guard !future.isDone else { return false }
    let member = Member(arrivals, index)
    if index == futures.count {
      futures.append(nil)
      members.append(nil)
    }
    precondition(futures[index] == nil, "the place is taken")
    guard future.register(member) else { return false }
    futures[index] = future
    members[index] = member
    total += 1
    remaining += 1
    return true
  }

  private func watch(_ index: Int) {
    guard let future = futures[index] else { return }
    let member = Member(arrivals, index)
    if future.register(member) { members[index] = member } else { arrivals.append(index) }
  }

  /// The next future that has ended, waiting for it if need be; `nil` at the deadline.
  ///
  /// Whatever has ended is handed out even after the deadline (AC-08). Call it only while `remaining > 0`.
  @usableFromInline
  func next(until deadline: Deadline) -> AnyFuture? {
    if isAllHandedOut { arrivals.fetch(&fetched, until: deadline) }
    return handOut()?.future
  }

  /// The same without blocking a thread; `nil` also if the awaiting task is cancelled.
  @usableFromInline
  func next(until deadline: Deadline) async -> AnyFuture? {
    if isAllHandedOut { fetched = await arrivals.fetch(until: deadline) }
    return handOut()?.future
  }

  /// The same by the future's place in the input.
  package func nextIndex(until deadline: Deadline) -> Int? {
    if isAllHandedOut { arrivals.fetch(&fetched, until: deadline) }
    return handOut()?.index
  }

  /// The place of a future that has ended; `nil` if there is none now.
  package func takeIndex() -> Int? {
    if isAllHandedOut { arrivals.fetch(&fetched) }
    return handOut()?.index
  }

  /// Says, on any thread, whether something has ended that the consumer has not come across.
  package var hasNews: @Sendable () -> Bool { { [arrivals] in arrivals.hasSome } }

  /// Whether there is nothing left of what was fetched.
  private var isAllHandedOut: Bool {
    guard head == fetched.count else { return false }
    fetched.removeAll(keepingCapacity: true)
    head = 0
    return true
  }

  private func handOut() -> (index: Int, future: AnyFuture?)? {
    guard head < fetched.count else { return nil }
    let index = fetched[head]
    head += 1
    if members[index] != nil { members[index] = nil }
    remaining -= 1
    return (index, futures[index].take())
  }

  /// Drops futures that were given before: they count once (WA-02, AC-02).
  ///
  /// - Returns: How many are left.
  @usableFromInline
  static func dropDuplicates(_ futures: inout [AnyFuture?]) -> Int {
    var seen = AddressSet(capacity: futures.count)
    var count = 0
    for index in futures.indices {
      guard let future = futures[index] else { continue }
      if seen.insert(future) { count += 1 } else { futures[index] = nil }
    }
    return count
  }

  /// The registration of one future of the set.
  private final class Member: Registration {
    private let arrivals: Arrivals
    private let index: Int

    init(_ arrivals: Arrivals, _ index: Int) {
      self.arrivals = arrivals
      self.index = index
    }

    override func completed(_ future: AnyFuture) { arrivals.append(index) }
  }
}
