/// The lines of a file, or what stands between its NUL bytes.
final class FileItems: ItemSource {
  private let name: String
  private let input: ItemInput
  private let separator: UInt8
  private var buffer: [UInt8] = []
  /// Where the next item begins, and up to where its end was looked for.
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  /// - Throws: `FileSystem.Failure` if the file cannot be read.
  init(_ path: String, isNullSeparated: Bool) throws {
    name = path == ItemInput.standardInput ? "standard input" : path
    input = try ItemInput(path)
    separator = isNullSeparated ? 0 : UInt8(ascii: "\n")
  }

  func next() throws -> NextItem {
    while true {
      if let end = findEnd() {
        defer { start = end + 1 }
        searched = end + 1
        return .item([try text(start..<end)])
      }
      if isAtEnd { return try takeRest() }
      switch try input.next() {
      case .bytes(let bytes): append(bytes)
      case .end: isAtEnd = true
      case .later(let future): return .later(future)
      }
    }
  }

  private func findEnd() -> Int? {
    let end = buffer.withUnsafeBufferPointer { bytes in
      bytes[searched...].firstIndex(of: separator)
    }
    if end == nil { searched = buffer.count }
    return end
  }

  /// What was handed out makes room.
  private func append(_ bytes: [UInt8]) {
    buffer.removeSubrange(..<start)
    searched -= start
    start = 0
    buffer += bytes
  }

  /// What has no end is an item if there is something of it.
  private func takeRest() throws -> NextItem {
    guard start < buffer.count else { return .end }
    defer { start = buffer.count }
    return .item([try text(start..<buffer.count)])
  }

  private func text(_ range: Range<Int>) throws -> String {
    let text = buffer.withUnsafeBufferPointer { bytes in
      let bytes = bytes[range]
      return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }
    guard let text else {
      throw ShellError(
        "\(name): not a text file (invalid UTF-8 or NUL bytes)",
        hint: buffer[range].contains(0) ? "items separated by NUL bytes need -0" : nil)
    }
    return text
  }
}
