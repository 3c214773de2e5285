/// Lines out of a text already in memory, as of `-c`.
package final class TextSource: LineSource {
  package let name: String
  private let bytes: [UInt8]
  private var position = 0

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  package convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  package func nextLine(continuing: Bool) -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let rest = bytes[position...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    defer { position = end + 1 }
    return Array(rest[..<end])
  }

  package func nextLines(continuing: Bool) -> [UInt8]? {
    let lines = bytes.withUnsafeBytes { bytes in
      LineChunk.prefix(of: UnsafeRawBufferPointer(rebasing: bytes[min(position, bytes.count)...]))
        .map(Array.init)
    }
    if let lines {
      position += lines.count
      return lines
    }
    guard let line = nextLine(continuing: continuing) else { return nil }
    return line + [UInt8(ascii: "\n")]
  }
}
