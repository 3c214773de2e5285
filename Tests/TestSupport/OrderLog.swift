/// What happened, in the order in which it happened, written from any thread.
package final class OrderLog<Entry: Sendable>: Sendable {
  private let state = Guarded<[Entry]>([])

  /// Creates an empty log.
  package init() {}

  /// Adds an entry.
  package func append(_ entry: Entry) { state.withLock { $0.append(entry) } }

  /// Everything so far.
  ///
  /// A copy element by element: Thread Sanitizer does not see how copies of an array share their storage.
  package var entries: [Entry] { state.withLock { $0.map { $0 } } }

  /// How many entries there are.
  package var count: Int { state.withLock { $0.count } }

  /// Blocks until there are so many entries, and returns all.
  @discardableResult
  package func wait(for count: Int, timeout: Duration = patience) throws -> [Entry] {
    guard state.wait(timeout, until: { $0.count >= count }) else {
      throw OutOfPatience("\(count) entries in the log, there are \(entries)")
    }
    return entries
  }
}
