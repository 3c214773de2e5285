import CPlatform

/// How many columns a text takes on a terminal.
enum DisplayWidth {
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.isAllASCII ? text.utf8.count : text.reduce(0) { $0 + columns($1) }
  }

  /// As many whole characters from the beginning as fit.
  static func prefix(_ text: String, columns limit: Int) -> Substring {
    var rest = limit
    return text.prefix { character in
      rest -= columns(character)
      return rest >= 0
    }
  }

  /// A character of several scalars takes what the terminal that knows least of such gives it: a family of three is
  /// three people.
  private static func columns(_ character: Character) -> Int {
    if let byte = character.asciiValue { return byte < 0x20 ? 2 : 1 }
    return character.unicodeScalars.reduce(0) { columns, scalar in
      // An emoji shown as one (VS16) is wide though the character alone is not.
      if scalar == "\u{FE0F}" { return max(columns, 2) }
      return columns + max(0, Int(cplatform_character_width(scalar.value)))
    }
  }
}

extension String.UnicodeScalarView {
  fileprivate var isAllASCII: Bool { allSatisfy { (0x20...0x7E).contains($0.value) } }
}
