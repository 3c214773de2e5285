/// Where text comes to stand on the screen, by libedit's rules.
///
/// libedit does not tell on which row of the block of prompt and line its cursor is; whoever wants to write above the
/// block must know.
struct Layout: Equatable {
  /// The width of the screen.
  let columns: Int
  private(set) var row = 0
  private(set) var column = 0

  init(columns: Int) { self.columns = max(1, columns) }

  /// Adds a text.
  ///
  /// - Parameters:
  ///   - text: Its characters.
  ///   - width: How many columns a character takes; not asked for tabs and newlines.
  mutating func put(_ text: some Sequence<Unicode.Scalar>, width: (Unicode.Scalar) -> Int) {
    for scalar in text {
      switch scalar {
      case "\n":
        row += 1
        column = 0
      case "\t": repeat { advance(1) } while column & 7 != 0
      default:
        let width = width(scalar)
        put(width: width, isCode: width > 2 || scalar.value < 0x20 || scalar.value == 0x7F)
      }
    }
  }

  /// A code such as `^A` or `\U+200B` may be cut by the margin, a wide character not.
  private mutating func put(width: Int, isCode: Bool) {
    if !isCode { return advance(width) }
    for _ in 0..<width { advance(1) }
  }

  /// Whether a character of this width would begin on the next row.
  func wraps(width: Int) -> Bool { column + width > columns }

  /// The last column wraps at once.
  private mutating func advance(_ width: Int) {
    guard width > 0 else { return }
    while column + width > columns {
      row += 1
      column = 0
      if width > columns { break }
    }
    column += width
    if column >= columns {
      row += 1
      column = 0
    }
  }
}
