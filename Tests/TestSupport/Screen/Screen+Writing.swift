extension Screen {
  mutating func perform(_ action: SequenceParser.Action) {
    switch action {
    case .print(let scalar): write(scalar)
    case .control(let byte): control(byte)
    case .escape(let name): escape(name)
    case .sequence(let marker, let numbers, let final): sequence(marker, numbers, final)
    }
  }

  // MARK: Characters

  mutating func write(_ scalar: Unicode.Scalar) {
    let width = scalar.cells
    guard width > 0 else { return combine(scalar) }
    // A wide character at the margin goes to the next row as a whole.
    if isWrapPending || (cursor.column + width > columns && modes.contains(7)) { wrap() }
    let column = min(cursor.column, max(0, columns - width))
    if isInserting { lines[cursor.row].insertEmpty(width, at: column) }
    put(scalar, width, at: column)
    move(toColumn: column + width)
    if column + width >= columns { isWrapPending = modes.contains(7) }
  }

  private mutating func put(_ scalar: Unicode.Scalar, _ width: Int, at column: Int) {
    let end = min(column + width, columns)
    lines[cursor.row].erase(column..<end)
    lines[cursor.row].cells[column] = Cell(text: String(scalar), width: width, style: style)
    if end - column == 2 {
      lines[cursor.row].cells[column + 1] = Cell(text: "", width: 0, style: style)
    }
  }

  /// A mark joins the character to the left of the cursor.
  private mutating func combine(_ scalar: Unicode.Scalar) {
    var column = isWrapPending ? cursor.column : cursor.column - 1
    if column > 0, lines[cursor.row].cells[column].width == 0 { column -= 1 }
    guard column >= 0, !lines[cursor.row].cells[column].text.isEmpty else { return }
    lines[cursor.row].cells[column].text.unicodeScalars.append(scalar)
  }

  private mutating func wrap() {
    lines[cursor.row].wraps = true
    lineFeed()
    move(toColumn: 0)
  }

  // MARK: Control characters

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bells += 1
    case 0x08: move(toColumn: cursor.column - 1)
    case 0x09: move(toColumn: (cursor.column / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C: lineFeed()
    case 0x0D: move(toColumn: 0)
    default: break
    }
  }

  /// Goes to the next row; at the bottom everything moves up.
  mutating func lineFeed() {
    if cursor.row == region.upperBound - 1 {
      scrollUp(1, in: region)
    } else if cursor.row < rows - 1 {
      cursor.row += 1
    }
  }

  mutating func reverseLineFeed() {
    if cursor.row == region.lowerBound {
      scrollDown(1, in: region)
    } else {
      move(toRow: cursor.row - 1)
    }
  }

  // MARK: Places

  mutating func move(toColumn column: Int) {
    cursor.column = min(max(0, column), columns - 1)
    isWrapPending = false
  }

  mutating func move(toRow row: Int) {
    cursor.row = min(max(0, row), rows - 1)
    isWrapPending = false
  }

  // MARK: Rows

  /// What leaves the screen itself at its top can still be looked at.
  mutating func scrollUp(_ count: Int, in region: Range<Int>) {
    for _ in 0..<min(count, region.count) {
      let line = lines.remove(at: region.lowerBound)
      if region.lowerBound == 0, region == self.region, main == nil { scrolledBack.append(line) }
      lines.insert(Line(columns: columns), at: region.upperBound - 1)
    }
  }

  mutating func scrollDown(_ count: Int, in region: Range<Int>) {
    for _ in 0..<min(count, region.count) {
      lines.remove(at: region.upperBound - 1)
      lines.insert(Line(columns: columns), at: region.lowerBound)
    }
  }
}
