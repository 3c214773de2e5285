extension Unicode.Scalar {
  /// How many cells it takes on a terminal: 0 for a mark that joins the character before it.
  package var cells: Int {
    if value < 0x300 { return 1 }
    if isZeroWidth { return 0 }
    return Self.wide.contains { $0.contains(value) } || isWideEmoji ? 2 : 1
  }

  private var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: true
    default: (0x1160...0x11FF).contains(value)  // vowels and ends of Hangul syllables
    }
  }

  /// Flags are two letters of one cell each.
  private var isWideEmoji: Bool {
    properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(value)
  }

  /// East Asian Wide and Fullwidth.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
