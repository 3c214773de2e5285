/// Words in lines that fit on a terminal, in any language.
///
/// Chinese has no blanks between words: a line may end behind any of its characters, but does not begin with a mark that
/// closes, nor end with one that opens.
enum TextWrapper {
  /// A piece that stays on one line.
  private struct Piece {
    var text: String
    /// Whether a blank stands before it, if it does not begin a line.
    var isApart: Bool
  }

  /// The lines of a text, none longer than a width but where a single word is.
  static func lines(_ text: String, width: Int) -> [String] {
    var (lines, line, column) = ([String](), "", 0)
    for piece in pieces(of: text, width: width) {
      let columns = DisplayWidth.columns(piece.text)
      let blank = piece.isApart && !line.isEmpty ? 1 : 0
      if !line.isEmpty, column + blank + columns > width {
        lines.append(line)
        (line, column) = (piece.text, columns)
      } else {
        line += (blank == 1 ? " " : "") + piece.text
        column += blank + columns
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Two lines of a file as one; between characters that know no blanks none is put.
  static func joined(_ first: String, _ second: String) -> String {
    guard let last = first.last, let next = second.first else { return first + second }
    // Such as 。, which brings its own distance.
    let isMarked = isWide(last) && closing.contains(last)
    return first + (isMarked || isWide(last) && isWide(next) ? "" : " ") + second
  }

  // MARK: Pieces

  private static let closing = Set("，。、；：！？）》」』】〉…—,.;:!?)]}”’")
  private static let opening = Set("（《「『【〈([{“‘")
  private static func isWide(_ character: Character) -> Bool {
    character.asciiValue == nil && DisplayWidth.columns(String(character)) == 2
  }

  private static func pieces(of text: String, width: Int) -> [Piece] {
    var pieces: [Piece] = []
    var mayJoin = false  // whether what follows belongs to the last piece
    var isApart = false
    for span in spans(of: text) {
      let isWhole = span.isWhole(width: width)
      for character in span.text {
        if character == " ", !isWhole {
          (mayJoin, isApart) = (false, true)
          continue
        }
        let breaksBefore = isWide(character) && !span.isCode && !closing.contains(character)
        let isHeld = pieces.last?.text.last.map(opening.contains) ?? false
        if !isApart, !pieces.isEmpty, mayJoin && !breaksBefore || isHeld || closes(character, span)
        {
          pieces[pieces.count - 1].text.append(character)
        } else {
          pieces.append(Piece(text: String(character), isApart: isApart))
        }
        isApart = false
        mayJoin = span.isCode || !isWide(character)
      }
      if span.isCode { mayJoin = true }
    }
    return pieces
  }

  private static func closes(_ character: Character, _ span: Span) -> Bool {
    !span.isCode && closing.contains(character)
  }

  /// What stands between backticks, with them, and what does not.
  private struct Span {
    var text: Substring
    var isCode: Bool

    /// Whether its blanks are no places to break: a command in two lines cannot be copied, so code is broken only if
    /// no line can hold it.
    func isWhole(width: Int) -> Bool { isCode && DisplayWidth.columns(String(text)) <= width }
  }

  private static func spans(of text: String) -> [Span] {
    var (spans, rest) = ([Span](), text[...])
    while let open = rest.firstIndex(of: "`") {
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "`") else { break }
      if open > rest.startIndex { spans.append(Span(text: rest[..<open], isCode: false)) }
      spans.append(Span(text: rest[open...close], isCode: true))
      rest = rest[rest.index(after: close)...]
    }
    return rest.isEmpty ? spans : spans + [Span(text: rest, isCode: false)]
  }
}
