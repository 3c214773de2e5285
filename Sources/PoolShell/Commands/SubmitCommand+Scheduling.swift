/// The options of `submit` that say when a job may begin.
extension Declaration.Option {
  static let scheduling = [
    Declaration.Option(
      "--after", value: "SEL", takes: .selector(.any), isRepeatable: true,
      "begin when these have finished; if one does not, this is skipped"),
    Declaration.Option(
      "--after-any", value: "SEL", takes: .selector(.any), isRepeatable: true,
      "begin when these are done, however they ended"),
    Declaration.Option(
      "--priority", value: "N", "of the jobs that are queued the highest begins first; 0 without"),
  ]
}

extension Arguments {
  /// What `--after`, `--after-any` and `--priority` say; `nil` if none of them is there.
  func schedule() throws -> Schedule? {
    guard has("--after") || has("--after-any") || has("--priority") else { return nil }
    var causes: [Int: Bool] = [:]
    for record in try futures(of: "--after-any") { causes[record.id] = false }
    for record in try futures(of: "--after") { causes[record.id] = true }
    let priority = try count(of: "--priority", atLeast: .min) ?? 0
    return Schedule(
      causes: causes.sorted { $0.key < $1.key }
        .map { Schedule.Cause(id: $0.key, mustFinish: $0.value) },
      priority: priority)
  }

  /// The futures that an option selects, each time that it is given; several selectors have commas between them.
  private func futures(of option: String) throws -> [FutureRecord] {
    var words: [Expander.ExpandedWord] = []
    for node in nodes(of: option) {
      guard case .word(let word) = node else {
        throw error("\(option) needs futures, not a block", at: node.range)
      }
      words += try context.expander.items(word).flatMap(Self.separated)
    }
    return try Selector(context).select(words)
  }

  private static func separated(_ word: Expander.ExpandedWord) -> [Expander.ExpandedWord] {
    word.text.split(separator: ",", omittingEmptySubsequences: false).flatMap {
      part -> [Expander.ExpandedWord] in
      let text = String(part)
      guard let (first, last) = Selector.bounds(text), word.text != text else {
        return [Expander.ExpandedWord(text: text, range: word.range)]
      }
      let ids = stride(from: first, through: last, by: first <= last ? 1 : -1)
      return ids.map { Expander.ExpandedWord(text: "\($0)", range: word.range) }
    }
  }
}
