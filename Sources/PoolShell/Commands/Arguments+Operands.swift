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
    guard let block = optionalBlock() else { throw error("\(name) is missing") }
    return block
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
