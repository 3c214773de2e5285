/// A command that is run once, or once for each item.
struct TaskTemplate {
  private let arguments: ArraySlice<ArgumentNode>
  private let segments: [[[Placeholder.Segment]]]
  private let unit: SourceUnit
  private let range: SourceRange
  private let hasPlaceholders: Bool
  private let hasBlock: Bool

  /// - Parameters:
  ///   - arguments: Not empty; the command's name, or a block, first.
  ///   - unit: The text that they were read from.
  ///   - hasItems: Whether there are items, so that placeholders mean something.
  init(_ arguments: ArraySlice<ArgumentNode>, unit: SourceUnit, hasItems: Bool = true) {
    self.arguments = arguments
    self.unit = unit
    range = SourceRange(
      Int(arguments.first?.range.start ?? 0), Int(arguments.last?.range.end ?? 0))
    segments = hasItems ? arguments.map(Self.segments) : []
    hasPlaceholders = segments.contains { $0.contains { $0.count > 1 } }
    hasBlock = hasItems && arguments.contains { if case .block = $0 { true } else { false } }
  }

  private static func segments(_ argument: ArgumentNode) -> [[Placeholder.Segment]] {
    guard case .word(let word) = argument else { return [] }
    return word.pieces.map { piece in
      if case .literal(let text, _) = piece { Placeholder.segments(of: text) } else { [] }
    }
  }

  /// The command without items.
  func command() -> TaskCommand {
    TaskCommand(
      node: CommandNode(arguments: ArgumentList(arguments), range: range), unit: unit,
      text: asWritten ?? arguments.map(source).joined(separator: " "))
  }

  /// The command's text if that is what users see: on one line, with one blank between the arguments.
  ///
  /// So it is with nearly every command; putting it together from its arguments took a tenth of a `submit`.
  private var asWritten: String? {
    guard range.start <= range.end else { return nil }
    var end = range.start - 1
    for argument in arguments {
      guard argument.range.start - end == 1 else { return nil }
      end = argument.range.end
    }
    let isAsShown = unit.bytes.withUnsafeBufferPointer { bytes in
      for index in Int(range.start)..<Int(range.end) where bytes[index] < UInt8(ascii: " ") {
        return false
      }
      return true
    }
    return isAsShown ? unit.text(range) : nil
  }

  /// The command for one item (or one of each list): in the place of its placeholders, or appended
  /// as words.
  ///
  /// A block gets neither, it reads `$item`.
  ///
  /// - Throws: `ShellError` if a placeholder asks for a list that is not there.
  func command(for items: [String], number: Int) throws -> TaskCommand {
    var nodes: [ArgumentNode] = []
    var texts: [String] = []
    for (argument, segments) in zip(arguments, segments) {
      let (node, text) = try bind(argument, segments, items, number)
      nodes.append(node)
      texts.append(text)
    }
    if hasBlock, !hasPlaceholders {
      texts += [":::"] + items.map(ShellQuoting.ifNeeded)
    } else if !hasPlaceholders {
      nodes += items.map { .word(Word(pieces: [.item($0)], range: range)) }
      texts += items.map(ShellQuoting.ifNeeded)
    }
    return TaskCommand(
      node: CommandNode(arguments: ArgumentList(nodes[...]), range: range), unit: unit,
      text: texts.joined(separator: " "), items: items, number: number)
  }

  private func bind(
    _ argument: ArgumentNode, _ segments: [[Placeholder.Segment]], _ items: [String], _ number: Int
  ) throws -> (ArgumentNode, String) {
    guard case .word(var word) = argument, segments.contains(where: { $0.count > 1 }) else {
      return (argument, source(argument))
    }
    var pieces: [Word.Piece] = []
    for (piece, segments) in zip(word.pieces, segments) {
      guard case .literal(_, let isQuoted) = piece, segments.count > 1 else {
        pieces.append(piece)
        continue
      }
      for segment in segments {
        switch segment {
        case .text(let text): pieces.append(.literal(text, quoted: isQuoted))
        case .placeholder(let placeholder):
          guard let text = placeholder.text(items: items, number: number) else {
            throw ShellError(
              "there is no list {\(placeholder.position)}: only \(Counted.text(items.count, "list")) of items",
              place: unit.place(of: word.range.start))
          }
          pieces.append(.item(text))
        }
      }
    }
    word.pieces = pieces
    return (.word(word), ShellQuoting.ifNeeded(shown(pieces, of: word)))
  }

  /// A bound word as users see it; variables stay as they were written.
  private func shown(_ pieces: [Word.Piece], of word: Word) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text, _), .item(let text): text
      case .variable(let variable): unit.text(variable.range)
      case .substitution: "$(…)"
      }
    }.joined()
  }

  /// An argument as it was written, on one line.
  private func source(_ argument: ArgumentNode) -> String {
    let text = unit.text(argument.range)
    guard text.contains("\n") else { return text }
    // In a word a newline is quoted: it is part of it, and shown as one.
    guard case .block = argument else { return text.replacing("\n", with: "\\n") }
    let lines = text.split(separator: "\n").map(String.init).map(Self.trimmed).filter {
      !$0.isEmpty
    }
    return lines.dropFirst().reduce(lines.first ?? "") { joined, line in
      joined.hasSuffix("{") || line.hasPrefix("}") ? "\(joined) \(line)" : "\(joined); \(line)"
    }
  }

  private static func trimmed(_ line: String) -> String {
    let start = line.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" || $0 == ";" }.reversed())
  }
}

/// Words of the POSIX shell.
enum ShellQuoting {
  /// A word that the shell takes as exactly this text.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// The text itself if it needs no quotes; on one line whatever it holds, as in bash's `$'…'`.
  static func ifNeeded(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.value >= 128 || $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "_-./:@%+,=~^".unicodeScalars.contains($0)
      }
    if isPlain { return text }
    guard text.contains(where: \.isNewline) else { return quoted(text) }
    let escaped = text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      .replacing("\r\n", with: "\\r\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    return "$'\(escaped)'"
  }
}
