import ConcurrentFutures

/// A map that is under way.
struct MapRun {
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
  /// How many items were taken; more than were submitted if some were skipped.
  private(set) var taken = 0
  private(set) var isAtEnd = false
  private(set) var failed: [Int] = []
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
    if !isAtEnd { taken += 1 }
    progress.isGrowing = !isAtEnd
    return item
  }

  mutating func add(_ record: FutureRecord, _ collector: Collector) {
    window.append(Item(index: taken - 1, record: record, collector: collector))
    submitted += 1
    if context.session.output.streams.hasStatusLine { progress.add(record) }
  }

  /// How many were submitted and not taken yet.
  var waiting: Int { window.count - head }

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
    throw ShellError(failures)
  }

  /// Which items failed.
  var failures: String {
    "\(failed.count) of \(submitted) items failed: \(IdList.text(IDSet(failed)))"
  }

  var value: Value { values.isEmpty ? .nothing : .text(values.joined(separator: "\n")) }
}
