import ConcurrentFutures

/// What a map does with each item, and in which order and how its outcome is shown.
struct MapPlan {
  let template: TaskTemplate
  let items: any ItemSource
  let submission: Submission
  let timeout: Duration?
  /// At most so many are submitted and not shown; `nil` is all.
  let bufferSize: Int?
  let showsAsCompleted: Bool
  let isTagged: Bool
  /// What may keep it from running each job at once; mostly there is nothing.
  let control: MapControl?
}

/// A map that is under way.
final class MapRun {
  let plan: MapPlan
  let context: Context
  let deadline: Deadline
  let progress = ProgressCount()
  private let queue: any MapQueue
  private let isOnSessionThread: Bool
  private(set) var submitted = 0
  /// How many items were taken; more than were submitted if some were skipped.
  private var taken = 0
  private(set) var isAtEnd = false
  /// The next item, if it was taken and may not start yet.
  private var held: [String]?
  /// Done when the input that is not there yet has come.
  private var input: AnyFuture?
  private(set) var shown: ShownItems
  private var refusal: (any Error)?

  init(_ plan: MapPlan, in context: Context) {
    self.plan = plan
    self.context = context
    deadline = context.session.clock.deadline(after: plan.timeout)
    queue = plan.showsAsCompleted ? CompletionOrder() : InputOrder()
    isOnSessionThread = context.isOnSessionThread
    shown = ShownItems(plan, in: context)
  }

  /// Submits and shows everything.
  ///
  /// - Returns: The values, where they are not shown.
  /// - Throws: The failure of the items; what has ended the map before.
  func run() throws -> Value {
    do {
      try context.showingProgress({ .futures(progress) }) { try showAll() }
    } catch {
      // After Ctrl-C the work goes on, and nobody shows it; not so after `kill`.
      let isInterrupted = if case ControlFlow.interrupted = error { true } else { false }
      if isInterrupted, isOnSessionThread { followRest() } else { cancelRest() }
      // What they print is written as it comes.
      for item in queue.items { item.collector.open() }
      throw error
    }
    if let refusal { throw refusal }
    try plan.control?.finish(self) ?? shown.finish(of: submitted)
    return shown.value
  }

  private func showAll() throws {
    while true {
      try submitWhatIsThere()
      if let item = queue.takeDone() {
        try show(item)
      } else if queue.count > 0 || maySubmit {
        try waitForMore()
      } else {
        return
      }
    }
  }

  private var timeLeft: Duration? { context.session.clock.remaining(until: deadline) }
  private var isTimeUp: Bool { context.session.clock.hasPassed(deadline) }

  private func waitForMore() throws {
    if let pace = plan.control?.pace {
      let isInTime = try pace.wait(
        hasRoom: hasRoom, orFor: input, timeout: timeLeft, in: context)
      if !isInTime, isTimeUp { try endInTime() }
      return
    }
    let input = hasRoom ? input : nil
    guard try queue.wait(orFor: input, timeout: timeLeft, in: context) else {
      throw timeoutError
    }
  }

  // MARK: Submitting

  private var maySubmit: Bool { !isAtEnd && plan.control?.hasHalted != true }

  /// In a bounded queue no more than it holds: then it is full only if others fill it.
  private var hasRoom: Bool {
    maySubmit && queue.count < plan.bufferSize ?? plan.submission.pool.room?.limit ?? .max
  }

  /// Submits until there is no room, or no input; what is done meanwhile is shown.
  private func submitWhatIsThere() throws {
    while hasRoom {
      let mayStart =
        plan.control?.pace?.mayStart(in: plan.submission.pool, at: context.session.clock.now)
        ?? true
      // Taken even if it may not start yet: a map that is at its end waits for nothing.
      guard let items = held ?? nextItems() else { return }
      held = mayStart ? nil : items
      guard mayStart else { return }
      do {
        try submit(items)
      } catch {
        refuse(error)
      }
      if let done = queue.takeDone() { try show(done) }
      if taken % 64 == 0, !isAtEnd, isTimeUp { try endInTime() }
    }
  }

  /// The time is up though there is always something to submit: what is done by now is still shown.
  private func endInTime() throws {
    while let done = queue.takeDone() { try show(done) }
    if isAtEnd, queue.count == 0 { return }
    throw timeoutError
  }

  private func nextItems() -> [String]? {
    if let input, !input.isDone { return nil }
    input = nil
    do {
      switch try plan.items.next() {
      case .item(let items): return items
      case .end:
        isAtEnd = true
        plan.control?.halt?.learn(total: submitted)
      case .later(let future): input = future
      }
    } catch {
      refuse(error)
    }
    progress.isGrowing = !isAtEnd
    return nil
  }

  private func submit(_ items: [String]) throws {
    taken += 1
    let command = try plan.template.command(for: items, number: taken)
    if plan.control?.skips(command) == true { return }
    progress.isGrowing = true
    let collector = Collector(context.session)
    var submission = plan.submission
    submission.collector = collector
    submission.watch = plan.control?.watch(command)
    let record = try context.submit(command, submission)
    queue.add(MapItem(index: taken - 1, record: record, collector: collector))
    submitted += 1
    plan.control?.add(record, number: taken)
    if context.session.output.streams.hasStatusLine { progress.add(record) }
    context.session.announce(record)
  }

  /// No more items are taken; what was submitted and has not begun is cancelled.
  ///
  /// If the pool refuses (it broke, somebody closed it), or the input cannot be read, what has begun is still shown at
  /// its place, and the refusal comes at the end.
  private func refuse(_ error: any Error) {
    refusal = error
    isAtEnd = true
    progress.isGrowing = false
    cancelRest()
  }

  // MARK: Showing

  private func show(_ item: MapItem) throws {
    defer { item.collector.open() }
    if plan.control?.passesOver(item.record) == true { return }
    try shown.show(item)
    try context.checkOutput()
    // A quick map never waits, and so would not hear of it.
    if isOnSessionThread, context.session.interrupt.hasBeenFired { throw ControlFlow.interrupted }
  }

  /// The ends of what goes on are news.
  private func followRest() {
    let session = context.session
    for item in queue.items { session.notices.follow(item.record, in: session) }
  }

  private func cancelRest() {
    context.letOthersGoOn()  // so that it is no matter how far their workers are
    for item in queue.items { item.record.future.cancel() }
  }

  private var timeoutError: ShellError {
    let missing = queue.items.count { !$0.record.future.isDone }
    return ShellError(
      "TimeoutError: \(missing) of \(submitted) items were not finished"
        + (isAtEnd ? "" : ", and the input was not at its end"))
  }
}
