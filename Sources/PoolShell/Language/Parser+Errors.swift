// What the parser says where a text is no command. One line each, with what would be right.

extension Parser {
  /// The character at the position needs a command before it.
  func missingCommand() -> SyntaxError {
    let symbol = buffer.symbol
    let written = connector == nil ? "\(symbol)" : "\(symbol)\(symbol)"
    return buffer.error("expected a command before '\(written)'", at: buffer.position)
  }

  func unopenedBrace() -> SyntaxError {
    buffer.error("'}' without an open '{'", at: buffer.position)
  }

  func unopenedParenthesis() -> SyntaxError {
    buffer.error("')' without an open '$('; as text it needs quotes: ')'", at: buffer.position)
  }

  /// The character at the position has a meaning in a shell and none here.
  func foreignSymbol() -> SyntaxError {
    let shellLine = "run a shell line with: sh '…'"
    let advice =
      switch buffer.symbol {
      case "&": "run a command in the pool with: submit COMMAND; \(shellLine)"
      case "<": "read a file with: read FILE; \(shellLine)"
      case ">":
        "keep a result with: save ID FILE, a download with: fetch URL --output FILE; \(shellLine)"
      case "(": "group commands with: { … }; \(shellLine)"
      case "`": "take a command's value with: $(…); \(shellLine)"
      default: shellLine
      }
    return buffer.error(
      "'\(buffer.symbol)' is not part of this language; \(advice)", at: buffer.position)
  }
}

// MARK: - Never closed

extension Parser {
  func unclosedVariable(openedAt opening: Int) -> SyntaxError {
    let isIncomplete = buffer.symbol == "\0"
    return buffer.error("this '${' is never closed", at: opening, isIncomplete: isIncomplete)
  }

  func unclosedBlock(openedAt opening: Int, _ body: CommandList) -> SyntaxError {
    let hint = hint(about: "}", endingWord: " ('}' must be a word of its own)", in: body)
    return buffer.error(
      "this block is never closed\(hint)", at: opening, isIncomplete: true)
  }

  func unclosedSubstitution(openedAt opening: Int, _ list: CommandList) -> SyntaxError {
    let hint = hint(about: ")", endingWord: "", in: list)
    return buffer.error("this '$(' is never closed\(hint)", at: opening, isIncomplete: true)
  }

  /// What to say if the last command of a list has swallowed the character that was to close it.
  private func hint(about closer: String, endingWord: String, in list: CommandList) -> String {
    guard let chain = list.chains.last,
      case .word(let word)? = (chain.links.last?.command ?? chain.first).arguments.last,
      case .literal(let text, let isQuoted)? = word.pieces.last, text.hasSuffix(closer)
    else { return "" }
    if !isQuoted { return endingWord }
    return isShellLine(chain.links.last?.command ?? chain.first)
      ? " ('!' takes the rest of its line, '\(closer)' too)" : ""
  }

  private func isShellLine(_ command: CommandNode) -> Bool {
    buffer.symbol(at: Int(command.range.start)) == "!"
  }
}
