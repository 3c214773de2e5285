/// Takes away from bytes what could do something to a terminal but show a character.
///
/// Control characters but newline and tab become `^[` and the like, as in `cat -v`; a carriage return before a newline goes;
/// what is no UTF-8, and the control characters of two bytes (U+0080 to U+009F), become U+FFFD. Bytes may come
/// in pieces, cut anywhere.
struct TerminalCleaner {
  /// The beginning of a character whose rest has not come yet: at most three bytes.
  private var incomplete: [UInt8] = []
  /// How many bytes are missing of it.
  private var missing = 0
  /// What its next byte must be.
  private var next: ClosedRange<UInt8> = 0x80...0xBF
  /// Whether the last byte was a carriage return, which depends on what follows.
  private var holdsReturn = false

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Cleans the next bytes.
  mutating func clean(_ bytes: UnsafeRawBufferPointer, into result: inout [UInt8]) {
    var position = 0
    while position < bytes.count {
      let plain = bytes[position...].prefix(while: Self.isPlain)
      if !plain.isEmpty, missing == 0, !holdsReturn {
        result.append(contentsOf: plain)
        position = plain.endIndex
      } else {
        take(bytes[position], into: &result)
        position += 1
      }
    }
  }

  /// Nothing follows: a character that was cut off is none.
  ///
  /// A carriage return at the end is dropped, for a newline will follow.
  mutating func finish(into result: inout [UInt8]) {
    endIncomplete(into: &result)
    holdsReturn = false
  }

  /// What is shown as it is and needs no look at what is before or behind it.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
  }

  private mutating func take(_ byte: UInt8, into result: inout [UInt8]) {
    if missing > 0 {
      if next.contains(byte) { return takeRest(byte, into: &result) }
      endIncomplete(into: &result)
    }
    if holdsReturn {
      holdsReturn = false
      if byte != UInt8(ascii: "\n") { result += "^M".utf8 }
    }
    switch byte {
    case UInt8(ascii: "\r"): holdsReturn = true
    case _ where Self.isPlain(byte): result.append(byte)
    case ..<0x80: result += [UInt8(ascii: "^"), byte ^ 0x40]
    default: begin(byte, into: &result)
    }
  }

  /// The first byte of a character of several (Unicode, table 3-7).
  private mutating func begin(_ byte: UInt8, into result: inout [UInt8]) {
    switch byte {
    case 0xC2...0xDF: (missing, next) = (1, 0x80...0xBF)
    case 0xE0: (missing, next) = (2, 0xA0...0xBF)
    case 0xED: (missing, next) = (2, 0x80...0x9F)
    case 0xE1...0xEF: (missing, next) = (2, 0x80...0xBF)
    case 0xF0: (missing, next) = (3, 0x90...0xBF)
    case 0xF1...0xF3: (missing, next) = (3, 0x80...0xBF)
    case 0xF4: (missing, next) = (3, 0x80...0x8F)
    default: return result += Self.replacement
    }
    incomplete = [byte]
  }

  private mutating func takeRest(_ byte: UInt8, into result: inout [UInt8]) {
    incomplete.append(byte)
    (missing, next) = (missing - 1, 0x80...0xBF)
    guard missing == 0 else { return }
    let isControl = incomplete[0] == 0xC2 && byte < 0xA0
    result += isControl ? Self.replacement : incomplete
    incomplete = []
  }

  private mutating func endIncomplete(into result: inout [UInt8]) {
    if missing > 0 { result += Self.replacement }
    (incomplete, missing) = ([], 0)
  }
}
