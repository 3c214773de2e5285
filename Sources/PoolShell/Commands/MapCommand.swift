import ConcurrentFutures

/// `map`: runs a command for every item; the values come in input order.
struct MapCommand: Command {
  static let declaration = Declaration(
    name: "map", group: .submitting,
    summary: "run a command for every item; values in input order, as early as possible",
    usage: "map [--zip|--cross] [--timeout D] [--job-timeout D] [--buffersize N] [--no-wait] "
      + "[--as LABEL] [--pool POOL] [--env K=V]… [--cwd DIR] [--input FILE] [--retries N] "
      + "[--backoff D] [--live] CMD… ::: ITEM… [::: ITEM…]",
    operands: [.one(.task)],
    options: Declaration.Option.combining + [
      .init(
        "--timeout", short: "-t", value: "D",
        "for the whole map; then what has not begun is cancelled"),
      .init("--job-timeout", value: "D", "the longest that each job may run; then it fails"),
      .init("--buffersize", value: "N", "at most so many items submitted ahead of the one shown"),
      .init("--no-wait", "submit everything and go on; answers the ids"),
      .init(
        "--as", value: "LABEL", takes: .label,
        "a name for these futures; they are selected with @LABEL"),
      .init("--pool", value: "POOL", takes: .pool, "run in this pool, not in the current one"),
    ] + Declaration.Option.job + [.live],
    optionPlaces: .first,
    details: """
      Python: executor.map(fn, *iterables). An item that fails is told on standard error at its place; the
      others go on, and at the end the map fails. What an item prints is shown just before its value.
      Placeholders: {} the item, {.} without extension, {/} basename, {//} dirname, {/.} both, {#} job number,
      {1} {2} the item of the first, second list. Without one the item is appended. A block reads $item.
      :::: FILE takes the lines of a file, - those of standard input.
      """,
    example: .init(script: "map fibonacci ::: 5 10 20", output: "5\n55\n6765\n"))

  private let template: TaskTemplate
  private let items: ItemLists
  private let pool: PoolRecord
  private let label: String?
  private let timeout: Duration?
  private let jobTimeout: Duration?
  private let bufferSize: Int?
  private let isWaiting: Bool
  private let options: JobOptions?

  init(_ arguments: inout Arguments) throws {
    let context = arguments.context
    pool = try context.pool(named: arguments.text(of: "--pool"))
    label = try arguments.label()
    timeout = try arguments.duration(of: "--timeout")
    jobTimeout = try arguments.duration(of: "--job-timeout")
    bufferSize = try arguments.count(of: "--buffersize")
    isWaiting = !arguments.has("--no-wait")
    options = try JobOptions.take(arguments)
    for option in ["--timeout", "--buffersize"] where !isWaiting && arguments.has(option) {
      throw arguments.error("\(option) needs a map that waits: without --no-wait")
    }
    let (command, items) = try ItemLists.separate(&arguments)
    guard let items else { throw arguments.error("::: ITEM… is missing") }
    self.items = items
    template = TaskTemplate(command, unit: context.unit)
  }

  func run(in context: Context) throws -> Outcome {
    guard isWaiting else { return try submitOnly(in: context) }
    var run = Run(deadline: Deadline(after: timeout), items: items.iterator(), context: context)
    do {
      try context.showingProgress({ .futures(run.progress) }) { try showAll(&run) }
    } catch {
      // After Ctrl-C the work goes on, and nobody shows it; not so after `kill`.
      let isInterrupted = if case ControlFlow.interrupted = error { true } else { false }
      if isInterrupted, context.isOnSessionThread { run.followRest() } else { run.cancelRest() }
      run.openCollectors()
      throw error
    }
    try run.finish()
    return Outcome(answer: nil, value: run.value)
  }

  private func showAll(_ run: inout Run) throws {
    submit(&run, upTo: bufferSize ?? .max)
    while let next = run.takeOldest() {
      try show(next, &run)
      if bufferSize != nil { submit(&run, upTo: 1) }
    }
  }

  private func submitOnly(in context: Context) throws -> Outcome {
    let submission = Submission(pool: pool, label: label, limit: jobTimeout, options: options)
    let next = items.iterator()
    var records: [FutureRecord] = []
    defer { for record in records { context.session.announce(record) } }
    while let item = try next() {
      records.append(
        try context.submit(template.command(for: item, number: records.count + 1), submission))
    }
    let ids = records.map(\.id)
    if context.isAnswering { context.session.show(.mapped(ids: ids)) }
    return Outcome(answer: nil, value: .ids(IDSet(ids)))
  }

  /// Submits more items.
  ///
  /// If the pool refuses (it broke, somebody closed it), what has begun is still shown at its place,
  /// and the refusal comes at the end.
  private func submit(_ run: inout Run, upTo count: Int) {
    do {
      try submitItems(&run, upTo: count)
    } catch {
      run.refuse(error)
    }
  }

  private func submitItems(_ run: inout Run, upTo count: Int) throws {
    for _ in 0..<count {
      guard let item = try run.nextItem() else { return }
      let collector = Collector(run.context.session)
      let submission = Submission(
        pool: pool, label: label, limit: jobTimeout, collector: collector, options: options)
      let record = try run.context.submit(
        template.command(for: item, number: run.submitted + 1), submission)
      run.add(record, collector)
      run.context.session.announce(record)
    }
  }

  /// Waits for one item and shows it at its place.
  private func show(_ next: Run.Item, _ run: inout Run) throws {
    let context = run.context
    let future = next.record.future
    defer { next.collector.open() }
    if !future.isDone {
      let isDone = try context.waitFor([future], timeout: run.deadline.remaining) { _ in true }
      if !isDone { throw run.timeoutError(with: next) }
    }
    for report in next.collector.take() { context.emit(report) }
    let ending = Ending(next.record.outcome)
    try run.take(next, context.isAnswering && options?.isLive == true ? ending.afterLive : ending)
    try context.checkOutput()
  }

  /// A map that is under way.
  private struct Run {
    struct Item {
      let index: Int
      let record: FutureRecord
      let collector: Collector
    }

    let deadline: Deadline
    let context: Context
    let progress = ProgressCount()
    private let items: () throws -> [String]?
    private var window: [Item] = []
    private var head = 0
    /// The one that is waited for.
    private var current: Item?
    private(set) var submitted = 0
    private var isAtEnd = false
    private var failed: [Int] = []
    private var values: [String] = []
    private var refusal: (any Error)?

    init(deadline: Deadline, items: @escaping () throws -> [String]?, context: Context) {
      self.deadline = deadline
      self.items = items
      self.context = context
    }

    mutating func nextItem() throws -> [String]? {
      guard !isAtEnd else { return nil }
      let item = try items()
      isAtEnd = item == nil
      progress.isGrowing = !isAtEnd
      return item
    }

    mutating func add(_ record: FutureRecord, _ collector: Collector) {
      window.append(Item(index: submitted, record: record, collector: collector))
      submitted += 1
      if context.session.output.streams.hasStatusLine { progress.add(record) }
    }

    mutating func takeOldest() -> Item? {
      guard head < window.count else { return nil }
      defer {
        head += 1
        // Not before half of them are gone: moving the others would cost more than showing these.
        if head > 1024, 2 * head > window.count {
          window.removeFirst(head)
          head = 0
        }
      }
      current = window[head]
      return current
    }

    mutating func take(_ item: Item, _ ending: Ending) throws {
      item.record.markSeen()
      if ending.state != .finished { failed.append(item.record.id) }
      if context.isAnswering {
        context.session.show(.mapItem(id: item.record.id, index: item.index, ending))
      } else if case .finished(let value) = ending, !value.isNothing {
        values.append(try value.substitutionText())
      }
    }

    /// No more items are taken; what was submitted and has not begun is cancelled.
    mutating func refuse(_ error: any Error) {
      refusal = error
      isAtEnd = true
      progress.isGrowing = false
      cancelRest()
    }

    /// Nobody shows the items any more: what they print is written as it comes.
    func openCollectors() {
      for item in window[head...] { item.collector.open() }
    }

    /// The ends of what goes on are news.
    func followRest() {
      let session = context.session
      if let current { session.notices.follow(current.record, in: session) }
      for item in window[head...] { session.notices.follow(item.record, in: session) }
    }

    func cancelRest() {
      for item in window[head...] { item.record.future.cancel() }
    }

    func timeoutError(with item: Item) -> ShellError {
      item.record.future.cancel()
      let missing = window[head...].count { !$0.record.future.isDone } + 1
      return ShellError("TimeoutError: \(missing) of \(submitted) items were not finished")
    }

    func finish() throws {
      if let refusal { throw refusal }
      guard !failed.isEmpty else { return }
      throw ShellError(
        "\(failed.count) of \(submitted) items failed: \(IdList.text(IDSet(failed)))")
    }

    var value: Value { values.isEmpty ? .nothing : .text(values.joined(separator: "\n")) }
  }
}
