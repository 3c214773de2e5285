/// What the cursor stands in.
struct CursorSite {
  /// An argument of a command, as far as it was written.
  enum Argument {
    case word(CursorWord)
    case block

    /// The word's text if it was written without quotes, variables and the like.
    var plain: String? { if case .word(let word) = self { word.plain } else { nil } }
  }

  /// What is being written there.
  enum Kind {
    /// A word of a command; empty where none is begun.
    case word(CursorWord)
    /// A variable's name after `$` or `${`.
    case reference(Reference)
    /// The rest of a line after `!`; what /bin/sh gets begins at the offset.
    case shellLine(Int)
    /// A comment, or what is no command of the language.
    case nowhere
  }

  /// A variable being named.
  struct Reference {
    /// Where the `$` stands.
    var start: Int
    var isBraced: Bool
    var isQuoted: Bool
    var name: String
  }

  var kind: Kind
  /// The arguments of the command before the word.
  var arguments: [Argument] = []
  /// The beginnings of the commands around, the outermost first: each ends where its block begins.
  var enclosing: [[Argument]] = []
  /// Variables that the text sets, itself not run yet.
  var variables: Set<String> = []
  /// Commands that the text defines.
  var definitions: Set<String> = []
}

/// A word that was begun before the cursor, perhaps not ended.
struct CursorWord {
  /// What the text at some place of a word stands in.
  enum Quote: UInt8 {
    case none
    case single = 39
    case double = 34
  }

  /// A variable within the word.
  struct Variable {
    var name: String
    /// How many bytes of the word come before its value.
    var position: Int
  }

  /// Where it begins, in bytes of the text.
  let start: Int
  /// What the quotes stand around; variables are not in it.
  private(set) var bytes: [UInt8] = []
  /// Where the text goes on after each byte.
  private(set) var ends: [Int] = []
  /// What it then stands in.
  private(set) var quotes: [Quote] = []
  private(set) var variables: [Variable] = []
  /// What the cursor stands in.
  var quote = Quote.none
  /// Whether there is nothing but unquoted text.
  private(set) var isPlain = true
  /// Whether a part cannot be known: `$(…)`.
  var isOpaque = false

  init(start: Int) { self.start = start }

  mutating func append(_ byte: UInt8, end: Int, isQuoted: Bool) {
    bytes.append(byte)
    ends.append(end)
    quotes.append(quote)
    if isQuoted { isPlain = false }
  }

  mutating func append(_ variable: String) {
    variables.append(Variable(name: variable, position: bytes.count))
    isPlain = false
  }

  mutating func setQuote(_ quote: Quote) {
    self.quote = quote
    isPlain = false
  }

  /// A backslash makes it another word than the letters it has.
  mutating func markAsQuoted() { isPlain = false }

  /// What it says, but for variables and substitutions.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text if it was written without quotes, variables and the like.
  var plain: String? { isPlain && !isOpaque ? text : nil }

  /// The text if it can be known without running anything.
  var known: String? { variables.isEmpty && !isOpaque ? text : nil }

  /// How many bytes from the beginning are unquoted text.
  var startsPlain: Bool { isPlain || (ends.first.map { $0 == start + 1 } ?? false) }
}
