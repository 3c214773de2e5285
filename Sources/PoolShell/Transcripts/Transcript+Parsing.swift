extension Transcript {
  /// Finds the sessions in a document.
  ///
  /// - Parameter bytes: The whole document.
  /// - Throws: `Malformed`.
  package init(_ bytes: some Collection<UInt8>) throws {
    var parsing = Parsing()
    for block in FencedBlock.all(in: DocumentLines.of(bytes)) { parsing.take(block) }
    guard parsing.problems.isEmpty else {
      throw Malformed(problems: parsing.problems.sorted { $0.line < $1.line })
    }
    blocks = parsing.blocks
  }

  /// The same with a text.
  package init(_ text: String) throws { try self.init(Array(text.utf8)) }
}

/// What has been read of a document.
private struct Parsing {
  var blocks: [Transcript.Block] = []
  var problems: [Transcript.Problem] = []
  /// Whether the session of the block before has virtual time; `nil` before the first.
  private var isVirtual: Bool?

  private mutating func complain(_ line: Int, _ message: String) {
    problems.append(Transcript.Problem(line: line, message: message))
  }

  mutating func take(_ fenced: FencedBlock) {
    guard let tag = fenced.words.first, isTag(tag, fenced.line) else { return }
    var block = Transcript.Block(words: [], line: fenced.line, indent: fenced.indent)
    for word in fenced.words.dropFirst() { takeWord(word, into: &block) }
    guard fenced.isClosed else {
      return complain(fenced.line, "this block is not closed")
    }
    if !block.has(.skip) {
      checkSession(of: block)
      readExchanges(of: fenced, into: &block)
    }
    blocks.append(block)
  }

  /// A tag like `poolsh,virtual` would be a block that nobody runs, and nobody knows it.
  private mutating func isTag(_ word: String, _ line: Int) -> Bool {
    guard word.hasPrefix(Transcript.tag) else { return false }
    let rest = word.dropFirst(Transcript.tag.count)
    guard let first = rest.first else { return true }
    guard !first.isLetter, !first.isNumber, !"-_.+".contains(first) else { return false }
    complain(
      line, "words stand behind the tag with a blank between, such as: \(Transcript.tag) virtual")
    return false
  }

  private mutating func takeWord(_ text: String, into block: inout Transcript.Block) {
    if let word = Transcript.Word(rawValue: text) {
      block.words.insert(word)
      return
    }
    let words = Transcript.Word.allCases.map(\.rawValue)
    let near = Spelling.nearest(to: text, among: words).map { "did you mean \($0)?" }
    let hint = near ?? "there are: \(words.joined(separator: ", "))"
    complain(block.line, "unknown word \(text) behind the tag (\(hint))")
  }

  private mutating func checkSession(of block: Transcript.Block) {
    guard block.has(.continue) else {
      isVirtual = block.has(.virtual)
      return
    }
    guard let isVirtual else { return complain(block.line, "no block before it to continue") }
    if block.has(.virtual), !isVirtual {
      complain(block.line, "the session that it continues is not virtual")
    }
  }

  private mutating func readExchanges(of fenced: FencedBlock, into block: inout Transcript.Block) {
    for (index, line) in fenced.content.enumerated() {
      let last = block.exchanges.count - 1
      if let typed = Prompt.first.typed(line) {
        block.exchanges.append(.init(line: fenced.line(of: index), typed: [typed]))
      } else if last < 0 {
        if line.isEmpty { continue }
        return complain(
          fenced.line(of: index), "the first line must be typed: it begins with the prompt '> '")
      } else if block.exchanges[last].expected.isEmpty, let typed = Prompt.further.typed(line) {
        block.exchanges[last].typed.append(typed)
      } else {
        block.exchanges[last].expected.append(line)
      }
    }
    if block.exchanges.isEmpty {
      complain(fenced.line, "nothing is typed in this block: no line begins with the prompt '> '")
    }
  }
}

/// What stands before a line that is typed.
enum Prompt: String {
  case first = "> "
  /// Before the lines of a command but its first.
  case further = ". "

  /// What is typed on a line; `nil` if it does not begin with this prompt.
  ///
  /// The blank of a prompt with nothing behind it may be missing: editors take it away.
  func typed(_ line: String) -> String? {
    if line.hasPrefix(rawValue) { return String(line.dropFirst(2)) }
    return line == rawValue.prefix(1) ? "" : nil
  }
}
