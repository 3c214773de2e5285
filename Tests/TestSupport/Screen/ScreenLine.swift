extension Screen {
  /// How a character looks.
  package struct Style: Hashable, Sendable {
    package var isBold = false
    package var isDim = false
    package var isUnderlined = false
    package var isReversed = false
    /// The colour's number among the 256, or -1 for any other colour; `nil` is the terminal's own.
    package var color: Int?

    package static let plain = Style()

    /// Whether it is fainter than plain text: dim, or one of the greys.
    package var isGrey: Bool {
      isDim || color == 8 || color.map { (232...255).contains($0) } ?? false
    }

    /// Whether it has a colour that is no grey.
    package var isColored: Bool { color != nil && !isGrey }
  }

  /// One place for a character.
  package struct Cell: Equatable, Sendable {
    /// A character with its combining marks; empty where nothing was written, and in the right half of a wide
    /// character.
    package var text = ""
    /// 2 for a wide character, 0 for the place to the right of one.
    package var width = 1
    package var style = Style.plain

    static let empty = Cell()

    /// Whether nothing was written here.
    var isEmpty: Bool { text.isEmpty && width == 1 }
  }

  /// One row.
  package struct Line: Equatable, Sendable {
    package var cells: [Cell]
    /// Whether the text goes on in the next row because it came to the margin.
    package var wraps = false

    init(columns: Int) { cells = Array(repeating: .empty, count: columns) }

    /// How many cells there are up to the last one that was written.
    var used: Int { (cells.lastIndex { !$0.isEmpty } ?? -1) + 1 }

    /// What is to be seen: without the spaces at the end.
    package var text: String { String(whole.reversed().drop { $0 == " " }.reversed()) }

    /// What is to be seen, spaces at the end and all.
    private var whole: String {
      cells.map { $0.width == 0 ? "" : $0.text.isEmpty ? " " : $0.text }.joined()
    }

    /// The characters of a style, without those of other styles.
    package func text(where isWanted: (Style) -> Bool) -> String {
      cells.filter { isWanted($0.style) }.map(\.text).joined()
    }

    /// Empties a range of columns, with the other halves of wide characters.
    mutating func erase(_ columns: Range<Int>) {
      guard !columns.isEmpty else { return }
      splitWide(at: columns.lowerBound)
      splitWide(at: columns.upperBound)
      for column in columns { cells[column] = .empty }
    }

    /// A wide character on both sides of a border loses both its halves.
    mutating func splitWide(at column: Int) {
      guard cells.indices.contains(column), cells[column].width == 0 else { return }
      cells[column] = .empty
      if column > 0 { cells[column - 1] = .empty }
    }

    /// Makes room: what leaves the row on the right is gone.
    mutating func insertEmpty(_ count: Int, at column: Int) {
      splitWide(at: column)
      let count = min(count, cells.count - column)
      cells.insert(contentsOf: repeatElement(.empty, count: count), at: column)
      splitWide(at: cells.count - count)
      cells.removeLast(count)
    }

    /// Takes characters away; empty places come in from the right.
    mutating func delete(_ count: Int, at column: Int) {
      let count = min(count, cells.count - column)
      splitWide(at: column)
      splitWide(at: column + count)
      cells.removeSubrange(column..<column + count)
      cells += repeatElement(.empty, count: count)
    }

    /// Cuts or fills up.
    mutating func resize(columns: Int) {
      splitWide(at: columns)
      if cells.count > columns { cells.removeLast(cells.count - columns) }
      cells += repeatElement(.empty, count: columns - cells.count)
    }
  }
}
