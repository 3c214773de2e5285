/// Text that waits, to be taken out by whole lines, in the order in which it came.
struct LineQueue {
  private var bytes: [UInt8] = []
  /// Where what is left begins.
  private var start = 0
  /// Where what is after the last newline begins.
  private var unended = 0

  private static let newline = UInt8(ascii: "\n")

  var count: Int { bytes.count - start }

  /// Whether there is a whole line.
  var hasLine: Bool { unended > start }

  mutating func append(_ text: UnsafeRawBufferPointer) {
    if let last = text.lastIndex(of: Self.newline) { unended = bytes.count + last + 1 }
    bytes.append(contentsOf: text)
  }

  /// Ends the last line, if that has begun.
  mutating func endLine() {
    guard unended < bytes.count else { return }
    bytes.append(Self.newline)
    unended = bytes.count
  }

  /// Takes whole lines; not many more bytes than wanted, unless a line is longer.
  mutating func takeLines(about wanted: Int) -> [UInt8] {
    guard hasLine else { return [] }
    var end = unended
    if end - start > wanted {
      end = bytes[(start + wanted)..<end].firstIndex(of: Self.newline).map { $0 + 1 } ?? end
    }
    return take(to: end)
  }

  /// Takes everything, the beginning of a line too.
  mutating func takeAll() -> [UInt8] { take(to: bytes.count) }

  private mutating func take(to end: Int) -> [UInt8] {
    let taken = Array(bytes[start..<end])
    start = end
    // Not each time: with much text, all that is left would be moved for each piece.
    if start > bytes.count / 2 {
      bytes.removeFirst(start)
      (start, unended) = (0, max(0, unended - end))
    }
    return taken
  }
}
