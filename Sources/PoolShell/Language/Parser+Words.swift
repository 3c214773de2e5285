// Words: plain text, quotes, backslashes.

extension Parser {
  /// Reads the word that starts at the position.
  mutating func parseWord() throws -> Word {
    let start = buffer.position
    buffer.skip { $0.isPlain }
    guard buffer.symbol.endsWord else { return try parsePieces(from: start) }
    let text = buffer.text(from: start)
    return Word(
      plain: text, firstByte: buffer.bytes[start], range: SourceRange(start, buffer.position))
  }

  /// Reads a word of more than plain text, whose plain beginning has been passed.
  private mutating func parsePieces(from start: Int) throws -> Word {
    var word = WordBuilder()
    if buffer.position > start { word.append(buffer.bytes[start..<buffer.position], quoted: false) }
    while !buffer.symbol.endsWord { try parsePiece(into: &word) }
    return word.finish(SourceRange(start, buffer.position))
  }

  private mutating func parsePiece(into word: inout WordBuilder) throws {
    switch buffer.symbol {
    case "'": try parseSingleQuotes(into: &word)
    case "\"": try parseDoubleQuotes(into: &word)
    case "\\": try parseBackslash(into: &word)
    case "$": try parseDollar(into: &word, quoted: false)
    default: word.append(buffer.take { $0.isPlain }, quoted: false)
    }
  }

  /// A backslash makes the next character text; with a newline it vanishes.
  mutating func parseBackslash(into word: inout WordBuilder) throws {
    if buffer.following == "\n" { return try buffer.joinLines() }
    buffer.position += 1
    word.append(buffer.takeScalar(), quoted: true)
  }

  /// In double quotes a backslash is text but before a few characters.
  mutating func parseQuotedBackslash(into word: inout WordBuilder, escapesBraces: Bool) throws {
    switch buffer.following {
    case "\n": return try buffer.joinLines()
    case "$", "\"", "\\", "`": buffer.position += 1
    case "{" where escapesBraces, "}" where escapesBraces: buffer.position += 1
    default: break
    }
    word.append(buffer.takeScalar(), quoted: true)
  }
}

// MARK: - Quotes

extension Parser {
  mutating func parseSingleQuotes(into word: inout WordBuilder) throws {
    let opening = buffer.position
    buffer.position += 1
    while true {
      buffer.skip { $0 != "'" }
      if buffer.symbol == "'" { break }
      try readLine(ofQuoteOpenedAt: opening)
    }
    word.append(buffer.bytes[(opening + 1)..<buffer.position], quoted: true)
    buffer.position += 1
  }

  mutating func parseDoubleQuotes(into word: inout WordBuilder) throws {
    let opening = buffer.position
    let additions = word.additions
    buffer.position += 1
    while buffer.symbol != "\"" { try parseQuotedPiece(into: &word, openedAt: opening) }
    buffer.position += 1
    if word.additions == additions { word.append([], quoted: true) }
  }

  private mutating func parseQuotedPiece(
    into word: inout WordBuilder, openedAt opening: Int
  ) throws {
    switch buffer.symbol {
    case "\\": try parseQuotedBackslash(into: &word, escapesBraces: false)
    case "$": try parseDollar(into: &word, quoted: true)
    case "\0": try readLine(ofQuoteOpenedAt: opening)
    default: word.append(buffer.take { $0.isPlainInQuotes }, quoted: true)
    }
  }

  private mutating func readLine(ofQuoteOpenedAt opening: Int) throws {
    guard try buffer.readLine(continuing: true) else {
      throw buffer.error("this quote is never closed", at: opening, isIncomplete: true)
    }
  }
}
