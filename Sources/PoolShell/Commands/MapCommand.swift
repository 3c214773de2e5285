import ConcurrentFutures

/// `map`: runs a command for every item; the values come in input order.
struct MapCommand: Command {
  static let declaration = Declaration(
    name: "map", group: .submitting,
    summary: "run a command for every item; values in input order, as early as possible",
    usage: "map [--zip|--cross] [--timeout D] [--job-timeout D] [--buffersize N] [--no-wait] "
      + "[--joblog FILE] [--resume|--resume-failed] [--halt WHEN,WHY=N] [--delay D] [--max-load N] "
      + "[--as LABEL] [--pool POOL] CMD… ::: ITEM… [::: ITEM…]",
    operands: [.one(.task)],
    options: Declaration.Option.combining + [
      .init(
        "--timeout", short: "-t", value: "D",
        "for the whole map; then what has not begun is cancelled"),
      .init("--job-timeout", value: "D", "the longest that each job may run; then it fails"),
      .init("--buffersize", value: "N", "at most so many items submitted ahead of the one shown"),
      .init(
        "--halt", value: "WHEN,WHY=N",
        "stop soon or now when N or N% of the jobs fail, success or done"),
      .init("--delay", value: "D", "the time between two starts"),
      .init("--max-load", value: "N", "start none while the load average is above N or N%"),
      .init("--no-wait", "submit everything and go on; answers the ids"),
      .init(
        "--as", value: "LABEL", takes: .label,
        "a name for these futures; they are selected with @LABEL"),
      .init("--pool", value: "POOL", takes: .pool, "run in this pool, not in the current one"),
    ] + Declaration.Option.record,
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
  let pool: PoolRecord
  private let label: String?
  private let timeout: Duration?
  private let jobTimeout: Duration?
  let bufferSize: Int?
  private let isWaiting: Bool
  let control: MapControl?

  init(_ arguments: inout Arguments) throws {
    let context = arguments.context
    pool = try context.pool(named: arguments.text(of: "--pool"))
    label = try arguments.label()
    timeout = try arguments.duration(of: "--timeout")
    jobTimeout = try arguments.duration(of: "--job-timeout")
    bufferSize = try arguments.count(of: "--buffersize")
    isWaiting = !arguments.has("--no-wait")
    for option in ["--timeout", "--buffersize", "--halt", "--delay", "--max-load"]
    where !isWaiting && arguments.has(option) {
      throw arguments.error("\(option) needs a map that waits: without --no-wait")
    }
    let (command, items) = try ItemLists.separate(&arguments)
    guard let items else { throw arguments.error("::: ITEM… is missing") }
    self.items = items
    template = TaskTemplate(command, unit: context.unit)
    control = try MapControl.take(arguments)
  }

  func run(in context: Context) throws -> Outcome {
    guard isWaiting else { return try submitOnly(in: context) }
    defer { control?.tellSkipped() }
    var run = MapRun(deadline: Deadline(after: timeout), items: items.iterator(), context: context)
    do {
      try context.showingProgress({ .futures(run.progress) }) { try showAll(&run) }
    } catch {
      // After Ctrl-C the work goes on, and nobody shows it.
      if case ControlFlow.interrupted = error { run.followRest() } else { run.cancelRest() }
      run.openCollectors()
      throw error
    }
    try finish(run)
    return Outcome(answer: nil, value: run.value)
  }

  private func showAll(_ run: inout MapRun) throws {
    let isPaced = control?.gate != nil
    if !isPaced { submit(&run, upTo: bufferSize ?? .max) }
    while let next = try isPaced ? takePaced(&run) : run.takeOldest() {
      try show(next, &run)
      if bufferSize != nil, !isPaced { submit(&run, upTo: 1) }
    }
  }

  private func submitOnly(in context: Context) throws -> Outcome {
    var submission = Submission(pool: pool, label: label, limit: jobTimeout)
    let next = items.iterator()
    var records: [FutureRecord] = []
    defer {
      for record in records { context.session.announce(record) }
      control?.tellSkipped()
    }
    var number = 0
    while let item = try next() {
      number += 1
      let task = try template.command(for: item, number: number)
      if control?.skips(task) == true { continue }
      submission.watch = control?.watch(task)
      records.append(try context.submit(task, submission))
    }
    let ids = records.map(\.id)
    if context.isAnswering { context.session.show(.mapped(ids: ids)) }
    return Outcome(answer: nil, value: .ids(IDSet(ids)))
  }

  /// Submits more items.
  ///
  /// If the pool refuses (it broke, somebody closed it), what has begun is still shown at its place,
  /// and the refusal comes at the end.
  func submit(_ run: inout MapRun, upTo count: Int) {
    do {
      try submitItems(&run, upTo: count)
    } catch {
      run.refuse(error)
    }
  }

  private func submitItems(_ run: inout MapRun, upTo count: Int) throws {
    let enough = run.submitted.addingReportingOverflow(count)
    while enough.overflow || run.submitted < enough.partialValue, control?.hasHalted != true {
      guard let item = try run.nextItem() else {
        control?.halt?.learn(total: run.submitted)
        return
      }
      let task = try template.command(for: item, number: run.taken)
      if control?.skips(task) == true { continue }
      let collector = Collector(run.context.session)
      let submission = Submission(
        pool: pool, label: label, limit: jobTimeout, collector: collector,
        watch: control?.watch(task))
      let record = try run.context.submit(task, submission)
      run.add(record, collector)
      control?.add(record, number: run.taken)
      run.context.session.announce(record)
    }
  }

  /// Waits for one item and shows it at its place.
  private func show(_ next: MapRun.Item, _ run: inout MapRun) throws {
    let context = run.context
    let future = next.record.future
    defer { next.collector.open() }
    if !future.isDone {
      let isDone = try wait(for: future, &run)
      if !isDone { throw run.timeoutError(with: next) }
    }
    for report in next.collector.take() { context.emit(report) }
    if control?.passesOver(next.record) == true { return }
    try run.take(next, Ending(next.record.outcome))
    try context.checkOutput()
  }
}
