/// The lines that were typed, the oldest first, each once.
///
/// A line that is typed again moves to the end.
package struct HistoryList: Sendable {
  package private(set) var entries: [String] = []
  private let limit: Int

  /// - Parameters:
  ///   - entries: The oldest first; of equal ones the last stays.
  ///   - limit: How many are kept.
  package init(_ entries: [String] = [], limit: Int = 10_000) {
    self.limit = limit
    var seen = Set<String>()
    self.entries = entries.reversed().filter { seen.insert($0).inserted }.prefix(limit).reversed()
  }

  package mutating func add(_ entry: String) {
    if let index = entries.lastIndex(of: entry) { entries.remove(at: index) }
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
  }

  /// The next older one that begins with a text.
  func index(before index: Int, beginningWith prefix: String) -> Int? {
    entries[..<index].lastIndex { $0.utf8.starts(with: prefix.utf8) }
  }

  /// The next newer one that begins with a text.
  func index(after index: Int, beginningWith prefix: String) -> Int? {
    guard index + 1 < entries.count else { return nil }
    return entries[(index + 1)...].firstIndex { $0.utf8.starts(with: prefix.utf8) }
  }

  /// The next older one that contains a text, or the one at the index itself.
  func index(from index: Int, containing text: String) -> Int? {
    guard !entries.isEmpty else { return nil }
    return entries[...min(index, entries.count - 1)].lastIndex { $0.contains(text) }
  }

  /// The next newer one that contains a text.
  func index(after index: Int, containing text: String) -> Int? {
    guard index + 1 < entries.count else { return nil }
    return entries[(index + 1)...].firstIndex { $0.contains(text) }
  }
}

/// A walk through the history with Up and Down: through the lines that begin like what was typed.
struct HistoryWalk {
  /// What was typed before the first Up.
  let typed: String
  /// What stands before the cursor there.
  let prefix: String
  /// Where the walk is; the number of entries at the line that was typed.
  private(set) var index: Int
  /// What the walk has put into the line: if the line is another one by now, the walk is over.
  private(set) var shown: String

  init(typed: String, prefix: String, in history: HistoryList) {
    (self.typed, self.prefix, shown) = (typed, prefix, typed)
    index = history.entries.count
  }

  /// Goes to the next older line.
  ///
  /// - Returns: The line; `nil` if there is none.
  mutating func older(in history: HistoryList) -> String? {
    var index = index
    repeat {
      guard let next = history.index(before: index, beginningWith: prefix) else { return nil }
      index = next
    } while history.entries[index] == shown
    self.index = index
    shown = history.entries[index]
    return shown
  }

  /// Goes to the next newer line, at last to the one that was typed.
  mutating func newer(in history: HistoryList) -> String? {
    guard index < history.entries.count else { return nil }
    index = history.index(after: index, beginningWith: prefix) ?? history.entries.count
    shown = index < history.entries.count ? history.entries[index] : typed
    return shown
  }
}
