/// Finds what could replace the word at the cursor.
struct Completer {
  let session: Session
  let scope: Scope
  let site: CursorSite
  /// What the word stands in; behind the cursor, only a quote is looked at.
  let text: [UInt8]
  let cursor: Int

  /// What could be there, and where it would begin.
  struct Offer {
    var start: Int
    var candidates: [Shell.Completion.Candidate] = []
  }

  func completion() -> Shell.Completion {
    var offer = Offer(start: cursor)
    switch site.kind {
    case .nowhere: break
    case .reference(let reference): offer = self.offer(for: reference)
    case .shellLine(let start): offer = self.offer(forShellLineFrom: start)
    case .word(let word):
      if !word.isOpaque { offer = self.offer(for: word) }
    }
    var seen: Set<[UInt8]> = []
    let candidates = offer.candidates.filter { seen.insert(Array($0.replacement.utf8)).inserted }
    return Shell.Completion(
      start: candidates.isEmpty ? cursor : offer.start, candidates: candidates)
  }

  private var expectation: Expectation {
    Expectation(after: site.arguments, isDefined: isDefined)
  }

  func isDefined(_ name: String) -> Bool {
    scope.definitions[name] != nil || site.definitions.contains(name)
  }

  // MARK: Words

  private func offer(for word: CursorWord) -> Offer {
    let expectation = expectation
    if let offer = offer(forValueIn: word, expectation) { return offer }
    var operands = expectation.operands
    if expectation.mayBeginItems, operands.isEmpty || word.bytes.first == UInt8(ascii: ":") {
      operands += Operand.itemMarks
    }
    var offer = offer(operands, for: word, after: 0, expectation)
    if word.isWrittenAsOption || word.known == "-" || offer.candidates.isEmpty {
      offer.candidates = options(expectation.options, for: word) + offer.candidates
    }
    return offer
  }

  /// What follows the `=` of `--name=value`.
  private func offer(forValueIn word: CursorWord, _ expectation: Expectation) -> Offer? {
    guard word.isWrittenAsOption, let equals = word.bytes.firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    let name = String(decoding: word.bytes[..<equals], as: UTF8.self).replacing("_", with: "-")
    guard let option = expectation.options.first(where: { $0.name == name }),
      let operand = option.takes
    else { return Offer(start: cursor) }
    return offer([operand], for: word, after: equals + 1, expectation)
  }

  private func offer(
    _ operands: [Operand], for word: CursorWord, after count: Int, _ expectation: Expectation
  ) -> Offer {
    if case .shellLine? = operands.first { return offer(forShellLineIn: word) }
    if let path = path(in: word, after: count), operands.contains(where: \.isPath) {
      let isProgram = operands.contains { if case .program = $0 { true } else { false } }
      return files(path, in: word, onlyPrograms: isProgram)
    }
    guard word.known != nil else { return Offer(start: cursor) }
    let fragment = WordFragment(of: word, after: count, in: text, cursor: cursor)
    var offer = Offer(start: fragment.start)
    for operand in operands {
      offer.candidates += candidates(operand, for: fragment, of: word, expectation)
    }
    return offer
  }

  private func options(
    _ options: [Declaration.Option], for word: CursorWord
  ) -> [Shell.Completion.Candidate] {
    guard let written = word.plain?.replacing("_", with: "-") else { return [] }
    return options.compactMap { option in
      let replacement = written == option.short ? written : option.name
      guard replacement.hasPrefix(written) else { return nil }
      return Shell.Completion.Candidate(
        replacement: replacement, display: option.written, note: option.summary, endsWord: true)
    }.sorted { $0.replacement < $1.replacement }
  }
}

extension Operand {
  static let itemMarks = [
    keyword(":::", "items follow"), keyword("::::", "files of items follow, a line each"),
  ]

  fileprivate var isPath: Bool {
    switch self {
    case .file, .program: true
    default: false
    }
  }
}

extension Declaration.Option {
  /// As help shows it: `-t, --timeout D`.
  var written: String {
    [short, name].compactMap { $0 }.joined(separator: ", ") + (value.map { " \($0)" } ?? "")
  }
}
