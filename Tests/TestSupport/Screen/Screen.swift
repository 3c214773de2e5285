/// What a person sees: a terminal of the xterm kind, fed with the bytes that a program writes.
///
/// A pure value. It answers no questions (there is nobody to send the answer to), and it ignores what does not
/// change the picture of the text, such as titles. What it does not know is kept in `unknown`.
package struct Screen: Sendable {
  /// A place, counted from 0.
  package struct Position: Hashable, Sendable, CustomStringConvertible {
    package var row: Int
    package var column: Int

    package init(row: Int, column: Int) { (self.row, self.column) = (row, column) }

    package var description: String { "(row \(row), column \(column))" }
  }

  /// What happens to long lines when the window gets another width.
  package enum Reflow: Sendable {
    /// Lines that were wrapped are wrapped again at the new width: tmux, VTE, kitty.
    case wrapsAgain
    /// Rows are cut or filled up: xterm.
    case cuts
  }

  package internal(set) var columns: Int
  package internal(set) var rows: Int
  package let reflow: Reflow
  /// The rows that are to be seen, from the top.
  package internal(set) var lines: [Line]
  /// The rows that have left the screen at the top, oldest first.
  package internal(set) var scrolledBack: [Line] = []
  /// Where the next character goes, unless a wrap is pending.
  package internal(set) var cursor = Position(row: 0, column: 0)
  /// Whether the last column was just written: the next character first goes to the next row.
  package internal(set) var isWrapPending = false
  /// How often the bell has rung.
  package internal(set) var bells = 0
  /// Control sequences that this model does not know.
  package internal(set) var unknown: [String] = []

  var style = Style.plain
  /// The private modes (`CSI ? n h`) that are set: show the cursor, wrap at the margin.
  var modes: Set<Int> = [7, 25]
  var isInserting = false
  /// The rows that scroll.
  var region: Range<Int>
  var saved = SavedCursor()
  /// What comes back when a program leaves the alternate screen.
  var main: MainScreen?
  var parser = SequenceParser()

  struct SavedCursor: Sendable {
    var cursor = Position(row: 0, column: 0)
    var isWrapPending = false
    var style = Style.plain
  }

  struct MainScreen: Sendable {
    var lines: [Line]
    var saved: SavedCursor
  }

  /// Creates an empty screen.
  package init(columns: Int = 80, rows: Int = 24, reflow: Reflow = .wrapsAgain) {
    (self.columns, self.rows, self.reflow) = (columns, rows, reflow)
    lines = Array(repeating: Line(columns: columns), count: rows)
    region = 0..<rows
  }

  /// Shows what a program has written; a character may be cut anywhere between two calls.
  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let action = parser.take(byte) else { continue }
      perform(action)
    }
  }

  /// Shows a text.
  package mutating func feed(_ text: String) { feed(text.utf8) }

  // MARK: What is to be seen

  /// The rows, without spaces at their ends and without empty rows at the end.
  package var text: String { Self.text(of: lines) }

  /// The text of a row, without spaces at its end.
  package func line(_ row: Int) -> String { lines[row].text }

  /// Everything that was ever shown and not overwritten, a line for each line that was written: wrapped rows
  /// are joined.
  package var transcript: [String] {
    var result: [String] = []
    var isContinued = false
    for line in scrolledBack + lines {
      // A wrapped row is full but for a wide character that did not fit.
      let cells = line.wraps ? Array(line.cells[..<line.used]) : line.cells
      let text = cells.map { $0.width == 0 ? "" : $0.text.isEmpty ? " " : $0.text }.joined()
      if isContinued { result[result.count - 1] += text } else { result.append(text) }
      isContinued = line.wraps
    }
    result = result.map { String($0.reversed().drop { $0 == " " }.reversed()) }
    while result.last == "" { result.removeLast() }
    return result
  }

  static func text(of lines: some Sequence<Line>) -> String {
    var rows = lines.map(\.text)
    while rows.last == "" { rows.removeLast() }
    return rows.joined(separator: "\n")
  }

  /// The text in front of the cursor in its row, spaces and all.
  package var textBeforeCursor: String {
    let end = cursor.column + (isWrapPending ? 1 : 0)
    return lines[cursor.row].cells[..<end]
      .map { $0.width == 0 ? "" : $0.text.isEmpty ? " " : $0.text }.joined()
  }

  package var isCursorShown: Bool { modes.contains(25) }
  /// Whether the terminal marks what is pasted.
  package var isPasteBracketed: Bool { modes.contains(2004) }
  /// Whether a program has the whole screen for itself for a while.
  package var isAlternate: Bool { main != nil }
  /// Whether the arrow keys send `ESC O A` and not `ESC [ A`.
  package var hasApplicationKeys: Bool { modes.contains(1) }
}
