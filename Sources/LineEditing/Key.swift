/// Keys that are no character, by the codes under which libedit's maps know them.
///
/// C1 control characters, which nobody can type in UTF-8: a map has one entry for each character below 256, so a key
/// needs no escape sequence, which in vi's map would take the Escape key's place.
enum Key: UInt32 {
  case up = 0x80
  case down, left, right, home, end, delete, wordLeft, wordRight, deleteWord
  /// Alt-Enter: a new line within the text.
  case newline
  /// No key, but the end of a paste.
  case paste

  /// A key by its escape sequence: what stands between `ESC [` and the final character, and that.
  init?(parameters: String, final: Unicode.Scalar) {
    let parts = parameters.split(separator: ";", omittingEmptySubsequences: false)
    let isModified = parts.count == 2 && (parts[0].isEmpty || parts[0] == "1")
    switch final {
    case "A": self = .up
    case "B": self = .down
    case "C": self = isModified ? .wordRight : .right
    case "D": self = isModified ? .wordLeft : .left
    case "H": self = .home
    case "F": self = .end
    case "~": self.init(number: parts)
    case "u" where parts.first == "13": self = .newline  // kitty: Enter with a modifier
    default: return nil
    }
  }

  private init?(number parts: [Substring]) {
    switch parts.first {
    case "1", "7": self = .home
    case "4", "8": self = .end
    case "3": self = parts.count == 2 ? .deleteWord : .delete
    case "27" where parts.last == "13": self = .newline  // xterm: Enter with a modifier
    default: return nil
    }
  }
}

/// Control characters by their letters.
enum Control {
  static let a = code("A")
  static let d = code("D")
  static let e = code("E")
  static let f = code("F")
  static let g = code("G")
  static let h = code("H")
  static let n = code("N")
  static let p = code("P")
  static let r = code("R")
  static let s = code("S")
  static let v = code("V")
  static let tab: UInt32 = 0x09
  static let lineFeed: UInt32 = 0x0A
  static let carriageReturn: UInt32 = 0x0D
  static let escape: UInt32 = 0x1B
  static let delete: UInt32 = 0x7F

  private static func code(_ letter: Unicode.Scalar) -> UInt32 { letter.value & 0x1F }
}
