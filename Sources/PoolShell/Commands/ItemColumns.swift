/// Items cut into columns, as GNU parallel's `--colsep` does.
final class ColumnItems: ItemSource {
  private let source: any ItemSource
  private let separator: ColumnSeparator

  init(_ source: any ItemSource, _ separator: ColumnSeparator) {
    self.source = source
    self.separator = separator
  }

  func next() throws -> NextItem {
    let next = try source.next()
    guard case .item(let item) = next else { return next }
    return .item(item.flatMap(separator.columns))
  }
}

/// What stands between columns: a regular expression, as in GNU parallel.
struct ColumnSeparator {
  /// A text in which nothing is special is cut without the expression, which takes fifty times as long.
  private enum Kind {
    case text(String)
    case expression(Regex<AnyRegexOutput>)
  }

  private let kind: Kind

  /// - Returns: `nil` if it is not a regular expression, or empty.
  init?(_ pattern: String) {
    if pattern.isEmpty { return nil }
    if pattern.allSatisfy({ !"\\^$.|?*+()[]{}".contains($0) }) {
      kind = .text(pattern)
    } else if pattern == "\\t" {
      kind = .text("\t")
    } else if let expression = try? Regex(pattern) {
      kind = .expression(expression)
    } else {
      return nil
    }
  }

  /// The columns without the blanks around them.
  func columns(_ text: String) -> [String] {
    switch kind {
    case .text(let separator): text.split(on: separator).map(Self.trimmed)
    case .expression(let expression):
      text.split(separator: expression, omittingEmptySubsequences: false).map(Self.trimmed)
    }
  }

  private static func trimmed(_ column: Substring) -> String {
    var column = column
    while column.first?.isWhitespace == true { column.removeFirst() }
    while column.last?.isWhitespace == true { column.removeLast() }
    return String(column)
  }
}

extension String {
  fileprivate func split(on separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let place = rest.firstRange(of: separator) {
      parts.append(rest[..<place.lowerBound])
      rest = rest[place.upperBound...]
    }
    return parts + [rest]
  }
}
