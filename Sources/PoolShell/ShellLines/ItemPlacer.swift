/// Reads a line for /bin/sh as far as it must to know how each of its placeholders is quoted, and puts references
/// to the items there.
///
/// Some texts are read in different ways by the shells that are called sh. From there on it is in doubt, and
/// refuses the next placeholder: an item must never become code.
///
/// It keeps a stack of the places that it is in, the innermost last, as each of them has rules of its own.
struct ItemPlacer {
  enum Symbol: Equatable {
    case text(Unicode.Scalar)
    /// A placeholder; they stand for the items in their order.
    case item
  }

  /// Why a placeholder cannot stand where it is.
  struct Refusal: Error {
    var message: String
    var hint: String?
  }

  enum Level {
    case command(Commands)
    case single
    /// `$'…'`, which not every sh knows.
    case dollarSingle
    case double
    case comment
    /// `$((…))`, with its parentheses that are open.
    case arithmetic(open: Int)
    /// `${…}` behind its name; inside of quotes or not; what follows is a pattern or a word.
    case parameter(isQuoted: Bool, isPattern: Bool)
    case hereDocument(HereDocument)
  }

  let symbols: [Symbol]
  let items: [String]
  var position = 0
  var levels = [Level.command(Commands(kind: .line))]
  /// Of here-documents that begin after this line, each with the number of levels where it was announced.
  var announced: [(HereDocument, depth: Int)] = []
  /// What is not certain from here on.
  var doubt: Refusal?
  /// Whether the text ends behind a backslash.
  var endsEscaped = false
  private var placed = 0
  private var output = String.UnicodeScalarView()

  init(_ symbols: [Symbol], _ items: [String]) {
    self.symbols = symbols
    self.items = items
  }

  mutating func run() throws {
    while position < symbols.count {
      if isInsideBackquotes, try takeInsideBackquotes() { continue }
      switch levels[levels.count - 1] {
      case .command(let commands): try takeInCommand(commands)
      case .single: try takeInSingleQuotes()
      case .dollarSingle: try takeInDollarQuotes()
      case .double: try takeInDoubleQuotes()
      case .comment: try takeInComment()
      case .arithmetic(let open): try takeInArithmetic(open)
      case .parameter(let isQuoted, let isPattern): try takeInParameter(isQuoted, isPattern)
      case .hereDocument(let document): try takeInHereDocument(document)
      }
    }
    isOver = true
  }

  private(set) var isOver = false

  /// The line with its references, and the items in front of it.
  var line: String {
    let assignments = items.enumerated().map {
      "\(Self.name($0.offset))=\(ShellQuoting.quoted($0.element)); "
    }
    return assignments.joined() + String(output)
  }

  private static func name(_ index: Int) -> String { "poolsh_item_\(index + 1)" }

  // MARK: Symbols

  /// The character at a distance; NUL, which no line has, at the end and for a placeholder.
  func scalar(_ distance: Int = 0) -> Unicode.Scalar {
    let index = position + distance
    guard index < symbols.count, case .text(let scalar) = symbols[index] else { return "\0" }
    return scalar
  }

  func isItem(_ distance: Int = 0) -> Bool {
    let index = position + distance
    return index < symbols.count && symbols[index] == .item
  }

  /// Takes characters over as they are.
  mutating func take(_ count: Int = 1) {
    for _ in 0..<count where position < symbols.count {
      if case .text(let scalar) = symbols[position] { output.append(scalar) }
      position += 1
    }
  }

  /// Takes a backslash and what stands behind it.
  mutating func takeEscaped() throws {
    if isItem(1) { throw Refusal(message: "a placeholder cannot stand behind a backslash") }
    endsEscaped = position + 1 == symbols.count
    take(2)
  }

  // MARK: Placing

  /// How a reference stands in its place.
  enum Form {
    case bare
    case quoted
    /// Leaves single quotes and comes back.
    case betweenSingleQuotes
    /// The item itself, where nothing is expanded.
    case literal
  }

  var nextItem: String { items[placed] }

  mutating func place(_ form: Form) throws {
    if let doubt { throw doubt }
    let reference = "${\(Self.name(placed))}"
    let text =
      switch form {
      case .bare: reference
      case .quoted: "\"\(reference)\""
      case .betweenSingleQuotes: "'\"\(reference)\"'"
      case .literal: items[placed]
      }
    output.append(contentsOf: text.unicodeScalars)
    placed += 1
    position += 1
  }

  mutating func noteDoubt(_ message: String, hint: String? = nil) {
    if doubt == nil { doubt = Refusal(message: message, hint: hint) }
  }

  // MARK: Levels

  mutating func push(_ level: Level, taking count: Int) {
    take(count)
    levels.append(level)
  }

  mutating func pop(taking count: Int = 1) {
    take(count)
    if levels.count > 1 { levels.removeLast() }
    if announced.contains(where: { $0.depth > levels.count }) {
      noteDoubt("a here-document must begin inside the $( ) that it belongs to")
    }
  }

  /// A word may be appended only where it is one of a command.
  func checkEnd() throws {
    let advice = "put {} where it belongs"
    if let doubt { throw doubt }
    guard levels.count == 1, announced.isEmpty, !endsEscaped else {
      throw Refusal(
        message: "words cannot be appended to a line that ends inside of quotes, a comment, "
          + "a here-document or an expansion", hint: advice)
    }
  }
}
