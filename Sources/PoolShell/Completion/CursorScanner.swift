/// Finds what the cursor stands in, however unfinished the text before it is and whatever is wrong with it.
///
/// It reads with the rules of `Grammar.md` as the parser does, but it stops nowhere: what is an error to the
/// parser is a place where nothing is offered. One look at each byte, and no recursion.
struct CursorScanner {
  enum Enclosure {
    case text, block
    case substitution
    /// The fallback of `${name:-fallback}`; how many braces of its text are open.
    case fallback(isQuoted: Bool, openBraces: Int)
  }

  struct Frame {
    var enclosure: Enclosure
    /// Of the command that is being read.
    var arguments: [CursorSite.Argument] = []
    /// The word that is being read.
    var word: CursorWord?
    /// Whether something in the command is not of the language.
    var isBroken = false
  }

  let bytes: [UInt8]
  var index = 0
  /// What is open, the outermost first; never empty.
  var frames = [Frame(enclosure: .text)]
  var variables: Set<String> = []
  var definitions: Set<String> = []
  /// What the end of the text stands in, if that is no word.
  var kind: CursorSite.Kind?

  /// - Parameter bytes: The text up to the cursor.
  /// - Returns: What its end stands in.
  static func site(atEndOf bytes: [UInt8]) -> CursorSite {
    var scanner = CursorScanner(bytes: bytes)
    while scanner.index < bytes.count, scanner.kind == nil {
      if scanner.frames[scanner.frames.count - 1].word == nil {
        scanner.stepBetweenWords()
      } else {
        scanner.stepInWord()
      }
    }
    return scanner.finish()
  }

  /// The character there; `"\0"` after the last.
  func symbol(at index: Int) -> Unicode.Scalar {
    index < bytes.count ? Unicode.Scalar(bytes[index]) : "\0"
  }

  var symbol: Unicode.Scalar { symbol(at: index) }
  var following: Unicode.Scalar { symbol(at: index + 1) }

  var top: Frame {
    _read { yield frames[frames.count - 1] }
    _modify { yield &frames[frames.count - 1] }
  }

  // MARK: Between words

  private mutating func stepBetweenWords() {
    switch symbol {
    case " ", "\t": index += 1
    case "\\" where following == "\n": index += 2
    case "\n", ";": endCommand(passing: 1)
    case "&" where following == "&", "|" where following == "|": endCommand(passing: 2)
    case "#": skipComment()
    case "{" where isOpeningBrace: open(.block, passing: 1)
    case "}" where isClosingBrace: closeBlock()
    case ")": closeParenthesis()
    case "&", "|", "<", ">", "(", "`", "\0":
      top.isBroken = true
      index += 1
    case "!" where top.arguments.isEmpty: skipShellLine()
    default: top.word = CursorWord(start: index)
    }
  }

  private mutating func endCommand(passing count: Int) {
    collectNames(of: top.arguments)
    top.arguments = []
    top.isBroken = false
    index += count
  }

  private mutating func skipComment() {
    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else {
      kind = .nowhere
      return
    }
    index = end
  }

  private mutating func skipShellLine() {
    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else {
      index += 1
      while symbol.isBlank { index += 1 }
      kind = .shellLine(index)
      return
    }
    index = end
  }

  /// Where the character after the one at the index stands, past joined line ends.
  private var offsetOfFollowing: Int {
    var offset = index + 1
    while symbol(at: offset) == "\\", symbol(at: offset + 1) == "\n" { offset += 2 }
    return offset
  }

  /// A `{` right before the cursor may become anything.
  private var isOpeningBrace: Bool {
    let next = symbol(at: offsetOfFollowing)
    return next.isBlank || next == "\n"
  }

  private var isClosingBrace: Bool {
    guard case .block = top.enclosure else { return false }
    let offset = offsetOfFollowing
    switch symbol(at: offset) {
    case " ", "\t", "\n", ";", ")": return true
    case "\0": return offset >= bytes.count
    case "&": return symbol(at: offset + 1) == "&"
    case "|": return symbol(at: offset + 1) == "|"
    default: return false
    }
  }

  mutating func open(_ enclosure: Enclosure, passing count: Int) {
    frames.append(Frame(enclosure: enclosure))
    index += count
  }

  private mutating func closeBlock() {
    collectNames(of: top.arguments)
    frames.removeLast()
    top.arguments.append(.block)
    index += 1
    // Nothing can be written right behind it.
    if index == bytes.count { kind = .nowhere }
  }

  private mutating func closeParenthesis() {
    index += 1
    guard case .substitution = top.enclosure else {
      top.isBroken = true
      return
    }
    frames.removeLast()
    top.word?.isOpaque = true
  }

  // MARK: The end

  private mutating func finish() -> CursorSite {
    if case .fallback = top.enclosure, kind == nil { kind = .nowhere }
    if top.isBroken { kind = .nowhere }
    for frame in frames { collectNames(of: frame.arguments) }
    let word = top.word ?? CursorWord(start: index)
    return CursorSite(
      kind: kind ?? .word(word), arguments: top.arguments, enclosing: blockOwners,
      variables: variables, definitions: definitions)
  }

  /// The commands whose blocks are open.
  private var blockOwners: [[CursorSite.Argument]] {
    zip(frames, frames.dropFirst()).compactMap { owner, frame in
      if case .block = frame.enclosure { owner.arguments } else { nil }
    }
  }

  /// Keeps what a command sets or defines.
  private mutating func collectNames(of arguments: [CursorSite.Argument]) {
    guard arguments.count > 1, let name = arguments[1].plain else { return }
    switch arguments[0].plain {
    case "let", "for": if LetCommand.isName(name) { variables.insert(name) }
    case "def":
      definitions.insert(name)
      for parameter in arguments.dropFirst(2).compactMap(\.plain)
      where LetCommand.isName(parameter) {
        variables.insert(parameter)
      }
    default: break
    }
  }
}
