/// `as_completed`: shows futures in the order in which they end, or runs a block for each.
struct AsCompletedCommand: Command {
  static let declaration = Declaration(
    name: "as_completed", group: .waiting,
    summary: "show each future's outcome as it ends, or run a block for each",
    usage: "as_completed [SEL…] [--timeout D] [do { … }]",
    operands: [
      .many(
        .selector(.any),
        .keyword("do", "run a block for each", next: [.one(.block(.outcome))]))
    ],
    options: [.init("--timeout", short: "-t", value: "D", "for all of it; then it fails")],
    details: """
      Python: concurrent.futures.as_completed(fs, timeout). Without SEL it takes the futures that nobody has
      looked at. The block has $id, $item, $state, $result and $error; reading $result of a future that failed
      raises its failure.
      """,
    example: .init(
      script: "submit { sleep 0.2; return slow }\nsubmit return quick\nas_completed",
      output: "[1] { sleep 0.2; return slow }\n[2] return quick\n[2] quick\n[1] slow\n"))

  /// What it is about; `nil` is what bare `as_completed` means.
  private let selection: [FutureRecord]?
  private let timeout: Duration?
  private let block: Block?

  init(_ arguments: inout Arguments) throws {
    timeout = try arguments.duration(of: "--timeout")
    let (selectors, body) = try Self.separateBody(arguments.takeNodes(), arguments)
    block = body
    arguments.replaceNodes(selectors)
    selection = try arguments.selection()
  }

  private static func separateBody(
    _ nodes: ArraySlice<ArgumentNode>, _ arguments: Arguments
  ) throws -> (ArraySlice<ArgumentNode>, Block?) {
    let isDo = { (node: ArgumentNode) -> Bool in
      if case .word(let word) = node { word.plain == "do" } else { false }
    }
    guard let position = nodes.firstIndex(where: isDo) else { return (nodes, nil) }
    guard position + 1 == nodes.endIndex - 1, case .block(let block) = nodes[position + 1] else {
      throw arguments.error("do needs a block, and nothing after it", at: nodes[position].range)
    }
    return (nodes[..<position], block)
  }

  func run(in context: Context) throws -> Outcome {
    var lines = ""
    if let selection {
      try context.showingProgress({ .futures(ProgressCount(selection)) }) {
        try takeAll(selection, &lines, in: context)
      }
    } else {
      try takeAll(&lines, in: context)
    }
    return Outcome(answer: nil, value: lines.isEmpty ? .nothing : .text(lines))
  }

  private func takeAll(
    _ records: [FutureRecord], _ lines: inout String, in context: Context
  ) throws {
    var pending = records.count
    let isComplete = try context.waitFor(records, timeout: timeout) { index in
      pending -= 1
      try take(records[index], &lines, in: context)
      return true
    }
    if !isComplete { throw timeoutError(pending, of: records.count) }
  }

  private func takeAll(_ lines: inout String, in context: Context) throws {
    let round = context.backlog.begin(includingListed: true)
    defer { round.end() }
    let futures = context.session.futures
    let isComplete = try context.showingProgress({
      .futures(ProgressCount(round, in: futures))
    }) {
      try context.waitFor(round, timeout: timeout) { id in
        if let record = futures[id] { try take(record, &lines, in: context) }
        return true
      }
    }
    if !isComplete { throw timeoutError(round.remaining, of: round.total) }
  }

  private func timeoutError(_ pending: Int, of total: Int) -> ShellError {
    ShellError("TimeoutError: \(pending) (of \(total)) futures unfinished")
  }

  private func take(_ record: FutureRecord, _ lines: inout String, in context: Context) throws {
    record.markSeen(by: .asCompleted)
    if let block {
      for (name, value) in record.variables { context.scope.set(name, value) }
      context.drop(try context.run(block))
      return
    }
    let report = Report.completed(id: record.id, FutureEnding(record.outcome))
    if context.isAnswering {
      context.session.show(report)
      try context.checkOutput()
    } else {
      lines += lines.isEmpty ? report.text : "\n" + report.text
    }
  }
}

extension FutureRecord {
  /// What a callback and the block of `as_completed` know of a future that is done.
  var variables: [String: Value] {
    var variables: [String: Value] = [
      "id": .text("\(id)"), "item": .text(item ?? ""), "state": .text(state.rawValue),
      "error": .text(""),
    ]
    switch outcome {
    case .finished(let value):
      variables["result"] = value
    case .failed(let error):
      variables["result"] = .failure(error)
      variables["error"] = .text(error.message)
    case .cancelled:
      variables["result"] = .failure(cancelledError)
      variables["error"] = .text(cancelledError.message)
    case .skipped(let reason):
      variables["result"] = .failure(skippedError(reason))
      variables["error"] = .text(reason)
    }
    return variables
  }

  var cancelledError: ShellError { ShellError("CancelledError: [\(id)] was cancelled") }

  func skippedError(_ reason: String) -> ShellError {
    ShellError("[\(id)] was skipped: \(reason)")
  }
}
