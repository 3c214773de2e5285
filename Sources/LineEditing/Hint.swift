/// The rest of the last line that begins like the one being typed, to be shown in grey.
struct Hint {
  private var typed = ""
  /// Where in the history the line is that the hint is of; `nil` if there is none.
  private var index: Int?
  private var isKnown = false

  /// The hint for a text; `nil` if there is none.
  ///
  /// While a text grows only lines older than the last one found are looked at.
  mutating func text(for typed: String, in history: HistoryList) -> Substring? {
    guard !typed.isEmpty else { return forget() }
    if !isKnown || typed != self.typed {
      let goesOn = isKnown && !self.typed.isEmpty && typed.utf8.starts(with: self.typed.utf8)
      let end = goesOn ? index.map { $0 + 1 } ?? 0 : history.entries.count
      index = history.index(before: min(end, history.entries.count), beginningWith: typed)
      (self.typed, isKnown) = (typed, true)
    }
    guard let index, index < history.entries.count else { return nil }
    let entry = history.entries[index]
    guard
      let start = entry.utf8.index(
        entry.startIndex, offsetBy: typed.utf8.count, limitedBy: entry.endIndex),
      start < entry.endIndex
    else { return nil }
    return entry[start...]
  }

  /// A new line begins, or the history has changed.
  @discardableResult
  mutating func forget() -> Substring? {
    isKnown = false
    return nil
  }
}
