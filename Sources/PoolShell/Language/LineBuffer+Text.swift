/// Taking text.
extension LineBuffer {
  /// The text from the position as far as every character passes; may be empty.
  mutating func take(while passes: (Unicode.Scalar) -> Bool) -> ArraySlice<UInt8> {
    let start = position
    skip(while: passes)
    return bytes[start..<position]
  }

  mutating func skip(while passes: (Unicode.Scalar) -> Bool) {
    var index = position
    while index < end, passes(Unicode.Scalar(bytes[index])) { index += 1 }
    position = index
  }

  /// The whole UTF-8 sequence at the position.
  mutating func takeScalar() -> ArraySlice<UInt8> {
    let start = position
    position = min(position + 1, end)
    skip { (0x80..<0xC0).contains($0.value) }
    return bytes[start..<position]
  }

  func text(from start: Int) -> String {
    bytes.withUnsafeBufferPointer {
      String(checked: UnsafeBufferPointer(rebasing: $0[start..<position]))
    }
  }

  /// Where the character after the one at the position stands, past any joined line ends.
  mutating func offsetOfFollowing() throws -> Int {
    var index = position + 1
    while symbol(at: index) == "\\", symbol(at: index + 1) == "\n" {
      index += 2
      if index == end, try !readLine(continuing: true) { break }
    }
    return index
  }
}
