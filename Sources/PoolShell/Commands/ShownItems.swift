/// What a map has shown: it shows each item, and remembers no more of it than it must.
struct ShownItems {
  private let plan: MapPlan
  private let context: Context
  private var failed = IDSet()
  private var values: [String] = []
  /// The first failure, and whether anything was shown since then.
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
    showPrinted(by: item)
    var ending = FutureEnding(record.outcome)
    // Its lines were shown as they came.
    if context.isAnswering, plan.submission.options?.isLive == true { ending = ending.afterLive }
    record.markSeen()
    note(ending, of: record)
    if context.isAnswering {
      context.session.show(tagged(.mapItem(id: record.id, index: item.index, ending), record))
    } else if case .finished(let value) = ending, !value.isNothing {
      let text = try value.substitutionText()
      values.append(plan.isTagged ? TaggedLines.text(text, tag: record.item ?? "") : text)
    }
    if plan.bufferSize != nil { forgetOldest(for: record) }
  }

  /// Shows what an item has printed.
  func showPrinted(by item: MapItem) {
    for report in item.collector.take() { context.emit(tagged(report, item.record)) }
  }

  private func tagged(_ report: Report, _ record: FutureRecord) -> Report {
    plan.isTagged ? .tagged(record.item ?? "", report) : report
  }

  private mutating func note(_ ending: FutureEnding, of record: FutureRecord) {
    isFirstFailureLast = false
    if case .finished = ending { return }
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
  /// - Throws: Which have failed, and the first error if something else was shown after it.
  func finish(of count: Int) throws {
    if let failures = failures(of: count) { throw ShellError(failures, hint: firstError) }
  }

  /// Which items have failed; `nil` if none has.
  func failures(of count: Int) -> String? {
    failed.isEmpty ? nil : "\(failed.count) of \(count) items failed: \(IdList.text(failed))"
  }

  /// The first failure in full, if something else was shown after it.
  var firstError: String? {
    guard let firstFailure, !isFirstFailureLast else { return nil }
    return "first: [\(firstFailure.id)] \(firstFailure.error?.line ?? "cancelled")"
  }

  var value: Value { values.isEmpty ? .nothing : .text(values.joined(separator: "\n")) }
}
