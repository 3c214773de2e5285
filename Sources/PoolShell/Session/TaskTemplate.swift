/// A command that is run once, or once for each item.
struct TaskTemplate {
  private let arguments: ArraySlice<ArgumentNode>
  private let segments: [[[Placeholder.Segment]]]
  private let unit: SourceUnit
  private let range: SourceRange
  private let hasPlaceholders: Bool
  private let hasBlock: Bool
  private let naming: ItemNaming

  /// - Parameters:
  ///   - arguments: Not empty; the command's name, or a block, first.
  ///   - unit: The text that they were read from.
  ///   - naming: What placeholders name; `nil` if there are no items, so that they mean nothing.
  init(_ arguments: ArraySlice<ArgumentNode>, unit: SourceUnit, naming: ItemNaming?) {
    self.arguments = arguments
    self.unit = unit
    self.naming = naming ?? .lists
    let hasItems = naming != nil
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
      node: CommandNode(arguments: ArgumentList(arguments), range: range), unit: unit, text: text)
  }

  /// The command as users see it, with its placeholders.
  var text: String { asWritten ?? arguments.map(source).joined(separator: " ") }

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
      for bound in try bind(argument, segments, items, number) {
        nodes.append(bound.node)
        texts.append(bound.text)
      }
    }
    if hasBlock, !hasPlaceholders {
      texts += [":::"] + items.map(ShellQuoting.ifNeeded)
    } else if !hasPlaceholders {
      nodes += items.map { .word(Word(pieces: [.item($0)], range: range)) }
      texts += items.map(ShellQuoting.ifNeeded)
    }
    return TaskCommand(
      node: CommandNode(arguments: ArgumentList(nodes[...]), range: range), unit: unit,
      text: texts.joined(separator: " "), items: items, number: number,
      numbersItems: naming != .lists || items.count > 1)
  }

  private func bind(
    _ argument: ArgumentNode, _ segments: [[Placeholder.Segment]], _ items: [String], _ number: Int
  ) throws -> [(node: ArgumentNode, text: String)] {
    guard case .word(var word) = argument, segments.contains(where: { $0.count > 1 }) else {
      return [(argument, source(argument))]
    }
    if items.count != 1, word.plain != nil, let part = Self.onlyPart(segments) {
      let texts = Placeholder.texts(nil, part, of: items) ?? []
      return texts.map {
        (.word(Word(pieces: [.item($0)], range: word.range)), ShellQuoting.ifNeeded($0))
      }
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
          pieces += try self.pieces(for: placeholder, word, items, number)
        }
      }
    }
    word.pieces = pieces
    return [(.word(word), ShellQuoting.ifNeeded(shown(pieces, of: word)))]
  }

  /// The part that a word asks all items for if it does nothing else: then each item is a word, as with GNU parallel.
  private static func onlyPart(_ segments: [[Placeholder.Segment]]) -> Placeholder.Part? {
    guard segments.count == 1, segments[0].count == 2, segments[0][0] == .text(""),
      case .placeholder(.item(nil, let part)) = segments[0][1]
    else { return nil }
    return part
  }

  private func pieces(
    for placeholder: Placeholder, _ word: Word, _ items: [String], _ number: Int
  ) throws -> [Word.Piece] {
    switch placeholder {
    case .number: return [.item("\(number)")]
    case .slot:
      return [.variable(Word.Variable(name: JobSlot.name, quoted: true, range: word.range))]
    case .item(let position, let part):
      guard let texts = Placeholder.texts(position, part, of: items) else {
        if let position, naming.allows(position) { return [.item("")] }
        throw ShellError(
          naming.missing(position ?? 1, of: items.count), place: unit.place(of: word.range.start))
      }
      // In a line for the shell each item is quoted by itself.
      let blank = Word.Piece.literal(" ", quoted: true)
      return Array(texts.map { [.item($0)] }.joined(separator: [blank]))
    }
  }

  /// A bound word as users see it; variables stay as they were written.
  private func shown(_ pieces: [Word.Piece], of word: Word) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text, _), .item(let text): text
      case .variable(let variable) where variable.name == JobSlot.name: "{%}"
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
