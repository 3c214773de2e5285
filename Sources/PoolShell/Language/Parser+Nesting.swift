// Blocks and substitutions: lists of commands inside a command.

extension Parser {
  /// So deep may blocks, substitutions and fallbacks nest: far more than anyone writes, and few enough
  /// for the stack of the thread that parses or runs them.
  static let depthLimit = 200

  /// Reads what stands in an enclosure opened at an offset.
  mutating func nest<Content>(
    openedAt opening: Int, _ parse: (inout Parser) throws -> Content
  ) throws -> Content {
    guard depth < Self.depthLimit else {
      throw buffer.error("nested more than \(Self.depthLimit) deep", at: opening)
    }
    depth += 1
    defer { depth -= 1 }
    return try parse(&self)
  }

  /// Reads `{ … }`.
  mutating func parseBlock() throws -> Block {
    let start = buffer.position
    buffer.position += 1
    let body = try nest(openedAt: start) { try $0.parseList(in: .block) }
    guard buffer.symbol == "}" else { throw unclosedBlock(openedAt: start, body) }
    buffer.position += 1
    return Block(body: body, range: SourceRange(start, buffer.position))
  }

  /// Reads `$( … )`.
  mutating func parseSubstitution() throws -> CommandList {
    let start = buffer.position
    buffer.position += 2
    let list = try nest(openedAt: start) { try $0.parseList(in: .substitution) }
    guard buffer.symbol == ")" else { throw unclosedSubstitution(openedAt: start, list) }
    buffer.position += 1
    if list.chains.isEmpty { throw buffer.error("'$(…)' needs a command in it", at: start) }
    return list
  }

  /// Reads chains up to, not including, what closes the enclosure, or to the end of the input.
  private mutating func parseList(in enclosure: Enclosure) throws -> CommandList {
    var list = CommandList()
    while try skipToCommand(continuing: true), try !isClosed(enclosure) {
      list.chains.append(try parseChain(in: enclosure))
      passSeparator()
    }
    return list
  }

  private mutating func isClosed(_ enclosure: Enclosure) throws -> Bool {
    switch (enclosure, buffer.symbol) {
    case (.block, "}"): try isClosingBrace()
    case (.substitution, ")"): true
    default: false
    }
  }
}
