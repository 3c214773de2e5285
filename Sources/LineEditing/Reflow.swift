/// Where text comes to stand when a terminal that rewraps its lines gets another width.
///
/// Such a terminal (tmux, VTE, kitty) joins rows that ran over the margin, and only those. libedit leaves out the blanks
/// at the end of a row, so a row that ends with one does not run over: for the terminal it is a line of its own.
struct Reflow {
  /// A character on the screen, or the blanks in its place.
  private struct Cell {
    let width: Int
    let isBlank: Bool
  }

  private let columns: Int
  /// The rows as libedit has drawn them, the last one up to the cursor.
  private var rows: [[Cell]] = [[]]
  private var used = 0
  private let following: Int?

  /// - Parameters:
  ///   - text: What stands before the cursor, the prompt included.
  ///   - following: The width of the character behind the cursor; `nil` if nothing is drawn there in its line.
  ///   - columns: The width for which it was drawn.
  ///   - width: How many columns a character takes.
  init(
    _ text: some Sequence<Unicode.Scalar>, following: Int?, drawnFor columns: Int,
    width: (Unicode.Scalar) -> Int
  ) {
    self.following = following
    self.columns = max(1, columns)
    for scalar in text {
      switch scalar {
      case "\n": beginRow()
      case "\t": repeat { put(1, isBlank: true) } while used & 7 != 0
      default:
        let width = width(scalar)
        let isCode = width > 2 || scalar.value < 0x20 || scalar.value == 0x7F
        for _ in 0..<(isCode ? width : 1) {
          put(isCode ? 1 : width, isBlank: scalar == " ")
        }
      }
    }
  }

  private mutating func beginRow() {
    rows.append([])
    used = 0
  }

  private mutating func put(_ width: Int, isBlank: Bool) {
    guard width > 0 else { return }
    if used + width > columns, used > 0 {
      rows[rows.count - 1].append(Cell(width: columns - used, isBlank: true))
      beginRow()
    }
    rows[rows.count - 1].append(Cell(width: width, isBlank: isBlank))
    used += width
    if used >= columns { beginRow() }
  }

  /// The row of the cursor on a screen of another width, counted from the one where the text begins.
  func cursorRow(columns: Int) -> Int {
    var (row, column) = (0, 0)
    for (index, cells) in rows.enumerated() {
      let isLast = index == rows.count - 1
      let runsOver =
        cells.last?.isBlank == false && cells.reduce(0) { $0 + $1.width } >= self.columns
      let blanks = isLast || runsOver ? 0 : cells.reversed().prefix { $0.isBlank }.count
      for cell in cells.dropLast(blanks) {
        if column + cell.width > columns { (row, column) = (row + 1, 0) }
        column += cell.width
      }
      if !isLast, !runsOver { (row, column) = (row + 1, 0) }
    }
    // Where nothing follows the terminal keeps the cursor at the margin. At a margin libedit itself has gone on to the
    // next row, and written a blank there.
    let next = following ?? (rows.last?.isEmpty == true ? 1 : 0)
    return row + (column + next > columns ? 1 : 0)
  }
}

extension Reflow {
  /// Whether the terminal rewraps its lines at all, by the environment.
  ///
  /// Most do. On one that does not, lines above would be erased if it were taken for one that does.
  static func isDoneByTerminal(_ environment: (String) -> String?) -> Bool {
    if environment("TMUX") != nil { return true }  // whatever it runs in
    if environment("STY") != nil || environment("XTERM_VERSION") != nil { return false }
    let name = environment("TERM") ?? ""
    return !["linux", "vt", "rxvt", "screen"].contains { name.hasPrefix($0) }
  }
}
