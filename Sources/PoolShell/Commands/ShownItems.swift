import ChildProcess

/// What a map has shown: it shows each item, and remembers no more of it than it must.
struct ShownItems {
  private let plan: MapPlan
  private let context: Context
  private(set) var failed = IDSet()
  private var values: [String] = []
  /// The first failure, and whether it is still the last line on standard error.
  private var firstFailure: (id: Int, error: ShellError?)?
  private var isFirstFailureLast = false
  /// The records that are kept whole, as a ring; only used if the map forgets.
  private var kept: [FutureRecord] = []
  private var oldest = 0
  /// Under which name the session's table keeps what is forgotten.
  private var forgotten: Int?

  init(_ plan: MapPlan, in context: Context) {
    self.plan = plan
    self.context = context
  }

  /// Shows what an item has printed, and its outcome.
  mutating func show(_ item: MapItem) throws {
    let record = item.record
    for report in item.collector.take() { context.emit(tagged(report, record)) }
    var ending = FutureEnding(record.outcome)
    // Its lines were shown as they came.
    if context.isAnswering, plan.submission.options?.isLive == true { ending = ending.afterLive }
    record.markSeen(by: .map)
    note(ending, of: record)
    if context.isAnswering {
      context.session.show(tagged(.mapItem(id: record.id, index: item.index, ending), record))
    } else if case .finished(let value) = ending, !value.isNothing {
      let text = try value.substitutionText()
      values.append(plan.isTagged ? TaggedLines.text(text, tag: record.item ?? "") : text)
    }
    if plan.bufferSize != nil { forgetOldest(for: record) }
  }

  private func tagged(_ report: Report, _ record: FutureRecord) -> Report {
    plan.isTagged ? .tagged(record.item ?? "", report) : report
  }

  private mutating func note(_ ending: FutureEnding, of record: FutureRecord) {
    if case .finished(let value) = ending {
      if value.hasErrorOutput { isFirstFailureLast = false }
      return
    }
    isFirstFailureLast = false
    failed.insert(record.id)
    guard firstFailure == nil else { return }
    firstFailure = (record.id, nil)
    if case .failed(let error) = ending { firstFailure?.error = error }
    isFirstFailureLast = true
  }

  /// An input without an end must not fill the memory: of what was shown long ago only the end is kept.
  private mutating func forgetOldest(for record: FutureRecord) {
    guard kept.count == ForgottenItems.kept else { return kept.append(record) }
    let futures = context.session.futures
    let place =
      forgotten
      ?? futures.beginForgetting(
        ForgottenItems(
          task: plan.template.text, label: plan.submission.label, pool: plan.submission.pool))
    forgotten = place
    futures.forget(kept[oldest], asOneOf: place)
    kept[oldest] = record
    oldest = (oldest + 1) % kept.count
  }

  /// - Parameter count: How many items there were.
  /// - Throws: Which have failed, and the first error if it is not the line above.
  func finish(of count: Int) throws {
    guard !failed.isEmpty else { return }
    throw ShellError(failures(of: count), hint: firstError)
  }

  /// Which items have failed.
  func failures(of count: Int) -> String {
    "\(failed.count) of \(count) items failed: \(IdList.text(failed))"
  }

  /// The first error, if something else was shown after it.
  var firstError: String? {
    guard let firstFailure, !isFirstFailureLast else { return nil }
    return "first: [\(firstFailure.id)] \(firstFailure.error?.line ?? "cancelled")"
  }

  var value: Value { values.isEmpty ? .nothing : .text(values.joined(separator: "\n")) }
}

extension Value {
  /// Whether something of it goes to standard error.
  fileprivate var hasErrorOutput: Bool {
    if case .output(let output) = self { output.standardError?.isEmpty == false } else { false }
  }
}
