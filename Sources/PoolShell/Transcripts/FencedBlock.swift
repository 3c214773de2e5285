/// A fenced block of a Markdown document (CommonMark 0.31, section 4.5).
package struct FencedBlock: Sendable, Equatable {
  /// What stands behind the opening fence, without the blanks around it.
  package var info: String
  /// The number of the line of the opening fence, from 1.
  package var line: Int
  /// The lines between the fences, without the indentation of the fence.
  package var content: [String] = []
  /// What every line is indented by, for who writes new ones.
  package var indent: String
  /// Whether there is a closing fence.
  package var isClosed = false

  /// The number of the line of a line of `content`.
  package func line(of index: Int) -> Int { line + 1 + index }

  /// The words of `info`.
  package var words: [String] { info.split { $0 == " " || $0 == "\t" }.map(String.init) }

  /// All of a document, in order.
  ///
  /// Blocks in lists count, those in block quotes and comments do not. One that is not closed takes the rest of the document.
  ///
  /// - Parameter lines: Without their newlines.
  /// - Returns: Those that are not closed, too.
  package static func all(in lines: [String]) -> [FencedBlock] {
    var scanner = FenceScanner()
    for line in lines { scanner.take(line) }
    return scanner.blocks
  }
}

/// The lines of a document.
package enum DocumentLines {
  /// The lines of a text without their ends, `\n` or `\r\n`; behind the last one nothing is a line.
  package static func of(_ bytes: some Collection<UInt8>) -> [String] {
    let newline = UInt8(ascii: "\n")
    var lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.enumerated().map { index, line in
      var line = Array(line)
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if index == 0, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      return String(decoding: line, as: UTF8.self)
    }
  }
}
