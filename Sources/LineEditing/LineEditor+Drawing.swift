/// Drawing what libedit does not, or draws wrong.
extension LineEditor {
  /// How the screen looks up to a place of the line.
  private func layout(of text: ArraySlice<Unicode.Scalar>, columns: Int) -> Layout {
    var layout = Layout(columns: columns)
    layout.put(shownPrompt, width: TerminalDevice.width)
    layout.put(text, width: TerminalDevice.width)
    return layout
  }

  /// The row of the cursor, counted from the one where the prompt begins.
  private var cursorRow: Int {
    let (rows, columns) = drawnSize
    let (text, cursor) = line.line
    let layout = layout(of: text[..<cursor], columns: columns)
    let next = cursor < text.count ? text[cursor] : " "
    let isPushed = next != "\n" && next != "\t" && layout.wraps(width: TerminalDevice.width(next))
    return min(layout.row + (isPushed ? 1 : 0), rows - 1)
  }

  /// Erases prompt and line, and leaves the cursor where the prompt began.
  ///
  /// Notices on the way if the terminal has another size by now.
  func erase() {
    var row = cursorRow
    let size = TerminalDevice.size
    if size != drawnSize {
      if rewrapsLines { row = reflowed.cursorRow(columns: size.columns) }
      row = min(row, size.rows - 1)
      line.resize()
      drawnSize = size
    }
    // The first row by itself: tmux takes an erasing of the whole screen for one worth keeping, and scrolls it back.
    line.write((row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[K\u{1B}[C\u{1B}[J\r")
    shownHint = 0
  }

  /// Draws prompt and line anew.
  func repaint() {
    erase()
    line.redraw()
  }

  private var reflowed: Reflow {
    let (text, cursor) = line.line
    let next = text[cursor...].first ?? (shownHint > 0 ? " " : "\n")
    let following =
      next == "\n" ? nil : next == "\t" ? 1 : TerminalDevice.width(next)
    return Reflow(
      shownPrompt + text[..<cursor], following: following,
      drawnFor: drawnSize.columns, width: TerminalDevice.width)
  }

  /// Whether libedit may have drawn wrong: what it inserts or deletes in a line of several rows, or among characters
  /// that are not one column wide, can hide what stands behind.
  var mayBeDamaged: Bool {
    let text = line.line.text
    let layout = layout(of: text[...], columns: drawnSize.columns)
    return layout.row > 0 || text.contains { $0.value >= 0x80 && TerminalDevice.width($0) != 1 }
  }

  /// Shows text above the line, which stays as it is.
  ///
  /// - Parameter text: Whole lines.
  func showAbove(_ text: [UInt8]) {
    erase()
    line.write(text)
    line.redraw()
    drawHint()
    lastShown = TerminalDevice.milliseconds
  }

  /// The terminal may have another size.
  func resized() {
    guard TerminalDevice.size != drawnSize else { return }
    repaint()
    drawHint()
  }

  /// Puts the cursor behind the last character, on the screen too.
  func goToEnd() {
    eraseHint()
    let (text, cursor) = line.line
    guard cursor < text.count || mayBeDamaged else { return }
    erase()
    line.move(text.count - cursor)
    line.redraw()
    if line.line.cursor < text.count { leaveLastCharacter(of: text) }
  }

  /// In vi's command mode each redraw puts the cursor onto the last character: it gets one more to stand on, which
  /// then goes again.
  private func leaveLastCharacter(of text: [Unicode.Scalar]) {
    erase()
    line.move(1)
    line.insert([" "])
    line.redraw()
    line.replace(with: text)
  }

  // MARK: The hint

  /// The rest of the line in the history, if the cursor is at the end of the line.
  var currentHint: Substring? {
    let (text, cursor) = line.line
    guard usesColor, cursor == text.count, !text.isEmpty else { return nil }
    return hint.text(for: String(String.UnicodeScalarView(text)), in: history)
  }

  /// Draws the hint, as much as fits on the row, and puts the cursor back.
  func drawHint() {
    guard let hint = currentHint else { return }
    let columns = drawnSize.columns
    let layout = layout(of: line.line.text[...], columns: columns)
    var (shown, width) = (String.UnicodeScalarView(), 0)
    for scalar in hint.unicodeScalars {
      let next = TerminalDevice.width(scalar)
      // Never the last column: the cursor could not be brought back over the margin.
      guard scalar != "\n", scalar != "\t", layout.column + width + next < columns else { break }
      shown.append(scalar)
      width += next
    }
    guard width > 0 else { return }
    line.write("\u{1B}[90m\(String(shown))\u{1B}[39m\u{1B}[\(width)D")
    shownHint = width
  }

  func eraseHint() {
    guard shownHint > 0 else { return }
    line.write("\u{1B}[K")
    shownHint = 0
  }
}
