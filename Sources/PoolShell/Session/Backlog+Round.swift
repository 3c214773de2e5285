import ConcurrentFutures

extension Backlog {
  /// One command: the futures that it is about, as they were when it began.
  final class Round {
    private unowned let backlog: Backlog
    /// Those that are done by now, and those that are not.
    private(set) var done: IDSet
    private(set) var notDone: IDSet
    let total: Int
    /// How many are still to be handed out.
    private(set) var remaining: Int
    /// What was done at the beginning comes first, in order of id.
    private var first: IDSet.Iterator
    /// Then the others in the order in which they end; 0 is an interrupt.
    private var queue: [Int] = []
    private var head = 0

    init(done: IDSet, waiting: IDSet, backlog: Backlog) {
      self.done = done
      notDone = waiting
      self.backlog = backlog
      first = done.makeIterator()
      total = done.count + waiting.count
      remaining = total
    }

    func ended(_ id: Int) {
      guard notDone.remove(id) else { return }
      done.insert(id)
      queue.append(id)
    }

    func interrupted() { queue.append(0) }

    /// The next future that has ended, without waiting for one.
    ///
    /// - Throws: `ControlFlow.interrupted` if that was before.
    func next() throws -> Int? {
      if let id = first.next() {
        remaining -= 1
        return id
      }
      if head == queue.count { backlog.catchUp() }
      guard head < queue.count else { return nil }
      guard queue[head] != 0 else { throw ControlFlow.interrupted }
      defer { (head, remaining) = (head + 1, remaining - 1) }
      return queue[head]
    }

    /// Sleeps until something has ended, or an alarm has gone off.
    ///
    /// - Returns: False if the time was up first.
    func sleep(until deadline: Deadline, orFor alarm: AnyFuture?) -> Bool {
      backlog.sleep(until: deadline, orFor: alarm)
    }

    /// Says, on any thread, whether something has ended.
    var hasNews: @Sendable () -> Bool { backlog.hasNews }

    /// The command is over.
    func end() { backlog.end(self) }

    /// Brings `done` and `notDone` up to this moment.
    func look() { backlog.catchUp() }
  }
}
