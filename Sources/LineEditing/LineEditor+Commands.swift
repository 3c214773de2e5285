/// The commands that are ours, and the keys they are bound to.
extension LineEditor {
  func bindKeys() {
    decoder.takesAltEnter = !line.isVi
    for key in [Key.up, .down, .right, .home, .end, .newline, .paste] { line.bind(key.rawValue) }
    line.bind(Key.left.rawValue, to: "ed-prev-char")
    line.bind(Key.delete.rawValue, to: "ed-delete-next-char")
    line.bind(Key.wordLeft.rawValue, to: "ed-prev-word")
    line.bind(Key.wordRight.rawValue, to: line.isVi ? "vi-next-word" : "em-next-word")
    line.bind(Key.deleteWord.rawValue, to: "em-delete-next-word")
    for key in [
      Control.tab, Control.carriageReturn, Control.lineFeed, Control.d, Control.r, Control.p,
      Control.n,
    ] {
      line.bind(key)
    }
    if line.isVi {
      for letter in "jk".unicodeScalars { line.bindInCommandMode(letter.value) }
      // libedit would run vi and wait for it, whoever stops it: after Ctrl-Z there nobody goes on.
      line.unbindInCommandMode(UInt32(UInt8(ascii: "v")))
      // Nothing is completed there, as in readline: the cursor stands on the word's last character, not behind it.
      line.unbindInCommandMode(Control.tab)
    } else {
      for key in [Control.a, Control.e, Control.f] { line.bind(key) }
    }
  }

  func perform(key: UInt32) -> EditLine.After {
    switch key {
    case Key.up.rawValue: goUp()
    case Key.down.rawValue: goDown()
    case Control.p, UInt32(UInt8(ascii: "k")): goToOlder(beginningAlike: false)
    case Control.n, UInt32(UInt8(ascii: "j")): goToNewer(beginningAlike: false)
    case Key.right.rawValue, Control.f: goRight()
    case Key.home.rawValue, Control.a: goToLineStart()
    case Key.end.rawValue, Control.e: goToLineEnd()
    case Key.newline.rawValue: insert("\n")
    case Key.paste.rawValue: paste()
    case Control.tab: completeWord()
    case Control.carriageReturn, Control.lineFeed: accept()
    case Control.d: deleteOrEnd()
    case Control.r: search()
    default: .beep
    }
  }

  private func accept() -> EditLine.After {
    goToEnd()
    line.write("\r\n")
    line.insert(["\n"])  // without it libedit has read nothing
    outcome = .line(acceptedText)
    return .newline
  }

  /// The line, once it ends with a newline, without that and without C1 control characters.
  var acceptedText: String {
    let text = line.line.text.dropLast()
    return String(String.UnicodeScalarView(text.filter { !(0x80..<0xA0).contains($0.value) }))
  }

  private func deleteOrEnd() -> EditLine.After {
    let (text, cursor) = line.line
    if text.isEmpty {
      line.write("\r\n")
      outcome = .end
      return .end
    }
    guard cursor < text.count else { return completeWord() }
    line.move(1)
    line.delete(1)
    return .refresh
  }

  func insert(_ text: String) -> EditLine.After {
    line.insert(text.unicodeScalars)
    return .refresh
  }

  private func paste() -> EditLine.After {
    guard let pasted else { return .beep }
    self.pasted = nil
    insertAndRedraw(pasted)
    return .nothing
  }

  func insertAndRedraw(_ text: String) {
    erase()
    line.insert(text.unicodeScalars)
    line.redraw()
  }

  /// Puts another text in the place of the line, with the cursor at its end.
  func replaceLine(with text: some StringProtocol, cursor: Int? = nil) {
    line.replace(with: text.unicodeScalars)
    if let cursor { line.move(cursor - text.unicodeScalars.count) }
  }

  var text: String { String(String.UnicodeScalarView(line.line.text)) }

  // MARK: Moving

  private func goRight() -> EditLine.After {
    let (text, cursor) = line.line
    if cursor < text.count {
      line.move(1)
      return .refresh
    }
    return takeHint()
  }

  private func takeHint() -> EditLine.After {
    guard let hint = currentHint else { return .beep }
    return insert(String(hint))
  }

  private func goToLineStart() -> EditLine.After {
    let (text, cursor) = line.line
    let start = text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    line.move(start - cursor)
    return .refresh
  }

  private func goToLineEnd() -> EditLine.After {
    let (text, cursor) = line.line
    if cursor == text.count, currentHint != nil { return takeHint() }
    line.move((text[cursor...].firstIndex(of: "\n") ?? text.count) - cursor)
    return .refresh
  }

  // MARK: Up and down

  /// Up within a text of several lines; from its first line, into the history.
  private func goUp() -> EditLine.After {
    let (text, cursor) = line.line
    // While one walks, each Up is the next older text, however many lines it has.
    guard walk?.shown != self.text, let end = text[..<cursor].lastIndex(of: "\n") else {
      return goToOlder()
    }
    let start = text[..<end].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    line.move(min(start + cursor - end - 1, end) - cursor)
    return .refresh
  }

  private func goDown() -> EditLine.After {
    let (text, cursor) = line.line
    guard walk?.shown != self.text, let end = text[cursor...].firstIndex(of: "\n") else {
      return goToNewer()
    }
    let start = text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let nextEnd = text[(end + 1)...].firstIndex(of: "\n") ?? text.count
    line.move(min(end + 1 + cursor - start, nextEnd) - cursor)
    return .refresh
  }

  private func goToOlder(beginningAlike: Bool = true) -> EditLine.After {
    go(beginningAlike) { $0.older(in: $1) }
  }

  private func goToNewer(beginningAlike: Bool = true) -> EditLine.After {
    go(beginningAlike) { $0.newer(in: $1) }
  }

  /// A step through the history; through all of it, or only lines that begin like what stands before the cursor.
  private func go(
    _ beginningAlike: Bool, _ step: (inout HistoryWalk, HistoryList) -> String?
  ) -> EditLine.After {
    let (scalars, cursor) = line.line
    let typed = text
    let prefix = beginningAlike ? String(String.UnicodeScalarView(scalars[..<cursor])) : ""
    var walk =
      walk.flatMap { $0.shown == typed ? $0 : nil }
      ?? HistoryWalk(typed: typed, prefix: prefix, in: history)
    guard let entry = step(&walk, history) else { return .beep }
    replaceAndRepaint(entry)
    self.walk = walk
    return .nothing
  }

  /// Replaces the line, whose new text may have fewer rows, on the screen too.
  func replaceAndRepaint(_ text: some StringProtocol, cursor: Int? = nil) {
    erase()
    replaceLine(with: text, cursor: cursor)
    line.redraw()
  }
}
