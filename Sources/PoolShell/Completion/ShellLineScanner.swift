/// Finds the word that ends a line for /bin/sh: after `!`, and in the line of `sh`.
struct ShellLineScanner {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var word: CursorWord?
  /// Whether the next word is a program's name.
  private var isAtCommand = true
  private var isInComment = false

  /// The last word of a line.
  struct Site {
    /// Its offsets are those of the line's slice.
    let word: CursorWord
    /// Whether it is the name of a program.
    let isProgram: Bool
  }

  /// - Parameter line: The line up to the cursor.
  /// - Returns: `nil` in a comment, and in what only the shell knows.
  static func site(atEndOf line: ArraySlice<UInt8>) -> Site? {
    var scanner = ShellLineScanner(bytes: line, index: line.startIndex)
    while scanner.index < line.endIndex, !scanner.isInComment { scanner.step() }
    let word = scanner.word ?? CursorWord(start: line.endIndex)
    return scanner.isInComment || word.isOpaque
      ? nil : Site(word: word, isProgram: scanner.isAtCommand)
  }

  private init(bytes: ArraySlice<UInt8>, index: Int) {
    self.bytes = bytes
    self.index = index
  }

  private var symbol: Unicode.Scalar { symbol(at: index) }

  private func symbol(at index: Int) -> Unicode.Scalar {
    index < bytes.endIndex ? Unicode.Scalar(bytes[index]) : "\0"
  }

  private mutating func step() {
    guard let quote = word?.quote else { return stepBetweenWords() }
    switch (quote, symbol) {
    case (.single, "'"), (.double, "\""): setQuote(.none)
    case (.single, _): take(isQuoted: true)
    case (.none, "'"): setQuote(.single)
    case (.none, "\""): setQuote(.double)
    case (_, "\\"): takeBackslash(isQuoted: quote == .double)
    case (_, "$"): takeDollar()
    case (_, "`"):
      word?.isOpaque = true
      index += 1
    case (.none, let symbol) where symbol.endsWord: endWord()
    case (let quote, _): take(isQuoted: quote != .none)
    }
  }

  private mutating func stepBetweenWords() {
    switch symbol {
    case " ", "\t", "\0": index += 1
    case ";", "&", "|", "(", ")", "\n":
      isAtCommand = true
      index += 1
    case "<", ">":
      isAtCommand = false
      index += 1
    case "#": isInComment = true
    default: word = CursorWord(start: index)
    }
  }

  private mutating func endWord() {
    word = nil
    isAtCommand = false
  }

  private mutating func setQuote(_ quote: CursorWord.Quote) {
    index += 1
    word?.setQuote(quote)
  }

  private mutating func take(isQuoted: Bool) {
    index += 1
    word?.append(bytes[index - 1], end: index, isQuoted: isQuoted)
  }

  private mutating func takeBackslash(isQuoted: Bool) {
    word?.markAsQuoted()
    let isText = isQuoted && !"$`\"\\".unicodeScalars.contains(symbol(at: index + 1))
    if isText { return take(isQuoted: true) }
    index += 1
    if index < bytes.endIndex { take(isQuoted: true) }
  }

  /// A variable's name is kept; anything else after a `$` only the shell knows.
  private mutating func takeDollar() {
    let isBraced = symbol(at: index + 1) == "{"
    let start = index + (isBraced ? 2 : 1)
    var end = start
    while symbol(at: end).continuesName { end += 1 }
    if end > start, end < bytes.endIndex, !isBraced || symbol(at: end) == "}" {
      word?.append(String(decoding: bytes[start..<end], as: UTF8.self))
      index = end + (isBraced ? 1 : 0)
    } else {
      word?.isOpaque = true
      index = end
    }
  }
}
