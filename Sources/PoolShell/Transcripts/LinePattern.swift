/// A line as a document expects it.
struct LinePattern: Sendable, Equatable {
  /// As it stands there.
  let text: String
  /// What stands between the gaps.
  private let parts: [ArraySlice<UInt8>]

  /// Stands for anything within a line.
  static let gap = "[..]"
  /// Alone on a line it stands for any lines.
  static let elision = "..."

  init(_ text: String) {
    self.text = text
    parts = text.split(separator: Self.gap, omittingEmptySubsequences: false)
      .map { ArraySlice($0.utf8) }
  }

  /// Whether it stands for any lines, also none.
  var isElision: Bool { text == Self.elision }

  /// Whether only one text matches.
  var isLiteral: Bool { parts.count == 1 && !isElision }

  /// Whether a line is as expected; never for an elision.
  ///
  /// Bytes are compared, so that what looks alike and is not is a difference.
  func matches(_ line: ArraySlice<UInt8>) -> Bool {
    if isElision { return false }
    var rest = line
    guard let first = parts.first, let last = parts.last else { return false }
    if isLiteral { return rest == first }
    guard rest.count >= first.count + last.count, rest.starts(with: first),
      rest.suffix(last.count) == last
    else { return false }
    rest = rest.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() {
      guard let end = Self.end(of: part, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  func matches(_ line: String) -> Bool { matches(ArraySlice(line.utf8)) }

  /// Where the first occurrence of a part ends; `nil` if there is none.
  private static func end(of part: ArraySlice<UInt8>, in text: ArraySlice<UInt8>) -> Int? {
    guard let first = part.first else { return text.startIndex }
    var start = text.startIndex
    while let found = text[start...].firstIndex(of: first) {
      if text[found...].starts(with: part) { return found + part.count }
      start = found + 1
    }
    return nil
  }

  /// Whether an elision may stand for a line: an error must not be hidden by one, unless the block says that it fails.
  static func mayElide(_ line: String, elidesErrors: Bool) -> Bool {
    elidesErrors || !line.hasPrefix("error: ")
  }

  /// A line as it is written into a document: it must not be taken for something else there.
  ///
  /// - Parameters:
  ///   - line: What came.
  ///   - isFirst: Whether it stands below what is typed.
  /// - Returns: A text that matches it.
  static func text(matching line: String, isFirst: Bool) -> String {
    let isAmbiguous =
      line == elision || Prompt.first.typed(line) != nil
      || (isFirst && Prompt.further.typed(line) != nil) || looksLikeFence(line)
    return isAmbiguous ? gap + line : line
  }

  private static func looksLikeFence(_ line: String) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    return text.hasPrefix("```") || text.hasPrefix("~~~")
  }
}
