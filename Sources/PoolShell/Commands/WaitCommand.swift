import ConcurrentFutures

/// `wait`: waits for futures, and says which are done.
struct WaitCommand: Command {
  static let declaration = Declaration(
    name: "wait", group: .waiting,
    summary: "wait for all futures, the first one done, or the first that fails",
    usage: "wait [all|first|exception] [SEL…] [--timeout D]",
    operands: [
      .one(
        .keyword("all", "until every one is done"), .keyword("first", "until one is done"),
        .keyword("exception", "until one fails"), .selector(.notDone)),
      .many(.selector(.notDone)),
    ],
    options: [.init("--timeout", short: "-t", value: "D", "wait no longer; that is no error")],
    details: """
      Python: concurrent.futures.wait(fs, timeout, return_when): FIRST_COMPLETED, FIRST_EXCEPTION and
      ALL_COMPLETED are understood, too. Sets $done and $not_done. Without SEL it is
      about the unseen futures that no earlier wait has listed as done. Ctrl-C ends the waiting; the work
      goes on.
      """,
    example: .init(
      script: "submit sleep 0.3\nsubmit print first\nwait first",
      output: "[1] sleep 0.3\n[2] print first\nfirst\ndone: 2\nnot done: 1\n"))

  private let condition: WaitCondition
  /// What it is about; `nil` is what bare `wait` means.
  private let selection: [FutureRecord]?
  private let timeout: Duration?

  init(_ arguments: inout Arguments) throws {
    timeout = try arguments.duration(of: "--timeout")
    condition = Self.condition(&arguments) ?? .allCompleted
    selection = try arguments.selection()
  }

  /// Also by the names that Python gives `return_when`, in either case.
  private static func condition(_ arguments: inout Arguments) -> WaitCondition? {
    guard case .word(let word)? = arguments.nextNode, let text = word.plain else { return nil }
    let condition: WaitCondition? =
      switch text.lowercased().replacing("-", with: "_") {
      case "first_completed": .firstCompleted
      case "first_exception": .firstException
      case "all_completed": .allCompleted
      default:
        ["first": .firstCompleted, "exception": .firstException, "all": .allCompleted][text]
      }
    if condition != nil { arguments.dropNode() }
    return condition
  }

  func run(in context: Context) throws -> Outcome {
    let (done, notDone) =
      if let selection { try wait(for: selection, in: context) } else { try wait(in: context) }
    context.session.futures.markListed(done)
    context.scope.set("done", .ids(done))
    context.scope.set("not_done", .ids(notDone))
    return Outcome(answer: .waited(done: done, notDone: notDone), value: .ids(done))
  }

  private func wait(for records: [FutureRecord], in context: Context) throws -> (IDSet, IDSet) {
    let isForAll = condition == .allCompleted
    try context.showingProgress({ .futures(ProgressCount(records, isForAll: isForAll)) }) {
      if isForAll {
        try context.waitForAll(records, timeout: timeout)
      } else {
        try context.waitFor(records, timeout: timeout) { goesOn(after: records[$0]) }
      }
    }
    // One look at each: what ends from here on is for the next wait.
    let done = records.filter { $0.future.isDone }.map(\.id)
    let doneIDs = IDSet(done)
    return (doneIDs, IDSet(records.map(\.id).filter { !doneIDs.contains($0) }))
  }

  private func wait(in context: Context) throws -> (IDSet, IDSet) {
    let isForAll = condition == .allCompleted
    let round = context.backlog.begin(includingListed: false, isWatching: !isForAll)
    defer { round.end() }
    let futures = context.session.futures
    try context.showingProgress({
      .futures(ProgressCount(round, in: futures, isForAll: isForAll))
    }) {
      if isForAll {
        try context.waitForAll(futures.records(round.notDone), timeout: timeout)
      } else {
        try context.waitFor(round, timeout: timeout) { goesOn(after: futures[$0]) }
      }
    }
    round.look()
    return (round.done, round.notDone)
  }

  private func goesOn(after record: FutureRecord?) -> Bool {
    switch condition {
    case .allCompleted: true
    case .firstCompleted: false
    case .firstException: record?.state != .failed
    }
  }
}
