/// Ctrl-R: the search through the history while one types.
///
/// Not libedit's own, which takes a character such as 上 for the control character with the same last byte, and runs the
/// line.
extension LineEditor {
  /// Where a search stands.
  private struct Search {
    var wanted = ""
    /// The entry that is shown; the number of entries before the first is found.
    var index: Int
    var hasFailed = false

    var prompt: [Unicode.Scalar] {
      Array("(\(hasFailed ? "nothing older for" : "search back for") '\(wanted)') ".unicodeScalars)
    }
  }

  /// Searches until a key ends it, which then does what it does.
  func search() -> EditLine.After {
    let before = (text: text, cursor: line.line.cursor)
    var search = Search(index: history.entries.count)
    show(search)
    while let event = nextEvent() {
      switch event {
      case .character(let scalar) where scalar.value == Control.r: older(&search)
      case .character(let scalar) where scalar.value == Control.s: newer(&search)
      case .character(let scalar) where scalar.value == Control.g:
        endSearch(text: before.text, cursor: before.cursor)
        return .nothing
      case .character(let scalar) where scalar.value == Control.h || scalar.value == Control.delete:
        if !search.wanted.isEmpty { search.wanted.unicodeScalars.removeLast() }
        restart(&search)
      case .character(let scalar) where scalar.properties.generalCategory != .control:
        search.wanted.unicodeScalars.append(scalar)
        find(&search, from: search.index)
      case .paste(let text):
        search.wanted += text
        find(&search, from: search.index)
      case .character, .key:
        endSearch(text: text, cursor: line.line.cursor)
        if event != .character("\u{1B}") { pushedBack = event }
        return .nothing
      }
      show(search)
    }
    return .nothing
  }

  private func endSearch(text: String, cursor: Int) {
    erase()
    shownPrompt = linePrompt
    replaceLine(with: text, cursor: cursor)
    line.redraw()
  }

  private func restart(_ search: inout Search) {
    search.index = history.entries.count
    search.hasFailed = false
    if !search.wanted.isEmpty { find(&search, from: search.index) }
  }

  private func find(_ search: inout Search, from index: Int) {
    let found = history.index(from: index, containing: search.wanted)
    search.hasFailed = found == nil
    if let found { search.index = found }
  }

  private func older(_ search: inout Search) {
    guard !search.wanted.isEmpty, search.index > 0 else { return search.hasFailed = true }
    // The same command typed again is no other match, but each is there only once.
    find(&search, from: search.index - 1)
  }

  private func newer(_ search: inout Search) {
    guard let index = history.index(after: search.index, containing: search.wanted) else { return }
    (search.index, search.hasFailed) = (index, false)
  }

  /// Shows the entry that was found, with the cursor where the wanted text begins.
  private func show(_ search: Search) {
    erase()
    shownPrompt = search.prompt
    if search.index < history.entries.count, !search.wanted.isEmpty {
      let entry = history.entries[search.index]
      let start = entry.firstRange(of: search.wanted)?.lowerBound ?? entry.endIndex
      replaceLine(
        with: entry, cursor: entry.unicodeScalars.distance(from: entry.startIndex, to: start))
    }
    line.redraw()
  }
}
