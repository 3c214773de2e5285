/// Puts a word together, literals that touch and are quoted alike made one.
struct WordBuilder {
  private var pieces: [Word.Piece] = []
  private var text: [UInt8] = []
  /// Whether `text` is quoted; `nil` while no literal is begun, which an empty one can be.
  private var isTextQuoted: Bool?
  /// Grows with everything added, even an empty quoted literal.
  private(set) var additions = 0

  mutating func append(_ bytes: ArraySlice<UInt8>, quoted: Bool) {
    if isTextQuoted != quoted { endLiteral() }
    isTextQuoted = quoted
    text.append(contentsOf: bytes)
    additions += 1
  }

  mutating func append(_ piece: Word.Piece) {
    endLiteral()
    pieces.append(piece)
    additions += 1
  }

  /// The word, in the range it was written.
  mutating func finish(_ range: SourceRange) -> Word {
    endLiteral()
    return Word(pieces: pieces, range: range)
  }

  private mutating func endLiteral() {
    guard let isTextQuoted else { return }
    pieces.append(.literal(String(decoding: text, as: UTF8.self), quoted: isTextQuoted))
    text.removeAll(keepingCapacity: true)
    self.isTextQuoted = nil
  }
}
