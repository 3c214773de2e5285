// What begins with `$`.

extension ItemPlacer {
  /// Takes what a `$` begins, which is quoted where quotes are no quotes any more.
  mutating func takeDollar(isQuoted: Bool) throws {
    if isItem(1) { throw Refusal(message: "a placeholder cannot stand behind $") }
    switch scalar(1) {
    case "(" where scalar(2) == "(": push(.arithmetic(open: 0), taking: 3)
    case "(": push(.command(Commands(kind: .substitution)), taking: 2)
    case "{": try openParameter(isQuoted: isQuoted)
    case "'" where !isQuoted: push(.dollarSingle, taking: 2)
    case let next: take(Self.isSpecial(next) ? 2 : 1)
    }
  }

  /// `$#` is no comment, and `$$` takes both.
  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    "#?!*@$-".unicodeScalars.contains(scalar)
  }

  // MARK: Parameters

  private mutating func openParameter(isQuoted: Bool) throws {
    take(2)
    if scalar() == "#", scalar(1) != "}" { take() }
    takeParameterName()
    switch (scalar(), scalar(1)) {
    case ("}", _): return take()
    case (":", "-"), (":", "="), (":", "?"), (":", "+"):
      push(.parameter(isQuoted: isQuoted, isPattern: false), taking: 2)
    case ("-", _), ("=", _), ("?", _), ("+", _):
      push(.parameter(isQuoted: isQuoted, isPattern: false), taking: 1)
    case ("#", let next), ("%", let next):
      push(.parameter(isQuoted: isQuoted, isPattern: true), taking: next == scalar() ? 2 : 1)
    default:
      noteDoubt("this ${…} is none that every sh knows")
      push(.parameter(isQuoted: isQuoted, isPattern: false), taking: 0)
    }
  }

  private mutating func takeParameterName() {
    let start = position
    while scalar() == "_" || scalar().properties.isAlphabetic || ("0"..."9").contains(scalar()) {
      take()
    }
    if position == start, Self.isSpecial(scalar()) { take() }
  }

  mutating func takeInParameter(_ isQuoted: Bool, _ isPattern: Bool) throws {
    if isItem() { return try placeInParameter(isQuoted, isPattern) }
    switch scalar() {
    case "}": pop()
    case "\\": try takeEscaped()
    case "$", "`": try takeQuote(isQuoted: isQuoted)
    case "'", "\"":
      // Inside of quotes an apostrophe is text, unless it stands in a pattern; of the rest shells think differently.
      if !isQuoted { return try takeQuote(isQuoted: false) }
      if isPattern || scalar() == "\"" {
        noteDoubt("quotes inside of a quoted ${…} are not certain")
      }
      take()
    default: take()
    }
  }

  private mutating func placeInParameter(_ isQuoted: Bool, _ isPattern: Bool) throws {
    if isInArithmetic { noteDoubt("a placeholder cannot stand in a ${…} of $((…))") }
    if !isQuoted { return try place(.quoted) }
    if !isPattern { return try place(.bare) }
    // Quoted once more, so that it is text and no pattern.
    guard levels.count > 1, case .double = levels[levels.count - 2] else {
      noteDoubt(
        "a placeholder cannot stand in a pattern here", hint: "put it into a variable first")
      return try place(.quoted)
    }
    try place(.quoted)
  }

  private var isInArithmetic: Bool {
    for level in levels.reversed() {
      if case .parameter = level { continue }
      if case .arithmetic = level { return true }
      return false
    }
    return false
  }

  // MARK: Arithmetic

  mutating func takeInArithmetic(_ open: Int) throws {
    if isItem() { return try placeNumber() }
    switch scalar() {
    case "(": nest(open + 1)
    case ")" where open > 0: nest(open - 1)
    case ")" where scalar(1) == ")": pop(taking: 2)
    case ")":
      noteDoubt("$((…) means different things in different sh", hint: "write $( (…) )")
      pop()
    case "'", "\"", "\\":
      noteDoubt("quotes inside of $((…)) mean different things in different sh")
      take()
    case "$": try takeDollar(isQuoted: true)
    case "`": openBackquotes()
    default: take()
    }
  }

  private mutating func nest(_ open: Int) {
    levels[levels.count - 1] = .arithmetic(open: open)
    take()
  }

  /// Some shells run what is in a text that they calculate with, so only numbers are safe.
  private mutating func placeNumber() throws {
    guard nextItem.wholeMatch(of: /[+-]?[0-9]+|0[xX][0-9a-fA-F]+/) != nil else {
      throw Refusal(
        message: "an item in $((…)) must be a whole number, not \(ShellQuoting.ifNeeded(nextItem))")
    }
    try place(.bare)
  }
}
