/// A chain as it was read, with the text its ranges refer to.
package struct ParsedChain: Sendable {
  package var chain: Chain
  package var unit: SourceUnit
  /// The number of the line on which it begins.
  package var line: Int
}

/// Reads commands from lines, one chain at a time, asking for no line before it is needed.
///
/// `Grammar.md` has the language.
package struct Parser {
  /// What a command stands directly inside of.
  enum Enclosure { case text, block, substitution }

  var buffer: LineBuffer
  /// How many blocks, substitutions and fallbacks are open.
  var depth = 0

  /// - Parameters:
  ///   - source: Where lines come from.
  ///   - beforeReading: Called before the source is asked for lines, which may take long.
  package init(source: any LineSource, beforeReading: @escaping () -> Void = {}) {
    buffer = LineBuffer(source: source)
    buffer.beforeReading = beforeReading
  }

  /// The next chain (one command with its `&&`, `||` and blocks), or `nil` at the end of the input.
  ///
  /// - Throws: `SyntaxError`, or what the source throws; then `discardLine()` must come next.
  package mutating func next() throws -> ParsedChain? {
    guard try skipToCommand(continuing: false) else { return nil }
    buffer.beginCommand()
    let chain = try parseChain(in: .text)
    passSeparator()
    return ParsedChain(chain: chain, unit: buffer.takeUnit(), line: buffer.commandLine)
  }

  /// Drops the rest of what was read, so that the next chain begins on a fresh line.
  package mutating func discardLine() {
    buffer.discard()
  }

  /// Drops also the lines that were handed over together with it, as those of a text that was pasted.
  mutating func discardAll() {
    buffer.discardAll()
  }
}

// MARK: - Chains

extension Parser {
  /// Reads commands up to, not including, what ends a chain.
  mutating func parseChain(in enclosure: Enclosure) throws -> Chain {
    var chain = Chain(first: try parseCommand(in: enclosure))
    while let connector {
      try skipConnector()
      let command = try parseCommand(in: enclosure)
      chain.links.append(Chain.Link(connector: connector, command: command))
    }
    return chain
  }

  /// The `&&` or `||` at the position.
  var connector: Chain.Connector? {
    switch (buffer.symbol, buffer.following) {
    case ("&", "&"): .and
    case ("|", "|"): .or
    default: nil
    }
  }

  /// Passes a connector and, as in sh, the line ends and comments after it.
  private mutating func skipConnector() throws {
    let start = buffer.position
    buffer.position += 2
    guard try skipToCommand(continuing: true) else {
      let connector = "\(buffer.symbol(at: start))\(buffer.symbol(at: start + 1))"
      throw buffer.error(
        "expected a command after '\(connector)'", at: start, isIncomplete: true)
    }
  }

  /// Passes the newline or `;` that ended a chain, if that did.
  mutating func passSeparator() {
    if buffer.symbol == "\n" || buffer.symbol == ";" { buffer.position += 1 }
  }
}

// MARK: - Commands

extension Parser {
  private mutating func parseCommand(in enclosure: Enclosure) throws -> CommandNode {
    if buffer.symbol == "!" { return try parseShellLine() }
    let start = buffer.position
    var end = start
    var arguments: [ArgumentNode] = []
    arguments.reserveCapacity(4)
    while let argument = try parseArgument(in: enclosure) {
      arguments.append(argument)
      end = buffer.position
      try skipBlanks()
    }
    if arguments.isEmpty { throw missingCommand() }
    return CommandNode(
      arguments: ArgumentList(arguments[...]), range: SourceRange(start, end))
  }

  /// Reads `! rest of line`, in which nothing has a meaning but the newline.
  private mutating func parseShellLine() throws -> CommandNode {
    let start = buffer.position
    buffer.position += 1
    let name = literal("!", quoted: false, from: start)
    buffer.skip { $0.isBlank }
    let restStart = buffer.position
    buffer.skip { $0 != "\n" }
    guard buffer.position > restStart else {
      throw buffer.error("'!' needs a command line", at: start)
    }
    let rest = literal(buffer.text(from: restStart), quoted: true, from: restStart)
    return CommandNode(arguments: [name, rest], range: SourceRange(start, buffer.position))
  }

  private func literal(_ text: String, quoted: Bool, from start: Int) -> ArgumentNode {
    let range = SourceRange(start, buffer.position)
    return .word(Word(pieces: [.literal(text, quoted: quoted)], range: range))
  }
}
