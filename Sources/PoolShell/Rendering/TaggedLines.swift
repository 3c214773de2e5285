/// Puts a tag and a tab before each line, as GNU parallel's `--tag` does.
///
/// The last line gets a newline if it has none: the next tag must not stand in it.
final class TaggedLines {
  private let tag: [UInt8]
  private var isInLine = false

  init(_ tag: String) { self.tag = Array(tag.utf8) + [UInt8(ascii: "\t")] }

  /// The next bytes with the tags that belong to them.
  func tagged(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var tagged: [UInt8] = []
    tagged.reserveCapacity(bytes.count + 2 * tag.count)
    for byte in bytes {
      if !isInLine { tagged += tag }
      tagged.append(byte)
      isInLine = byte != UInt8(ascii: "\n")
    }
    return tagged
  }

  /// What ends the last line.
  func end() -> [UInt8] {
    defer { isInLine = false }
    return isInLine ? [UInt8(ascii: "\n")] : []
  }

  /// A whole text; an empty one is an empty line.
  static func text(_ text: String, tag: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(tag)\t\($0)" }
      .joined(separator: "\n")
  }
}

extension Output.Writer {
  /// Has something written with a tag before each line of either stream.
  ///
  /// - Parameters:
  ///   - tag: What comes before the tab.
  ///   - errorsOnly: Whether standard output gets exactly what is written.
  ///   - body: Writes; without colours, as each line is bytes like any other.
  /// - Throws: What `body` throws, and what writing does.
  func tagged(
    _ tag: String, errorsOnly: Bool = false, _ body: (Output.Writer) throws -> Void
  ) throws {
    let (output, errors) = (TaggedLines(tag), TaggedLines(tag))
    let writer = Output.Writer(
      out: { bytes in
        if errorsOnly { return try out(bytes) }
        try output.tagged(bytes).withUnsafeBytes { try out($0) }
      },
      err: { bytes in errors.tagged(bytes).withUnsafeBytes { err($0) } })
    try body(writer)
    try output.end().withUnsafeBytes { if !$0.isEmpty { try out($0) } }
    errors.end().withUnsafeBytes { if !$0.isEmpty { err($0) } }
  }
}
