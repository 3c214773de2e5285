extension Screen {
  mutating func escape(_ name: String) {
    switch name {
    case "7": saveCursor()
    case "8": restoreCursor()
    case "D": lineFeed()
    case "E":
      lineFeed()
      move(toColumn: 0)
    case "M": reverseLineFeed()
    case "c": self = Screen(columns: columns, rows: rows, reflow: reflow)
    case "=", ">", "\\", "H", "(B", "(0", ")B", ")0": break
    default: unknown.append("ESC " + name)
    }
  }

  mutating func sequence(_ marker: Character?, _ numbers: [Int], _ final: String) {
    // A number that is left out, or 0, is 1 for everything that counts.
    let count = max(1, numbers.first ?? 1)
    switch (marker, final) {
    case (nil, "A"): move(toRow: max(cursor.row - count, highestRow))
    case (nil, "B"), (nil, "e"): move(toRow: min(cursor.row + count, lowestRow))
    case (nil, "C"), (nil, "a"): move(toColumn: cursor.column + count)
    case (nil, "D"): move(toColumn: cursor.column - count)
    case (nil, "E"): move(to: cursor.row + count, 0)
    case (nil, "F"): move(to: cursor.row - count, 0)
    case (nil, "G"), (nil, "`"): move(toColumn: count - 1)
    case (nil, "d"): move(toRow: count - 1)
    case (nil, "H"), (nil, "f"):
      move(to: count - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
    case (nil, "I"): move(toColumn: (cursor.column / 8 + count) * 8)
    case (nil, "Z"): move(toColumn: ((cursor.column + 7) / 8 - count) * 8)
    case (nil, "m"): setStyle(numbers)
    case ("?", "h"): for mode in numbers { setMode(mode) }
    case ("?", "l"): for mode in numbers { resetMode(mode) }
    case (nil, "h"), (nil, "l"): if numbers.contains(4) { isInserting = final == "h" }
    case (nil, "s"): saveCursor()
    case (nil, "u"): restoreCursor()
    case (nil, "r"): setRegion(numbers)
    case (nil, "n"), (nil, "c"), (nil, "t"), (">", _), ("=", _), (nil, "!p"), (nil, " q"): break
    default:
      if marker != nil || !edit(count, numbers.first ?? 0, final) { note(marker, numbers, final) }
    }
  }

  /// What changes the text.
  ///
  /// - Returns: Whether there is such a sequence.
  private mutating func edit(_ count: Int, _ number: Int, _ final: String) -> Bool {
    switch final {
    case "J": eraseScreen(number)
    case "K": eraseLine(number)
    case "X": eraseHere(cursor.column..<min(columns, cursor.column + count))
    case "@": changeLine { $0.insertEmpty(count, at: $1) }
    case "P": changeLine { $0.delete(count, at: $1) }
    case "L": if region.contains(cursor.row) { scrollDown(count, in: fromCursor) }
    case "M": if region.contains(cursor.row) { scrollUp(count, in: fromCursor) }
    case "S": scrollUp(count, in: region)
    case "T": scrollDown(count, in: region)
    default: return false
    }
    return true
  }

  private mutating func note(_ marker: Character?, _ numbers: [Int], _ final: String) {
    let list = numbers.map { $0 < 0 ? "" : String($0) }.joined(separator: ";")
    unknown.append("CSI " + (marker.map(String.init) ?? "") + list + final)
  }

  // MARK: Places

  private mutating func move(to row: Int, _ column: Int) {
    move(toRow: row)
    move(toColumn: column)
  }

  /// A move stops at the border of the rows that scroll.
  private var highestRow: Int { cursor.row >= region.lowerBound ? region.lowerBound : 0 }
  private var lowestRow: Int { cursor.row < region.upperBound ? region.upperBound - 1 : rows - 1 }

  private var fromCursor: Range<Int> { cursor.row..<region.upperBound }

  private mutating func setRegion(_ numbers: [Int]) {
    let top = max(1, numbers.first ?? 1) - 1
    let bottom = numbers.count > 1 && numbers[1] > 0 ? min(numbers[1], rows) : rows
    guard top < bottom - 1 else { return }
    region = top..<bottom
    move(to: 0, 0)
  }

  private mutating func saveCursor() {
    saved = SavedCursor(cursor: cursor, isWrapPending: isWrapPending, style: style)
  }

  private mutating func restoreCursor() {
    move(to: saved.cursor.row, saved.cursor.column)
    (isWrapPending, style) = (saved.isWrapPending, saved.style)
  }

  // MARK: Erasing

  private mutating func eraseScreen(_ which: Int) {
    switch which {
    case 1:
      for row in 0..<cursor.row { lines[row] = Line(columns: columns) }
      eraseLine(1)
    case 2: for row in 0..<rows { lines[row] = Line(columns: columns) }
    case 3: scrolledBack = []
    default:
      if cursor == Position(row: 0, column: 0) { keepWhatIsErased() }
      eraseLine(0)
      for row in cursor.row + 1..<max(rows, cursor.row + 1) { lines[row] = Line(columns: columns) }
    }
    isWrapPending = false
  }

  /// As tmux does when everything is erased from the first place on.
  private mutating func keepWhatIsErased() {
    guard reflow == .wrapsAgain, main == nil else { return }
    let used = (lines.lastIndex { !$0.text.isEmpty } ?? -1) + 1
    scrolledBack += lines[..<used]
  }

  private mutating func eraseLine(_ which: Int) {
    switch which {
    case 1: eraseHere(0..<cursor.column + 1)
    case 2: eraseHere(0..<columns)
    default: eraseHere(cursor.column..<columns)
    }
  }

  private mutating func eraseHere(_ range: Range<Int>) {
    lines[cursor.row].erase(range)
    if range.upperBound == columns { lines[cursor.row].wraps = false }
    isWrapPending = false
  }

  private mutating func changeLine(_ change: (inout Line, Int) -> Void) {
    change(&lines[cursor.row], cursor.column)
    lines[cursor.row].wraps = false
    isWrapPending = false
  }
}
