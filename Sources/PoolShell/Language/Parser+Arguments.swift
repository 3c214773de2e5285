// What can stand in a command, and what ends it.

extension Parser {
  /// Reads the argument at the position, or nothing where the command ends.
  mutating func parseArgument(in enclosure: Enclosure) throws -> ArgumentNode? {
    switch buffer.symbol {
    case "\n", ";", "\0": return nil
    case "#":
      skipComment()
      return nil
    case "{" where try isOpeningBrace(): return .block(try parseBlock())
    case "}" where try isClosingBrace():
      guard enclosure == .block else { throw unopenedBrace() }
      return nil
    case ")":
      guard enclosure == .substitution else { throw unopenedParenthesis() }
      return nil
    case "&", "|", "<", ">", "(", "`":
      guard connector != nil else { throw foreignSymbol() }
      return nil
    default: return .word(try parseWord())
    }
  }

  /// Whether the `{` at a word's start is a word of its own.
  private mutating func isOpeningBrace() throws -> Bool {
    let offset = try buffer.offsetOfFollowing()
    let following = buffer.symbol(at: offset)
    return following.isBlank || following == "\n"
  }

  /// Whether the `}` at a word's start closes a block: a word of its own, or touched by what ends it.
  mutating func isClosingBrace() throws -> Bool {
    let offset = try buffer.offsetOfFollowing()
    let following = buffer.symbol(at: offset)
    switch following {
    case " ", "\t", "\n", "\0", ";", ")": return true
    case "&", "|": return buffer.symbol(at: offset + 1) == following
    default: return false
    }
  }
}

// MARK: - Between words

extension Parser {
  /// Passes blanks and joined line ends.
  mutating func skipBlanks() throws {
    while true {
      buffer.skip { $0.isBlank }
      guard buffer.symbol == "\\", buffer.following == "\n" else { return }
      try buffer.joinLines()
    }
  }

  /// Passes blanks, line ends and comments, reading lines as needed; false at the end of the input.
  mutating func skipToCommand(continuing: Bool) throws -> Bool {
    while true {
      try skipBlanks()
      switch buffer.symbol {
      case "\n": buffer.position += 1
      case "#": skipComment()
      case "\0": guard try buffer.readLine(continuing: continuing) else { return false }
      default: return true
      }
    }
  }

  /// Passes a comment up to, not including, its newline.
  private mutating func skipComment() {
    buffer.skip { $0 != "\n" }
  }
}
