/// A text of which some words have a style.
///
/// Written as a literal: `"\("error:", .error) \(message)\n"`. The words stand together and the styles beside them, for
/// mostly nobody looks at the styles.
struct StyledText {
  /// A piece with one style.
  struct Run {
    var text: Substring
    var style: Style?
  }

  private struct Span {
    /// In bytes.
    var range: Range<Int>
    var style: Style
  }

  /// The words alone.
  private(set) var plain: String
  /// In order, without gaps of nothing.
  private var spans: [Span] = []

  init(_ text: String = "", _ style: Style? = nil) {
    plain = ""
    append(text, style)
  }

  fileprivate init(capacity: Int) {
    plain = ""
    plain.reserveCapacity(capacity)
  }

  fileprivate mutating func append(_ text: String, _ style: Style?) {
    let start = plain.utf8.count
    plain += text
    if let style { spans.append(Span(range: start..<plain.utf8.count, style: style)) }
  }

  mutating func append(_ other: StyledText) {
    let start = plain.utf8.count
    plain += other.plain
    for span in other.spans {
      let range = (span.range.lowerBound + start)..<(span.range.upperBound + start)
      spans.append(Span(range: range, style: span.style))
    }
  }

  /// The pieces in order; none is empty but one that has a style.
  var runs: [Run] {
    var (runs, end): ([Run], Int) = ([], 0)
    for span in spans {
      if span.range.lowerBound > end {
        runs.append(Run(text: slice(end..<span.range.lowerBound), style: nil))
      }
      runs.append(Run(text: slice(span.range), style: span.style))
      end = span.range.upperBound
    }
    let count = plain.utf8.count
    if end < count { runs.append(Run(text: slice(end..<count), style: nil)) }
    return runs
  }

  private func slice(_ range: Range<Int>) -> Substring {
    let bytes = plain.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    return plain[start..<bytes.index(start, offsetBy: range.count)]
  }

  /// The words with escape sequences around those that have a style.
  var colored: String {
    runs.map { run in
      run.style.map { $0.sequence + run.text + Style.reset } ?? String(run.text)
    }.joined()
  }

  /// How many characters are shown.
  var count: Int { plain.count }

  /// The same styles on other words.
  func map(_ transform: (String) -> String) -> StyledText {
    if spans.isEmpty { return StyledText(transform(plain)) }
    var result = StyledText()
    for run in runs { result.append(transform(String(run.text)), run.style) }
    return result
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.append(right)
    return sum
  }

  /// The id of a future as it stands before what is said about it.
  static func id(_ id: Int) -> StyledText { StyledText("[\(id)]", .id) }

  /// The word of a state.
  static func state(_ state: FutureRecord.State) -> StyledText {
    StyledText(state.rawValue, state.style)
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self.init(text) }

  init(stringInterpolation: Interpolation) { self = stringInterpolation.text }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text: StyledText

    init(literalCapacity: Int, interpolationCount: Int) {
      text = StyledText(capacity: literalCapacity + 8 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { text.append(literal, nil) }
    mutating func appendInterpolation(_ part: String, _ style: Style? = nil) {
      text.append(part, style)
    }
    mutating func appendInterpolation(_ part: StyledText) { text.append(part) }
    mutating func appendInterpolation(_ number: Int) { text.append("\(number)", nil) }
  }
}

extension Sequence<StyledText> {
  func joined() -> StyledText { reduce(into: StyledText()) { $0.append($1) } }
}
