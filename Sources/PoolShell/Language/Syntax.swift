/// What the parser makes of a text: plain values, shared freely between threads.
///
/// Nothing here is expanded: a word keeps its pieces as they were written, because words are expanded
/// only when their command runs. Every node carries its range, so that an error can point at it.

/// A half-open range of byte offsets into the text of one `SourceUnit`.
package struct SourceRange: Sendable, Equatable {
  package var start: Int32
  package var end: Int32

  package init(_ start: Int, _ end: Int) {
    self.start = Int32(start)
    self.end = Int32(end)
  }
}

/// Commands one after the other: what a block, a `$(…)` or a whole text holds.
package struct CommandList: Sendable {
  package var chains: [Chain] = []
}

/// Commands joined by `&&` and `||`, which have equal rank and go from left to right.
package struct Chain: Sendable {
  package enum Connector: Sendable { case and, or }

  package struct Link: Sendable {
    package var connector: Connector
    package var command: CommandNode
  }

  package var first: CommandNode
  package var links: [Link] = []
}

/// One command: its name is the first argument.
///
/// A bare block is a command whose first argument is a block.
package struct CommandNode: Sendable {
  /// Never empty.
  ///
  /// For `! rest of line` these are the word `!` and one quoted literal, the rest.
  package var arguments: ArgumentList
  package var range: SourceRange
}

/// The arguments of a command.
///
/// They may be the rest of another command's, `print x` in `submit print x`: not copied, which took 600 instructions.
package struct ArgumentList: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  private let nodes: ArraySlice<ArgumentNode>

  package init(_ nodes: ArraySlice<ArgumentNode>) { self.nodes = nodes }

  package init(arrayLiteral nodes: ArgumentNode...) { self.nodes = nodes[...] }

  package var startIndex: Int { 0 }
  package var endIndex: Int { nodes.count }

  package subscript(index: Int) -> ArgumentNode { nodes[nodes.startIndex + index] }

  /// Those after the first.
  package var operands: ArraySlice<ArgumentNode> { nodes.dropFirst() }
}

/// An argument as it was written.
package enum ArgumentNode: Sendable {
  case word(Word)
  case block(Block)

  package var range: SourceRange {
    switch self {
    case .word(let word): word.range
    case .block(let block): block.range
    }
  }
}

/// Commands in braces, `{ … }`; the range includes the braces.
package struct Block: Sendable {
  package var body: CommandList
  package var range: SourceRange
}

/// A word: pieces written without a space between them.
///
/// Most are plain text; that is kept as it is, because a list of one piece for each word took a tenth of what a line
/// costs.
package struct Word: Sendable {
  private enum Content: Sendable {
    /// One literal that was not quoted.
    case plain(String)
    /// Anything else.
    case pieces([Piece])
  }

  private var content: Content
  package var range: SourceRange
  /// The first byte of a plain word, 0 of any other: what options and `:::` are told from the rest by.
  private(set) var firstByte: UInt8

  package init(pieces: [Piece], range: SourceRange) {
    content = Self.content(pieces)
    self.range = range
    firstByte = Self.firstByte(content)
  }

  /// - Parameters:
  ///   - text: Not empty.
  ///   - firstByte: That of the text.
  ///   - range: Where it stands.
  init(plain text: String, firstByte: UInt8, range: SourceRange) {
    content = .plain(text)
    self.range = range
    self.firstByte = firstByte
  }

  private static func firstByte(_ content: Content) -> UInt8 {
    if case .plain(let text) = content { text.utf8.first ?? 0 } else { 0 }
  }

  private static func content(_ pieces: [Piece]) -> Content {
    if pieces.count == 1, case .literal(let text, quoted: false) = pieces[0] { return .plain(text) }
    return .pieces(pieces)
  }

  package var pieces: [Piece] {
    get {
      switch content {
      case .plain(let text): [.literal(text, quoted: false)]
      case .pieces(let pieces): pieces
      }
    }
    set {
      content = Self.content(newValue)
      firstByte = Self.firstByte(content)
    }
  }

  /// The word's text if it was written without quotes, variables and the like.
  package var plain: String? {
    if case .plain(let text) = content { text } else { nil }
  }

  /// A part of a word.
  package enum Piece: Sendable {
    /// Text; `quoted` if it stood in quotes or after a backslash, and so means nothing but itself.
    case literal(String, quoted: Bool)
    /// A reference such as `$name`, `${name}`, `${name:-fallback}`, `$1`, `$@`, `$#`.
    indirect case variable(Variable)
    /// The value of commands, `$( … )`.
    indirect case substitution(CommandList, quoted: Bool)
    /// What an item put in the place of a placeholder; never parsed, means nothing but itself.
    case item(String)
  }

  /// A reference to a variable.
  package struct Variable: Sendable {
    /// Without `$` and braces: `name`, `1`, `12`, `@`, `#`.
    package var name: String
    /// What stands after `:-`, used when the variable is not set or empty.
    package var fallback: Word?
    package var quoted: Bool
    package var range: SourceRange

    /// Whether it names an argument of the script by its number.
    var isPosition: Bool { name.utf8.first.map { (0x30...0x39).contains($0) } ?? false }
  }
}
