/// The part of a word that a candidate replaces: all of it, or what follows its last slash.
struct WordFragment {
  typealias Quote = CursorWord.Quote

  /// Where it begins, in bytes of the text.
  let start: Int
  /// What it says so far.
  let prefix: ArraySlice<UInt8>
  /// What the text before it leaves open.
  let opening: Quote
  /// How candidates are quoted: as the user has begun to.
  let style: Quote
  /// Whether the word begins with it.
  let isWholeWord: Bool
  /// Whether the quote is closed behind the cursor already.
  var isClosedBehind = false

  /// - Parameters:
  ///   - word: The word.
  ///   - count: How many bytes of it stay.
  ///   - text: The text that the word stands in.
  ///   - cursor: Where the cursor is in the text.
  init(of word: CursorWord, after count: Int, in text: [UInt8], cursor: Int) {
    isWholeWord = count == 0
    start = count == 0 ? word.start : word.ends[count - 1]
    opening = count == 0 ? .none : word.quotes[count - 1]
    prefix = word.bytes[count...]
    if opening != .none {
      style = opening
    } else if word.quote != .none {
      style = word.quote
    } else {
      style = start < cursor ? Quote(rawValue: text[start]) ?? .none : .none
    }
    isClosedBehind = style != .none && cursor < text.count && text[cursor] == style.rawValue
  }

  /// A candidate that is this name.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - suffix: What follows the name and is no part of it: a directory's slash.
  ///   - note: What is said of it.
  /// - Returns: The candidate, quoted.
  func candidate(
    _ name: String, suffix: String = "", note: String = ""
  ) -> Shell.Completion.Candidate {
    let endsWord = suffix.isEmpty
    let open = style != .none && opening == .none ? style.text : ""
    let close = endsWord && !isClosedBehind ? style.text : ""
    return Shell.Completion.Candidate(
      replacement: open + quoted(name) + suffix + close, display: Shown.name(name) + suffix,
      note: note, endsWord: endsWord && !isClosedBehind)
  }

  private func quoted(_ name: String) -> String {
    // `{1}` and the like mean the item, even in quotes, but not where the quotes change in between.
    let breaksBraces = name.utf8.contains(UInt8(ascii: "{"))
    var text = ""
    var last: Unicode.Scalar = "\0"
    for (position, scalar) in name.unicodeScalars.enumerated() {
      let place = Place(isFirst: position == 0 && isWholeWord, last: last, name: name)
      switch style {
      case .none: text += Self.bare(scalar, at: place)
      case .single, .double: text += inQuotes(scalar, after: last, breaksBraces)
      }
      last = scalar
    }
    return text
  }

  /// Where a character stands.
  private struct Place {
    let isFirst: Bool
    let last: Unicode.Scalar
    let name: String
  }

  // MARK: Backslashes

  private static func bare(_ scalar: Unicode.Scalar, at place: Place) -> String {
    switch scalar {
    // A backslash and a newline would vanish, and a carriage return before a newline too.
    case "\n", "\r": return "'\(scalar)'"
    case "*", "?", "[", "}": return "\\\(scalar)"
    case "#", "-", "~": return place.isFirst ? "\\\(scalar)" : "\(scalar)"
    case "{": return place.isFirst && place.name == "{" ? "\\{" : "{"
    case ":": return place.isFirst && place.name.hasPrefix(":::") ? "\\:" : ":"
    case ".": return place.last == "." && isLikeRange(place.name) ? "\\." : "."
    default: return scalar.isPlain ? "\(scalar)" : "\\\(scalar)"
    }
  }

  /// Whether it might be taken for `1..5`.
  private static func isLikeRange(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first else { return false }
    return first.isDigit || first == "-" || first == "{"
  }

  // MARK: Quotes

  private func inQuotes(
    _ scalar: Unicode.Scalar, after last: Unicode.Scalar, _ breaksBraces: Bool
  ) -> String {
    let quote = style.text
    switch (style, scalar) {
    case (.single, "'"): return "'\\''"
    case (.double, "\""), (.double, "$"), (.double, "\\"): return "\\\(scalar)"
    case (_, "}") where breaksBraces: return "\(quote)}\(quote)"
    case (_, "\n") where last == "\r": return "\(quote)\(quote)\n"
    default: return "\(scalar)"
    }
  }
}

extension CursorWord.Quote {
  fileprivate var text: String { self == .none ? "" : String(Unicode.Scalar(rawValue)) }
}

/// Names and values as a list shows them: on one line, and harmless.
enum Shown {
  /// A longer text is cut.
  private static let longest = 48

  static func name(_ name: String) -> String {
    Printable.text(name).replacing("\n", with: "^J").replacing("\t", with: "^I")
  }

  /// The beginning of a text, its lines and blanks run together.
  static func short(_ text: String) -> String {
    let beginning = text.prefix(4 * longest).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    let isWhole = beginning.count <= longest && text.dropFirst(4 * longest).isEmpty
    return Printable.text(isWhole ? beginning : beginning.prefix(longest - 1) + "…")
  }
}
