import ConcurrentFutures

/// Finds the futures that selectors name: `3`, `3..7`, `last`, `all`, a state, `unseen`, `@label`.
struct Selector {
  let context: Context

  init(_ context: Context) { self.context = context }

  /// The futures of all selectors together, each once, in order of id.
  ///
  /// - Throws: `ShellError` for an id or label that nothing has. A state that matches nothing is a line on
  ///   standard error.
  func select(_ words: [Expander.ExpandedWord]) throws -> [FutureRecord] {
    var chosen: [Int: FutureRecord] = [:]
    for word in words {
      for record in try select(word) { chosen[record.id] = record }
    }
    return chosen.values.sorted { $0.id < $1.id }
  }

  private func select(_ word: Expander.ExpandedWord) throws -> [FutureRecord] {
    if let id = Int(word.text) { return [try record(id, word)] }
    if word.text.hasPrefix("@") { return try labelled(String(word.text.drop { $0 == "@" }), word) }
    guard let matches = try keyword(word) else {
      throw error(
        "\(word.text) is no selector", word, hint: "such as 3, 3..7, last, all, failed, @label")
    }
    if matches.isEmpty {
      context.session.complain(
        .notice(word.text == "all" ? "no futures" : "no \(word.text) futures"))
    }
    return matches
  }

  private func keyword(_ word: Expander.ExpandedWord) throws -> [FutureRecord]? {
    let futures = context.session.futures
    guard let selector = SelectorWord(rawValue: word.text) else { return nil }
    switch selector {
    case .all: return futures.everyOne
    case .last:
      guard let last = futures.last else { throw error("there is no future yet", word) }
      return [last]
    case .done: return futures.all.filter { $0.isDone } + futures.forgotten()
    case .unseen: return futures.all.filter { !$0.isSeen }
    case .pending, .running, .finished, .failed, .cancelled, .skipped:
      return futures.all.filter { $0.state.rawValue == word.text }
        + futures.forgotten(FutureRecord.State(rawValue: word.text))
    }
  }

  private func record(_ id: Int, _ word: Expander.ExpandedWord) throws -> FutureRecord {
    guard let record = context.session.futures.find(id) else {
      throw error("no future \(id)", word)
    }
    return record
  }

  private func labelled(_ label: String, _ word: Expander.ExpandedWord) throws -> [FutureRecord] {
    guard let ids = context.session.futures.ids(labelled: label) else {
      let labels = context.session.futures.labels
      let near = Spelling.nearest(to: label, among: labels)
      throw error("no future is labelled \(label)", word, hint: near.map { "did you mean @\($0)?" })
    }
    return ids.compactMap { context.session.futures.find($0) }
  }

  private func error(
    _ message: String, _ word: Expander.ExpandedWord, hint: String? = nil
  ) -> ShellError {
    ShellError(message, hint: hint, place: context.place(of: word.range))
  }

  /// The two ends of `a..b`; `nil` if it is not that.
  static func bounds(_ text: String) -> (Int, Int)? {
    guard let dots = text.firstRange(of: "..") else { return nil }
    guard let first = Int(text[..<dots.lowerBound]), let last = Int(text[dots.upperBound...]) else {
      return nil
    }
    return (first, last)
  }
}
