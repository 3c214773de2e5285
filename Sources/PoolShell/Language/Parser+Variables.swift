// The forms that begin with `$`.

extension Parser {
  /// Reads a variable or a substitution; a `$` that begins neither is text.
  mutating func parseDollar(into word: inout WordBuilder, quoted: Bool) throws {
    switch buffer.following {
    case "(": word.append(.substitution(try parseSubstitution(), quoted: quoted))
    case "{": word.append(.variable(try parseBracedVariable(quoted: quoted)))
    case let next where next.startsName || next.isDigit || next == "@" || next == "#":
      word.append(.variable(parseVariable(quoted: quoted)))
    default: word.append(buffer.takeScalar(), quoted: quoted)
    }
  }

  /// Reads `$name`, `$1` (one digit only, as in sh), `$@` or `$#`.
  private mutating func parseVariable(quoted: Bool) -> Word.Variable {
    let start = buffer.position
    buffer.position += 2
    if buffer.symbol(at: start + 1).startsName { buffer.skip { $0.continuesName } }
    let name = buffer.text(from: start + 1)
    return Word.Variable(
      name: name, fallback: nil, quoted: quoted, range: SourceRange(start, buffer.position))
  }

  /// Reads `${name}` or `${name:-fallback}`.
  private mutating func parseBracedVariable(quoted: Bool) throws -> Word.Variable {
    let start = buffer.position
    let name = try parseBracedName()
    let fallback = try parseFallback(of: name, openedAt: start, quoted: quoted)
    buffer.position += 1
    return Word.Variable(
      name: name, fallback: fallback, quoted: quoted, range: SourceRange(start, buffer.position))
  }

  private mutating func parseBracedName() throws -> String {
    let start = buffer.position + 2
    buffer.position = start
    switch buffer.symbol {
    case "@", "#": buffer.position += 1
    case "0"..."9": buffer.skip { $0.isDigit }
    case let first where first.startsName: buffer.skip { $0.continuesName }
    default: throw buffer.error("'${' needs a name: ${name} or ${name:-fallback}", at: start - 2)
    }
    return buffer.text(from: start)
  }
}

// MARK: - Fallbacks

extension Parser {
  /// Reads `:-fallback`, if it is there, up to the `}` that closes the variable.
  private mutating func parseFallback(
    of name: String, openedAt opening: Int, quoted: Bool
  ) throws -> Word? {
    switch (buffer.symbol, buffer.following) {
    case ("}", _): return nil
    case (":", "-"):
      buffer.position += 2
      return try nest(openedAt: opening) {
        try $0.parseFallbackWord(openedAt: opening, quoted: quoted)
      }
    case ("\n", _): throw unclosedVariable(openedAt: opening)
    default: throw buffer.error("expected '}' or ':-' after '${\(name)'", at: buffer.position)
    }
  }

  /// Reads up to the matching `}`: braces in the text count, so that `${x:-{}}` falls back to `{}`.
  private mutating func parseFallbackWord(openedAt opening: Int, quoted: Bool) throws -> Word {
    let start = buffer.position
    var word = WordBuilder()
    var openBraces = 0
    while openBraces > 0 || buffer.symbol != "}" {
      if buffer.symbol == "{" { openBraces += 1 }
      if buffer.symbol == "}" { openBraces -= 1 }
      try parseFallbackPiece(into: &word, openedAt: opening, quoted: quoted)
    }
    return word.finish(SourceRange(start, buffer.position))
  }

  /// As in sh, an apostrophe quotes nothing where the variable itself stands in double quotes.
  private mutating func parseFallbackPiece(
    into word: inout WordBuilder, openedAt opening: Int, quoted: Bool
  ) throws {
    switch buffer.symbol {
    case "\n", "\0": throw unclosedVariable(openedAt: opening)
    case "'" where !quoted: try parseSingleQuotes(into: &word)
    case "\"": try parseDoubleQuotes(into: &word)
    case "\\" where quoted: try parseQuotedBackslash(into: &word, escapesBraces: true)
    case "\\": try parseBackslash(into: &word)
    case "$": try parseDollar(into: &word, quoted: quoted)
    case "{", "}", "'": word.append(buffer.takeScalar(), quoted: quoted)
    default: word.append(buffer.take { $0.isPlainInFallback }, quoted: quoted)
    }
  }
}
