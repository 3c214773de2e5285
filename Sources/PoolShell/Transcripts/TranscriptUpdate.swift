/// A document with what has come in the place of what was expected.
enum TranscriptUpdate {
  /// Writes what came into a document.
  ///
  /// - Parameters:
  ///   - answers: What came, in the order of the document; where it is as expected nothing changes.
  ///   - bytes: The document.
  /// - Returns: The document with other lines in some places; everything else is as it was, byte for byte.
  static func apply(_ answers: [CheckedAnswer], to bytes: [UInt8]) -> [UInt8] {
    var document = RawLines(bytes)
    for answer in answers.reversed() where !answer.check.isAsExpected {
      let first = answer.exchange.expectedLine - 1
      let count = answer.check.expected.count
      document.replace(
        first..<(first + count), with: lines(of: answer.check), indent: answer.block.indent)
    }
    return document.bytes
  }

  /// What stands in the document then: what still matches stays as it is, gaps and elisions too.
  static func lines(of check: AnswerCheck) -> [String] {
    var lines: [String] = []
    for step in check.steps {
      switch step {
      case .kept(let index, _):
        let text = check.expected[index].text
        let isTyped = lines.isEmpty && Prompt.further.typed(text) != nil
        lines.append(isTyped ? LinePattern.gap + text : text)
      case .elision, .elided:
        // Once more behind a line that it does not stand for.
        if lines.last != LinePattern.elision { lines.append(LinePattern.elision) }
      case .extra(let index):
        lines.append(LinePattern.text(matching: check.actual[index], isFirst: lines.isEmpty))
      case .missing: break
      }
    }
    return lines
  }
}

/// The lines of a document with their ends, byte for byte.
private struct RawLines {
  private var lines: [[UInt8]]
  /// What ends a line of ours: as most lines do.
  private let lineEnd: [UInt8]

  init(_ bytes: [UInt8]) {
    let newline = UInt8(ascii: "\n")
    lines = bytes.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
    for index in lines.indices.dropLast() { lines[index].append(newline) }
    let returns = lines.count { $0.suffix(2) == [UInt8(ascii: "\r"), newline] }
    lineEnd = returns * 2 > lines.count ? [UInt8(ascii: "\r"), newline] : [newline]
  }

  var bytes: [UInt8] { Array(lines.joined()) }

  mutating func replace(_ range: Range<Int>, with texts: [String], indent: String) {
    lines.replaceSubrange(
      range, with: texts.map { Array(($0.isEmpty ? "" : indent + $0).utf8) + lineEnd })
  }
}
