// Words: quotes, backslashes, what begins with `$`.

extension CursorScanner {
  mutating func stepInWord() {
    // Only the quote: a copy of the word would have each letter copy all that is there.
    guard let quote = top.word?.quote else { return }
    switch quote {
    case .single: stepInSingleQuotes()
    case .double: stepInDoubleQuotes()
    case .none: stepInPlainText()
    }
  }

  private mutating func stepInSingleQuotes() {
    if symbol == "'" { return setQuote(.none) }
    take(isQuoted: true)
  }

  private mutating func stepInDoubleQuotes() {
    switch symbol {
    case "\"": setQuote(.none)
    case "\\": takeQuotedBackslash()
    case "$": takeDollar(isQuoted: true)
    default: take(isQuoted: true)
    }
  }

  private mutating func stepInPlainText() {
    if case .fallback(let isQuoted, let openBraces) = top.enclosure {
      return stepInFallback(isQuoted: isQuoted, openBraces: openBraces)
    }
    switch symbol {
    case let symbol where symbol.endsWord: endWord()
    case "'": setQuote(.single)
    case "\"": setQuote(.double)
    case "\\": takeBackslash()
    case "$": takeDollar(isQuoted: false)
    default: take(isQuoted: false)
    }
  }

  /// The end of the text of a fallback, in which blanks and separators are text.
  private mutating func stepInFallback(isQuoted: Bool, openBraces: Int) {
    switch symbol {
    case "}" where openBraces == 0:
      frames.removeLast()
      top.word?.isOpaque = true
      index += 1
    case "{", "}":
      let change = symbol == "{" ? 1 : -1
      top.enclosure = .fallback(isQuoted: isQuoted, openBraces: openBraces + change)
      take(isQuoted: isQuoted)
    case "'" where !isQuoted: setQuote(.single)
    case "\"": setQuote(.double)
    case "\\": takeBackslash()
    case "$": takeDollar(isQuoted: isQuoted)
    default: take(isQuoted: isQuoted)
    }
  }

  private mutating func endWord() {
    if let word = top.word { top.arguments.append(.word(word)) }
    top.word = nil
  }

  /// The character at the index is a quote.
  private mutating func setQuote(_ quote: CursorWord.Quote) {
    index += 1
    top.word?.setQuote(quote)
  }

  private mutating func take(isQuoted: Bool) {
    let byte = bytes[index]
    index += 1
    let end = index
    top.word?.append(byte, end: end, isQuoted: isQuoted)
  }

  /// A backslash right before the cursor is not a part of the word yet.
  private mutating func takeBackslash() {
    top.word?.markAsQuoted()
    index += 1
    if symbol == "\n" {
      index += 1
    } else if index < bytes.count {
      take(isQuoted: true)
    }
  }

  private mutating func takeQuotedBackslash() {
    switch following {
    case "\n": index += 2
    case "$", "\"", "\\", "`":
      index += 1
      take(isQuoted: true)
    default: take(isQuoted: true)
    }
  }
}

// MARK: - Variables and substitutions

extension CursorScanner {
  private mutating func takeDollar(isQuoted: Bool) {
    switch following {
    case "(": open(.substitution, passing: 2)
    case "{": takeBracedVariable(isQuoted: isQuoted)
    case let next where next.startsName: takeVariable(isQuoted: isQuoted)
    case let next where next.isDigit || next == "@" || next == "#":
      index += 2
      top.word?.isOpaque = true
    case "\0" where index + 1 == bytes.count: takeVariable(isQuoted: isQuoted)
    default: take(isQuoted: isQuoted)
    }
  }

  /// The name at the offset, as far as it goes; may be empty.
  private func name(at offset: Int) -> String {
    var end = offset
    while symbol(at: end).continuesName { end += 1 }
    return String(decoding: bytes[min(offset, bytes.count)..<end], as: UTF8.self)
  }

  private mutating func takeVariable(isQuoted: Bool) {
    let name = name(at: index + 1)
    let end = index + 1 + name.utf8.count
    if end == bytes.count { return endInReference(isBraced: false, isQuoted, name) }
    top.word?.append(name)
    index = end
  }

  private mutating func takeBracedVariable(isQuoted: Bool) {
    let name = name(at: index + 2)
    let end = index + 2 + name.utf8.count
    switch symbol(at: end) {
    case "\0" where end == bytes.count: endInReference(isBraced: true, isQuoted, name)
    case "}":
      top.word?.append(name)
      index = end + 1
    case ":" where symbol(at: end + 1) == "-":
      open(.fallback(isQuoted: isQuoted, openBraces: 0), passing: end + 2 - index)
      top.word = CursorWord(start: index)
    default:
      top.isBroken = true
      index = end
    }
  }

  private mutating func endInReference(isBraced: Bool, _ isQuoted: Bool, _ name: String) {
    kind = .reference(
      CursorSite.Reference(start: index, isBraced: isBraced, isQuoted: isQuoted, name: name))
    index = bytes.count
  }
}
