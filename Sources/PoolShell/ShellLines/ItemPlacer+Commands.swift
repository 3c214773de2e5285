// Words, operators and the parentheses of commands.

extension ItemPlacer {
  /// What is known of the commands of one level.
  struct Commands {
    enum Kind { case line, substitution, backquotes }

    /// What waits for its end: a parenthesis, or a `case` for `esac`.
    enum Opener { case parenthesis, subject, expectsIn, pattern, body }

    var kind: Kind
    var openers: [Opener] = []
    /// Whether the next word is the first of a command, where words such as `case` mean something.
    var isAtCommand = true
    /// The word so far, if it has begun; quoted letters make it a word that means nothing of its own.
    var word: String?
    /// Whether `case` has stood where it cannot be told what it means.
    var hasDoubtfulCase = false

    var isBackquotes: Bool { kind == .backquotes }

    private static let leadingWords: Set<String> = [
      "if", "then", "else", "elif", "do", "while", "until", "!", "{",
    ]

    /// Something that is no plain letter belongs to the word.
    mutating func noteQuotedPart() { word = (word ?? "") + "\0" }

    mutating func endWord() {
      guard let word else { return }
      self.word = nil
      switch openers.last {
      case .subject: return setLast(.expectsIn)
      case .expectsIn where word == "in": return setLast(.pattern)
      case .pattern:
        if word == "esac" { openers.removeLast() }
        isAtCommand = false
      default: endCommandWord(word)
      }
    }

    private mutating func endCommandWord(_ word: String) {
      if !isAtCommand {
        if word == "case" { hasDoubtfulCase = true }
        return
      }
      isAtCommand = Self.leadingWords.contains(word)
      if word == "case" { openers.append(.subject) }
      if word == "esac", openers.last == .body { openers.removeLast() }
    }

    mutating func setLast(_ opener: Opener) { openers[openers.count - 1] = opener }
  }

  mutating func takeInCommand(_ commands: Commands) throws {
    var commands = commands
    let isWordStart = commands.word == nil
    if isItem() {
      update { $0.noteQuotedPart() }
      return try place(.quoted)
    }
    switch scalar() {
    case "\\": try takeBackslash()
    case "'", "\"", "$", "`":
      update { $0.noteQuotedPart() }
      try takeQuote(isQuoted: false)
    case "#" where isWordStart: push(.comment, taking: 1)
    case " ", "\t", "\n", ";", "&", "|", "<", ">", "(", ")":
      commands.endWord()
      update { $0 = commands }
      try takeOperator(commands)
    case let letter:
      update { $0.word = ($0.word ?? "") + String(letter) }
      take()
    }
  }

  private mutating func takeBackslash() throws {
    if scalar(1) == "\n" { return take(2) }
    update { $0.noteQuotedPart() }
    try takeEscaped()
  }

  /// Takes what opens quotes or an expansion where nothing is quoted.
  mutating func takeQuote(isQuoted: Bool) throws {
    switch scalar() {
    case "'": push(.single, taking: 1)
    case "\"": push(.double, taking: 1)
    case "`": openBackquotes()
    default: try takeDollar(isQuoted: isQuoted)
    }
  }

  /// Changes what is known of the commands of this level.
  private mutating func update(_ change: (inout Commands) -> Void) {
    guard case .command(var commands) = levels[levels.count - 1] else { return }
    change(&commands)
    levels[levels.count - 1] = .command(commands)
  }

  // MARK: Operators

  private mutating func takeOperator(_ commands: Commands) throws {
    switch scalar() {
    case "\n":
      update { $0.isAtCommand = true }
      take()
      beginHereDocuments()
    case ";": takeSemicolon(commands)
    case "&", "|":
      update { $0.isAtCommand = true }
      take()
    case "<" where scalar(1) == "<" && scalar(2) == "<": take(3)
    case "<" where scalar(1) == "<": announceHereDocument()
    case "<", ">": take("&|>".unicodeScalars.contains(scalar(1)) ? 2 : 1)
    case "(": openParenthesis(commands)
    case ")": closeParenthesis(commands)
    default: take()
    }
  }

  private mutating func takeSemicolon(_ commands: Commands) {
    let isEndOfCase = scalar(1) == ";" || scalar(1) == "&"
    update {
      $0.isAtCommand = true
      if isEndOfCase, $0.openers.last == .body { $0.setLast(.pattern) }
    }
    take(isEndOfCase ? 2 : 1)
  }

  private mutating func openParenthesis(_ commands: Commands) {
    if commands.openers.last == .pattern { return take() }
    if scalar(1) == "(" {
      noteDoubt("((…)) means different things in different sh", hint: "write ( (…) )")
    }
    update {
      $0.openers.append(.parenthesis)
      $0.isAtCommand = true
    }
    take()
  }

  private mutating func closeParenthesis(_ commands: Commands) {
    switch commands.openers.last {
    case .parenthesis?:
      update {
        $0.openers.removeLast()
        $0.isAtCommand = true
      }
      take()
    case .pattern?:
      update {
        $0.setLast(.body)
        $0.isAtCommand = true
      }
      take()
    case nil where commands.kind == .substitution:
      if commands.hasDoubtfulCase { noteDoubtOfCase() }
      pop()
    case nil: take()
    default:
      noteDoubtOfCase()
      take()
    }
  }

  private mutating func noteDoubtOfCase() {
    noteDoubt("it is not certain where this case ends", hint: "write its patterns as (PATTERN)")
  }
}
