extension Screen {
  mutating func setMode(_ mode: Int) {
    modes.insert(mode)
    if Self.alternateModes.contains(mode), main == nil {
      let place = SavedCursor(cursor: cursor, isWrapPending: isWrapPending, style: style)
      main = MainScreen(lines: lines, saved: place)
      lines = Array(repeating: Line(columns: columns), count: rows)
    }
  }

  mutating func resetMode(_ mode: Int) {
    modes.remove(mode)
    guard Self.alternateModes.contains(mode), let main else { return }
    self.main = nil
    lines = main.lines
    move(toRow: main.saved.cursor.row)
    move(toColumn: main.saved.cursor.column)
    isWrapPending = main.saved.isWrapPending && cursor == main.saved.cursor
    style = main.saved.style
  }

  private static let alternateModes: Set = [47, 1047, 1049]

  // MARK: Looks

  mutating func setStyle(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case -1, 0: style = .plain
      case 1: style.isBold = true
      case 2: style.isDim = true
      case 4: style.isUnderlined = true
      case 7: style.isReversed = true
      case 22: (style.isBold, style.isDim) = (false, false)
      case 24: style.isUnderlined = false
      case 27: style.isReversed = false
      case 30...37: style.color = number - 30
      case 38: style.color = Self.longColor(&rest)
      case 48: _ = Self.longColor(&rest)
      case 39: style.color = nil
      case 90...97: style.color = number - 90 + 8
      default: break
      }
    }
  }

  /// One of 256 colours, or of all of them.
  private static func longColor(_ rest: inout ArraySlice<Int>) -> Int {
    switch rest.popFirst() {
    case 5: return rest.popFirst() ?? -1
    case 2: rest = rest.dropFirst(3)
    default: break
    }
    return -1
  }
}
