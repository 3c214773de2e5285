/// The text that a command was read from, kept as long as the command may still report an error.
///
/// Commands read from lines that came together share one: a unit for each line, with a copy of the line, took 1,300
/// instructions a line.
package final class SourceUnit: Sendable {
  /// How messages call the text: a file's path as given, `-c`, or `stdin`.
  package let name: String
  /// The number of the unit's first line in its file, from 1.
  package let firstLine: Int
  /// Whole lines, as read, each ended by a newline.
  package let bytes: [UInt8]

  package init(name: String, firstLine: Int, bytes: [UInt8]) {
    self.name = name
    self.firstLine = firstLine
    self.bytes = bytes
  }

  /// The text of a range, as it was written.
  package func text(_ range: SourceRange) -> String {
    bytes.withUnsafeBufferPointer {
      String(checked: UnsafeBufferPointer(rebasing: $0[Int(range.start)..<Int(range.end)]))
    }
  }

  /// Where a byte stands, for people: line and column from 1, the column counted in characters.
  package func place(of offset: Int32) -> Place {
    let target = min(Int(offset), bytes.count)
    var line = firstLine
    var lineStart = 0
    for index in 0..<target where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    let lineEnd = bytes[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    let before = String(decoding: bytes[lineStart..<target], as: UTF8.self)
    return Place(
      file: name, line: line, column: before.count + 1,
      text: String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self))
  }
}

/// A line and a column, with the line's text to show under an error.
package struct Place: Sendable, Equatable {
  package var file: String
  package var line: Int
  package var column: Int
  package var text: String
}
