// Quotes, backquotes and comments.

extension ItemPlacer {
  mutating func takeInSingleQuotes() throws {
    if isItem() { return try place(.betweenSingleQuotes) }
    noteNewlineInQuotes()
    if scalar() == "'" { pop() } else { take() }
  }

  mutating func takeInDollarQuotes() throws {
    if isItem() { noteDoubt("a placeholder cannot stand in $'…'", hint: "not every sh knows it") }
    if isItem() { return try place(.bare) }
    if scalar() == "\\" {
      noteDoubt("$'…' with a backslash means different things in different sh")
    }
    if scalar() == "'" { pop() } else { take() }
  }

  mutating func takeInDoubleQuotes() throws {
    if isItem() { return try place(.bare) }
    noteNewlineInQuotes()
    switch scalar() {
    case "\"": pop()
    case "\\": try takeEscaped()
    case "$": try takeDollar(isQuoted: true)
    case "`": openBackquotes()
    default: take()
    }
  }

  /// Shells differ in where a here-document begins if a word goes on in the next line.
  private mutating func noteNewlineInQuotes() {
    guard scalar() == "\n", !announced.isEmpty else { return }
    noteDoubt("a here-document must begin before a quoted newline")
  }

  /// What is referred to in a comment has no effect, whatever it holds.
  mutating func takeInComment() throws {
    if isItem() { return try place(.bare) }
    if scalar() == "\n" { pop(taking: 0) } else { take() }
  }

  // MARK: Backquotes

  mutating func openBackquotes() { push(.command(Commands(kind: .backquotes)), taking: 1) }

  var isInsideBackquotes: Bool { innermostBackquotes != nil }

  private var innermostBackquotes: Int? {
    levels.lastIndex {
      if case .command(let commands) = $0 { commands.isBackquotes } else { false }
    }
  }

  /// The text of backquotes is found first, whatever quotes are in it, loses some backslashes, and is read then.
  ///
  /// - Returns: Whether there was something of that to take.
  mutating func takeInsideBackquotes() throws -> Bool {
    switch scalar() {
    case "`":
      closeBackquotes()
      return true
    case "\\" where "\\`$\"".unicodeScalars.contains(scalar(1)):
      noteDoubt("a backslash inside of backquotes is read twice", hint: "write $(…) for `…`")
      take(2)
      return true
    default: return false
    }
  }

  private mutating func closeBackquotes() {
    guard let index = innermostBackquotes else { return }
    if case .comment = levels[levels.count - 1] { levels.removeLast() }
    if index < levels.count - 1 {
      noteDoubt("these backquotes end inside of quotes", hint: "write $(…) for `…`")
      levels.removeSubrange((index + 1)...)
    }
    pop()
  }
}
