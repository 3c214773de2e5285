/// The line under everything that was written to a terminal: how far the work is.
struct StatusLine {
  /// What it says; `nil` if there is none.
  private(set) var text: String?
  /// How wide it is where it stands on the terminal now; `nil` if it is not shown.
  private(set) var shownColumns: Int?

  /// Changes what it says.
  ///
  /// - Returns: False if it says that already.
  mutating func set(_ line: String?) -> Bool {
    guard line != text else { return false }
    text = line
    return true
  }

  /// What takes it away, with the cursor then at the left margin; empty if it is not shown.
  mutating func erase(columns: Int) -> String {
    guard let shown = shownColumns else { return "" }
    shownColumns = nil
    // A terminal that has become narrower since has put the line on several rows.
    let rowsAbove = max(0, shown - 1) / max(1, columns)
    return rowsAbove == 0 ? "\r\u{1B}[K" : "\u{1B}[\(rowsAbove)A\r\u{1B}[J"
  }

  /// What shows it from the left margin; empty if there is nothing to show.
  ///
  /// The last column stays free: a terminal may wrap as soon as it is written to.
  mutating func draw(columns: Int) -> String {
    guard let text else { return "" }
    let shown = DisplayWidth.prefix(text, columns: max(0, columns - 1))
    shownColumns = DisplayWidth.columns(String(shown))
    return String(shown)
  }
}
