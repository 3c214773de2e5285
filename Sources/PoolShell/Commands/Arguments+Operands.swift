/// What is neither option nor value of one, from left to right.
extension Arguments {
  /// Whether nothing is left.
  var isEmpty: Bool { pending.isEmpty && nodes.isEmpty }

  /// The next operand as it was written, without expanding it.
  var nextNode: ArgumentNode? { pending.isEmpty ? nodes.first : nil }

  mutating func dropNode() { nodes = nodes.dropFirst() }

  /// Takes everything that is left as it was written.
  mutating func takeNodes() -> ArraySlice<ArgumentNode> {
    defer { nodes = [] }
    return nodes
  }

  /// Puts operands in the place of those that are left.
  mutating func replaceNodes(_ nodes: ArraySlice<ArgumentNode>) { self.nodes = nodes }

  /// The next word, or `nil` if nothing is left or a block comes.
  mutating func optionalWord() throws -> Expander.ExpandedWord? {
    while pending.isEmpty {
      guard case .word(let word) = nodes.first else { return nil }
      nodes = nodes.dropFirst()
      if let plain = word.plain { return Expander.ExpandedWord(text: plain, range: word.range) }
      pending = try context.expander.words(word)[...]
    }
    return pending.popFirst()
  }

  /// The next word.
  mutating func word(_ name: String) throws -> String {
    guard let word = try optionalWord() else { throw error("\(name) is missing") }
    return word.text
  }

  /// All words that are left.
  mutating func words() throws -> [String] {
    var words: [String] = []
    while let word = try optionalWord() { words.append(word.text) }
    return words
  }

  /// All words that are left, where items or ids stand: with ranges, patterns and a line per item.
  mutating func items() throws -> [Expander.ExpandedWord] {
    var items = Array(pending)
    pending = []
    while case .word(let word) = nodes.first {
      nodes = nodes.dropFirst()
      items += try context.expander.items(word)
    }
    return items
  }

  /// The same, where a long range need not be there as a whole.
  mutating func itemSource() throws -> any ItemSource {
    var sources: [any ItemSource] = pending.isEmpty ? [] : [ListedItems(pending.map(\.text))]
    pending = []
    while case .word(let word) = nodes.first {
      nodes = nodes.dropFirst()
      sources.append(try context.expander.itemSource(word))
    }
    return ChainedItems(sources)
  }

  mutating func duration(_ name: String) throws -> Duration {
    guard let word = try optionalWord() else { throw error("\(name) is missing") }
    return try duration(word.text, at: word.range)
  }

  /// A whole number.
  mutating func count(_ name: String, in bounds: ClosedRange<Int>) throws -> Int {
    guard let word = try optionalWord() else { throw error("\(name) is missing") }
    guard let number = Int(word.text) else {
      throw error("\(name) must be a whole number, not \(word.text)", at: word.range)
    }
    guard bounds.contains(number) else {
      throw error(
        "\(name) must be from \(bounds.lowerBound) to \(bounds.upperBound)", at: word.range)
    }
    return number
  }

  mutating func optionalBlock() -> Block? {
    guard pending.isEmpty, case .block(let block) = nodes.first else { return nil }
    nodes = nodes.dropFirst()
    return block
  }

  mutating func block(_ name: String = "{ … }") throws -> Block {
    guard let block = optionalBlock() else {
      try checkBlockIsOne()
      throw error("\(name) is missing")
    }
    return block
  }

  /// Where a block belongs, `{print` is meant as one; nothing of it may be read as a word before that is said.
  func checkBlockIsOne() throws {
    let isThere = nodes.contains { if case .block = $0 { true } else { false } }
    guard !isThere, let brace = nodes.first(where: \.looksLikeBlock) else { return }
    throw error("{ … } is missing", hint: UnknownCommand.brace, at: brace.range)
  }

  /// The same, where words that stand before the block would be expanded before it is missed.
  func checkBlockIsThere() throws {
    try checkBlockIsOne()
    let isThere = nodes.contains { if case .block = $0 { true } else { false } }
    if !isThere { throw error("{ … } is missing") }
  }

  /// Takes a word that stands there exactly so.
  mutating func keyword(_ keyword: String) -> Bool {
    guard pending.isEmpty, case .word(let word) = nodes.first, word.plain == keyword else {
      return false
    }
    nodes = nodes.dropFirst()
    return true
  }

  /// Futures by selectors: everything that is left; `nil` if nothing is.
  mutating func selection() throws -> [FutureRecord]? {
    let words = try items()
    if words.isEmpty { return nil }
    return try Selector(context).select(words)
  }

  /// Exactly one future.
  mutating func oneFuture() throws -> FutureRecord {
    guard let records = try selection() else { throw error("ID is missing") }
    guard records.count == 1, let record = records.first else {
      throw error("needs exactly one future, not \(records.count)")
    }
    return record
  }

  /// Nothing may be left.
  mutating func finish() throws {
    if let word = pending.first { throw error("unexpected \(word.text)", at: word.range) }
    guard let node = nodes.first else { return }
    switch node {
    case .block: throw error("unexpected block", at: node.range)
    case .word(let word):
      let text = word.appendedItem ?? context.unit.text(node.range)
      throw error("unexpected \(text)", at: node.range)
    }
  }
}

extension ArgumentNode {
  /// Whether it is a word that begins with a brace which is no placeholder.
  fileprivate var looksLikeBlock: Bool {
    guard case .word(let word) = self, case .literal(let text, quoted: false)? = word.pieces.first
    else { return false }
    return text.hasPrefix("{") && Placeholder.segments(of: text).count == 1
  }
}
