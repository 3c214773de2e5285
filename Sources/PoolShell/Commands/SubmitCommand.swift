/// `submit`: queues a command and gives a handle on it.
struct SubmitCommand: Command {
  static let declaration = Declaration(
    name: "submit", group: .submitting,
    summary: "run a command on a worker; answers its id at once",
    usage: "submit [OPTION…] CMD… [::: ITEM…]",
    operands: [.one(.task)],
    options: [
      .init(
        "--as", value: "LABEL", takes: .label,
        "a name for these futures; they are selected with @LABEL"),
      .init("--pool", value: "POOL", takes: .pool, "submit to this pool, not to the current one"),
      .init(
        "--timeout", short: "-t", value: "D", "the longest that the job may run; then it fails"),
    ] + Declaration.Option.scheduling + Declaration.Option.combining + Declaration.Option.job
      + Declaration.Option.record,
    optionPlaces: .first,
    details: """
      Python: executor.submit(fn, …). CMD is any command, a { block }, or a def. With ::: there is one
      future for each item, which replaces {} in the command or is appended to it; :::: FILE takes the
      lines of a file, as they come. A block reads $item instead. What stands for an item: help items.
      --after 3..5,@get waits for several; meanwhile the job holds no worker, and it is skipped as soon as one of
      them has failed or was cancelled or skipped.
      """,
    example: .init(
      script: "submit print hello\nwait",
      output: "[1] print hello\nhello\ndone: 1\nnot done: none\n"))

  private let template: TaskTemplate
  private let items: (any ItemSource)?
  private let submission: Submission
  private let isDryRun: Bool
  private let record: JobRecord?

  init(_ arguments: inout Arguments) throws {
    let context = arguments.context
    let pool = try context.pool(named: arguments.text(of: "--pool"))
    let label = try arguments.label()
    let limit = try arguments.duration(of: "--timeout")
    let options = try JobOptions.take(arguments)
    let (command, items) = try ItemLists.separate(&arguments)
    submission = Submission(
      pool: pool, label: label, limit: limit, options: options,
      schedule: arguments.hasOptions ? try arguments.schedule() : nil)
    isDryRun = arguments.hasOptions && arguments.has("--dry-run")
    self.items = items?.source
    template = TaskTemplate(command, unit: context.unit, naming: items?.naming)
    record = arguments.hasOptions ? try Self.record(arguments, hasItems: items != nil) : nil
  }

  private static func record(_ arguments: Arguments, hasItems: Bool) throws -> JobRecord? {
    for option in ["--null", "--colsep", "--max-args"] where !hasItems && arguments.has(option) {
      throw arguments.error("\(option) needs items: ::: ITEM…")
    }
    return try JobRecord.take(arguments)
  }

  func run(in context: Context) throws -> Outcome {
    defer { record?.tellSkipped(by: "submit", in: context.session) }
    if isDryRun { return try showOnly(in: context) }
    guard let items else { return try submitOne(in: context) }
    var ids = IDSet()
    var untold: [FutureRecord] = []
    let tell = {
      self.tell(untold, in: context)
      untold = []
    }
    // What was accepted is told, and goes on, also if the next one is refused.
    defer { tell() }
    var number = 0
    while let item = try context.nextItem(of: items, beforeWaiting: tell) {
      number += 1
      let command = try template.command(for: item, number: number)
      guard let record = try submit(command, in: context) else { continue }
      untold.append(record)
      if isBounded { tell() }
      ids.insert(record.id)
    }
    return Outcome(answer: nil, value: .ids(ids))
  }

  private func showOnly(in context: Context) throws -> Outcome {
    let dryRun = DryRun(context: context, command: "submit")
    if let items { return try dryRun.showAll(items, template, except: record) }
    let command = template.command()
    if record?.skips(command) == true { return .nothing }
    return Outcome(answer: nil, value: .text(try dryRun.show(command)))
  }

  private func submitOne(in context: Context) throws -> Outcome {
    guard let record = try submit(template.command(), in: context) else {
      return Outcome(answer: nil, value: .ids(IDSet()))
    }
    if context.isAnswering {
      context.session.show(.submitted(SubmittedFuture(id: record.id, task: record.task)))
    }
    context.session.announce(record)
    return Outcome(answer: nil, value: .ids(IDSet(only: record.id)))
  }

  /// Submits a job; `nil` if the joblog says that it is done.
  private func submit(_ task: TaskCommand, in context: Context) throws -> FutureRecord? {
    guard let record else { return try context.submit(task, submission) }
    if record.skips(task) { return nil }
    var submission = submission
    submission.watch = JobWatch(task, log: record.log, halt: nil, in: context.session)
    return try context.submit(task, submission)
  }

  /// Whether a job may have to wait for room until those before it have begun: then each is told at once.
  private var isBounded: Bool { submission.pool.room != nil }

  /// The lines come before anything that the tasks write.
  private func tell(_ records: [FutureRecord], in context: Context) {
    if context.isAnswering, !records.isEmpty {
      context.session.show(.submittedAll(records.map { SubmittedFuture(id: $0.id, task: $0.task) }))
    }
    for record in records { context.session.announce(record) }
  }
}

extension Context {
  /// The pool of that name, or the current one.
  func pool(named name: String?) throws -> PoolRecord {
    guard let name else { return try currentPool() }
    return try session.pools.named(name, defaultWorkers: session.settings.current.workers)
  }
}

extension Arguments {
  /// The label that `--as` gives, without its `@`.
  func label() throws -> String? {
    guard let label = try text(of: "--as") else { return nil }
    let name = label.hasPrefix("@") ? String(label.dropFirst()) : label
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else {
      throw error("a label is a word")
    }
    return name
  }
}

extension Chain {
  /// Whether it is a `submit` that takes no time: it reads no file and runs no command to find its words.
  var isPlainSubmit: Bool {
    guard links.isEmpty, case .word(let name) = first.arguments[0], name.plain == "submit" else {
      return false
    }
    return first.arguments.allSatisfy { argument in
      guard case .word(let word) = argument else { return true }
      return word.firstByte != UInt8(ascii: ":") && word.plain != nil
    }
  }
}
