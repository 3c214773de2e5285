extension Screen {
  /// Gives the window another size.
  package mutating func resize(columns: Int, rows: Int) {
    let hidden = main?.lines.map { resized($0, columns) }
    if rows != self.rows { resizeHeight(rows) }
    if columns != self.columns { resizeWidth(columns) }
    region = 0..<rows
    if let hidden { main?.lines = Self.fitted(hidden, rows, columns) }
  }

  /// Rows below the cursor go first, then those at the top leave; they come back when there is room again.
  private mutating func resizeHeight(_ height: Int) {
    while lines.count > height, cursor.row < lines.count - 1 { lines.removeLast() }
    while lines.count > height {
      if !isAlternate { scrolledBack.append(lines[0]) }
      lines.removeFirst()
      cursor.row -= 1
    }
    while lines.count < height, !isAlternate, let line = scrolledBack.popLast() {
      lines.insert(line, at: 0)
      cursor.row += 1
    }
    while lines.count < height { lines.append(Line(columns: columns)) }
    rows = height
  }

  private mutating func resizeWidth(_ width: Int) {
    switch isAlternate ? .cuts : reflow {
    case .cuts:
      lines = lines.map { resized($0, width) }
      scrolledBack = scrolledBack.map { resized($0, width) }
      columns = width
      move(toColumn: cursor.column)
    case .wrapsAgain: wrapAgain(width)
    }
  }

  private func resized(_ line: Line, _ columns: Int) -> Line {
    var line = line
    line.resize(columns: columns)
    line.wraps = false
    return line
  }

  /// The main screen is looked at again when the program that has hidden it ends.
  private static func fitted(_ lines: [Line], _ rows: Int, _ columns: Int) -> [Line] {
    let missing = max(0, rows - lines.count)
    return Array(lines.prefix(rows)) + Array(repeating: Line(columns: columns), count: missing)
  }

  // MARK: Wrapping again

  /// Puts the rows of a line together and cuts them anew; the cursor stays at its character, or at the end of
  /// the line.
  private mutating func wrapAgain(_ width: Int) {
    let cursorRow = scrolledBack.count + cursor.row
    var (result, place): ([Line], Position?) = ([], nil)
    var whole: [Cell] = []
    var offset: Int?
    for (row, line) in (scrolledBack + lines).enumerated() {
      if row == cursorRow {
        offset = cursor.column < line.used ? whole.count + cursor.column : .max
      }
      whole += line.cells[..<line.used]
      if line.wraps, row + 1 < scrolledBack.count + lines.count { continue }
      let cut = Self.cut(whole, width)
      if let wanted = offset { place = Self.place(wanted, in: cut, after: result.count) }
      result += cut
      (whole, offset) = ([], nil)
    }
    show(result, width, place ?? Position(row: 0, column: 0))
  }

  /// The last rows are to be seen.
  private mutating func show(_ all: [Line], _ width: Int, _ place: Position) {
    let hidden = max(0, all.count - rows)
    scrolledBack = Array(all[..<hidden])
    lines = Array(all[hidden...])
    while lines.count < rows { lines.append(Line(columns: width)) }
    columns = width
    cursor = place.row < hidden ? Position(row: 0, column: 0) : place
    cursor.row = max(0, place.row - hidden)
    isWrapPending = cursor.column >= width
    cursor.column = min(cursor.column, width - 1)
  }

  /// Cuts a line into rows; a wide character is never cut.
  private static func cut(_ cells: [Cell], _ width: Int) -> [Line] {
    var rows: [[Cell]] = [[]]
    for cell in cells where cell.width > 0 {
      if rows[rows.count - 1].count + cell.width > width { rows.append([]) }
      rows[rows.count - 1].append(cell)
      if cell.width == 2 { rows[rows.count - 1].append(Cell(width: 0, style: cell.style)) }
    }
    return rows.enumerated().map { index, cells in
      var line = Line(columns: width)
      line.cells.replaceSubrange(..<min(cells.count, width), with: cells)
      line.resize(columns: width)
      line.wraps = index < rows.count - 1
      return line
    }
  }

  private static func place(_ offset: Int, in lines: [Line], after count: Int) -> Position {
    var rest = offset
    for (row, line) in lines.enumerated() {
      if rest < line.used { return Position(row: count + row, column: rest) }
      if offset != .max { rest -= line.used }
    }
    return Position(row: count + lines.count - 1, column: lines.last?.used ?? 0)
  }
}
