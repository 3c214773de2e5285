/// `map`: runs a command for every item; the values come in input order.
struct MapCommand: Command {
  static let declaration = Declaration(
    name: "map", group: .submitting,
    summary: "run a command for every item; values in input order, as early as possible",
    usage: "map [OPTION…] CMD… ::: ITEM… [::: ITEM…]",
    operands: [.one(.task)],
    options: Declaration.Option.combining + [
      .init(
        "--timeout", short: "-t", value: "D",
        "for the whole map; then what has not begun is cancelled"),
      .init("--job-timeout", value: "D", "the longest that each job may run; then it fails"),
      .init("--buffersize", value: "N", "at most so many items submitted ahead of the one shown"),
      .init("--as-completed", "values in the order in which the jobs end"),
      .init("--tag", "the item and a tab before each line, of errors too"),
      .init("--no-wait", "submit everything and go on; answers the ids"),
      .init(
        "--as", value: "LABEL", takes: .label,
        "a name for these futures; they are selected with @LABEL"),
      .init("--pool", value: "POOL", takes: .pool, "run in this pool, not in the current one"),
      .init(
        "--halt", value: "WHEN,WHY=N",
        "stop soon or now when N or N% of the jobs fail, success or done"),
      .init("--delay", value: "D", "the time between two starts"),
      .init("--max-load", value: "N", "start none while the load average is above N or N%"),
    ] + Declaration.Option.job + [.live] + Declaration.Option.record,
    optionPlaces: .first,
    details: """
      Python: executor.map(fn, *iterables). An item that fails is told on standard error at its place; the
      others go on, and at the end the map fails. What an item prints is shown just before its value.
      Placeholders are those of GNU parallel: help items. Without one the item is appended. A block reads $item.
      :::: FILE takes the lines of a file, - those of standard input, as they come. With --buffersize the
      input may be endless: the newest 1000 items shown are kept whole, of older ones only how they ended.
      """,
    example: .init(script: "map fibonacci ::: 5 10 20", output: "5\n55\n6765\n"))

  private let plan: MapPlan
  private let isWaiting: Bool
  private let isDryRun: Bool

  init(_ arguments: inout Arguments) throws {
    let context = arguments.context
    let pool = try context.pool(named: arguments.text(of: "--pool"))
    let label = try arguments.label()
    let timeout = try arguments.duration(of: "--timeout")
    let jobTimeout = try arguments.duration(of: "--job-timeout")
    let bufferSize = try arguments.count(of: "--buffersize")
    isWaiting = !arguments.has("--no-wait")
    isDryRun = arguments.has("--dry-run")
    let options = try JobOptions.take(arguments)
    for option in [
      "--timeout", "--buffersize", "--as-completed", "--tag", "--halt", "--delay", "--max-load",
    ] where !isWaiting && arguments.has(option) {
      throw arguments.error("\(option) needs a map that waits: without --no-wait")
    }
    let (command, items) = try ItemLists.separate(&arguments)
    guard let items else { throw arguments.error("::: ITEM… is missing") }
    plan = MapPlan(
      template: TaskTemplate(command, unit: context.unit, naming: items.naming),
      items: items.source,
      submission: Submission(pool: pool, label: label, limit: jobTimeout, options: options),
      timeout: timeout, bufferSize: bufferSize, showsAsCompleted: arguments.has("--as-completed"),
      isTagged: arguments.has("--tag"), control: try MapControl.take(arguments))
  }

  func run(in context: Context) throws -> Outcome {
    defer { plan.control?.tellSkipped() }
    if isDryRun {
      return try DryRun(context: context, command: "map")
        .showAll(plan.items, plan.template, except: plan.control?.record)
    }
    guard isWaiting else { return try submitOnly(in: context) }
    return Outcome(answer: nil, value: try MapRun(plan, in: context).run())
  }

  private func submitOnly(in context: Context) throws -> Outcome {
    var ids = IDSet()
    var number = 0
    var unannounced: [FutureRecord] = []
    let announce = {
      for record in unannounced { context.session.announce(record) }
      unannounced = []
    }
    defer { announce() }
    while let item = try context.nextItem(of: plan.items, beforeWaiting: announce) {
      number += 1
      let command = try plan.template.command(for: item, number: number)
      if plan.control?.skips(command) == true { continue }
      var submission = plan.submission
      submission.watch = plan.control?.watch(command)
      let record = try context.submit(command, submission)
      unannounced.append(record)
      // The next one may have to wait for room until this one has begun.
      if submission.pool.room != nil { announce() }
      ids.insert(record.id)
    }
    if context.isAnswering { context.session.show(.mapped(ids: Array(ids))) }
    return Outcome(answer: nil, value: .ids(ids))
  }
}
