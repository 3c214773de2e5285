// Here-documents, `<<END` and `<<-END`.

extension ItemPlacer {
  struct HereDocument {
    var delimiter = String.UnicodeScalarView()
    /// Whether tabs at the beginning of its lines do not count.
    var stripsTabs = false
    /// Whether nothing is expanded in it, because its delimiter was quoted.
    var isQuoted = false
    /// The line so far; `nil` before its first symbol.
    var line: String.UnicodeScalarView?
  }

  /// Takes `<<` and the delimiter; the text begins with the next line.
  mutating func announceHereDocument() {
    var document = HereDocument()
    take(2)
    if scalar() == "-" {
      document.stripsTabs = true
      take()
    }
    while scalar() == " " || scalar() == "\t" { take() }
    takeDelimiter(of: &document)
    announced.append((document, levels.count))
  }

  private mutating func takeDelimiter(of document: inout HereDocument) {
    var quote: Unicode.Scalar?
    while position < symbols.count,
      quote != nil || !" \t\n;&|<>()".unicodeScalars.contains(scalar())
    {
      let next = scalar()
      switch next {
      case "\0", "$", "`":
        noteDoubt("the delimiter of a here-document must be a plain word")
        if isItem() { return }
        document.delimiter.append(next)
      case "'", "\"":
        document.isQuoted = true
        if quote == nil { quote = next } else if quote == next { quote = nil }
      case "\\" where quote == nil:
        document.isQuoted = true
        take()
        document.delimiter.append(scalar())
      default: document.delimiter.append(next)
      }
      take()
    }
  }

  /// Called behind a newline that ends a command line.
  mutating func beginHereDocuments() {
    if announced.contains(where: { $0.depth != levels.count }) {
      noteDoubt("a here-document must begin before a newline inside of $( )")
    }
    levels += announced.reversed().map { Level.hereDocument($0.0) }
    announced = []
  }

  mutating func takeInHereDocument(_ document: HereDocument) throws {
    if document.line == nil {
      if takesLastLine(document) { return }
      return set(document, line: .init())
    }
    if isItem() { return try placeInHereDocument(document) }
    let next = scalar()
    if next == "\n" {
      take()
      return set(document, line: nil)
    }
    let isTabBefore = document.stripsTabs && next == "\t" && document.line?.isEmpty == true
    set(document, line: (document.line ?? .init()) + (isTabBefore ? [] : [next]))
    if document.isQuoted { return take() }
    switch next {
    case "\\": try takeEscapedInHereDocument()
    case "$": try takeDollar(isQuoted: true)
    case "`": openBackquotes()
    default: take()
    }
  }

  private mutating func set(_ document: HereDocument, line: String.UnicodeScalarView?) {
    var document = document
    document.line = line
    levels[levels.count - 1] = .hereDocument(document)
  }

  /// Takes the line that ends the here-document, if this is it.
  private mutating func takesLastLine(_ document: HereDocument) -> Bool {
    let rest = symbols[position...]
    let line = rest.prefix { $0 != .text("\n") }
    let text = document.stripsTabs ? line.drop { $0 == .text("\t") } : line
    guard text.elementsEqual(document.delimiter.map(Symbol.text)) else { return false }
    take(line.count)
    levels.removeLast()
    // What follows is another one, or the rest of the commands, behind a newline.
    take()
    return true
  }

  /// A line that is joined to the one before is no last line to some shells.
  private mutating func takeEscapedInHereDocument() throws {
    if scalar(1) == "\n" {
      noteDoubt("a backslash at the end of a line of a here-document is not certain")
    }
    try takeEscaped()
  }

  private mutating func placeInHereDocument(_ document: HereDocument) throws {
    guard document.isQuoted else {
      set(document, line: (document.line ?? .init()) + ["\0"])
      return try place(.bare)
    }
    // Nothing is expanded: the item itself must stand there, and must not be read as more than a part of the line.
    let line = (document.line ?? .init()) + nextItem.unicodeScalars
    let isPlain = !nextItem.unicodeScalars.contains("\n") && !nextItem.hasPrefix("\t")
    guard isPlain, isAtTheBottom, !document.delimiter.starts(with: line) else {
      throw Refusal(
        message: "this item cannot stand in a here-document whose delimiter is quoted",
        hint: "write <<END, without quotes")
    }
    set(document, line: line)
    try place(.literal)
  }

  private var isAtTheBottom: Bool {
    levels.dropFirst().allSatisfy { if case .hereDocument = $0 { true } else { false } }
  }
}
