/// A key, as a person calls it.
enum Key: Equatable, Sendable {
  case enter, tab, escape, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case shiftTab
  case control(Character)
  case alt(Character)
  case altEnter
  case controlLeft, controlRight

  /// What an xterm sends for it; `application`: the program has asked for the other form of the arrow keys.
  func bytes(application: Bool) -> [UInt8] { Array(text(application ? "O" : "[").utf8) }

  private func text(_ introducer: String) -> String {
    switch self {
    case .enter: "\r"
    case .tab: "\t"
    case .escape: "\u{1B}"
    case .backspace: "\u{7F}"
    case .delete: "\u{1B}[3~"
    case .up: "\u{1B}\(introducer)A"
    case .down: "\u{1B}\(introducer)B"
    case .right: "\u{1B}\(introducer)C"
    case .left: "\u{1B}\(introducer)D"
    case .home: "\u{1B}\(introducer)H"
    case .end: "\u{1B}\(introducer)F"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    case .shiftTab: "\u{1B}[Z"
    case .control(let letter): Self.control(letter)
    case .alt(let letter): "\u{1B}\(letter)"
    case .altEnter: "\u{1B}\r"
    case .controlLeft: "\u{1B}[1;5D"
    case .controlRight: "\u{1B}[1;5C"
    }
  }

  private static func control(_ letter: Character) -> String {
    String(Unicode.Scalar((letter.asciiValue ?? 0) & 0x1F))
  }
}
