/// Turns words as written into words as meant: variables, substitutions, ranges, patterns.
struct Expander {
  let context: Context

  /// A word after expansion, and where it stood.
  struct ExpandedWord {
    var text: String
    var range: SourceRange
  }

  // MARK: Words

  /// The words that a word stands for: mostly one; none or several with `$@` and lists of ids.
  func words(_ word: Word) throws -> [ExpandedWord] {
    if let plain = word.plain { return [ExpandedWord(text: plain, range: word.range)] }
    var builder = Builder()
    for piece in word.pieces { try append(piece, to: &builder) }
    return builder.finish().map { ExpandedWord(text: $0, range: word.range) }
  }

  /// A word that must be exactly one.
  func oneWord(_ word: Word) throws -> String {
    if let plain = word.plain { return plain }
    let words = try words(word)
    guard words.count == 1, let only = words.first else {
      throw ShellError(
        "\(context.unit.text(word.range)) gives \(words.count) words where one is needed",
        place: context.place(of: word.range))
    }
    return only.text
  }

  /// Collects the words that grow from one.
  struct Builder {
    private var done: [String] = []
    private var current: String?

    mutating func append(_ text: String) { current = (current ?? "") + text }

    /// Several words: the first grows on what is there, the last goes on growing.
    mutating func append(words: [String]) {
      for (index, word) in words.enumerated() {
        if index > 0, let current { done.append(current) }
        current = index > 0 ? word : (current ?? "") + word
      }
    }

    func finish() -> [String] { done + (current.map { [$0] } ?? []) }
  }

  private func append(_ piece: Word.Piece, to builder: inout Builder) throws {
    switch piece {
    case .literal(let text, _), .item(let text):
      builder.append(text)
    case .variable(let variable):
      try append(variable, to: &builder)
    case .substitution(let list, let isQuoted):
      try append(try context.substitute(list), quoted: isQuoted, to: &builder)
    }
  }

  private func append(_ variable: Word.Variable, to builder: inout Builder) throws {
    if variable.name == "@" {
      let arguments = context.scope.arguments
      if variable.quoted, arguments.isEmpty { return }
      return builder.append(words: arguments)
    }
    let value = try value(of: variable)
    if let fallback = variable.fallback, value == nil || value?.isEmpty == true {
      for piece in fallback.pieces { try append(piece, to: &builder) }
      if fallback.pieces.isEmpty { builder.append("") }
      return
    }
    guard let value else { throw unset(variable) }
    try append(value, quoted: variable.quoted, to: &builder)
  }

  private func append(_ value: Value, quoted: Bool, to builder: inout Builder) throws {
    if case .ids(let ids) = value, !quoted {
      builder.append(words: ids.map(String.init))
    } else {
      builder.append(try value.substitutionText())
    }
  }

  /// What a name stands for; `nil` if it is not set anywhere.
  private func value(of variable: Word.Variable) throws -> Value? {
    switch variable.name {
    case "#": return .text(String(context.scope.arguments.count))
    case "worker": return .text(context.workerName)
    case JobSlot.name: return .text(String(JobSlot.number(of: context.workerName)))
    default: break
    }
    if variable.isPosition { return argument(variable.name).map(Value.text) }
    if let value = context.scope.value(of: variable.name) { return value }
    return HostProcess.environment(variable.name).map(Value.text)
  }

  /// `$0` is `${00}`, too; a number that does not fit in one is that of no argument.
  private func argument(_ digits: String) -> String? {
    guard let position = Int(digits) else { return nil }
    if position == 0 { return context.scope.scriptName }
    let arguments = context.scope.arguments
    return position <= arguments.count ? arguments[position - 1] : nil
  }

  private func unset(_ variable: Word.Variable) -> ShellError {
    ShellError(
      variable.isPosition
        ? "there is no argument $\(variable.name)" : "$\(variable.name) is not set",
      hint: "a default: ${\(variable.name):-…}", place: context.place(of: variable.range))
  }

  // MARK: Items

  /// The items that a word stands for, where items or ids stand: a range of numbers, the paths that a pattern
  /// matches, the lines of an unquoted `$(…)`, or the word itself.
  func items(_ word: Word) throws -> [ExpandedWord] {
    let texts: [String] =
      switch try itemTexts(word) {
      case .range(let range): Array(range)
      case .texts(let texts): texts
      }
    return texts.map { ExpandedWord(text: $0, range: word.range) }
  }

  /// The same, but the numbers of a range are made as they are asked for.
  func itemSource(_ word: Word) throws -> any ItemSource {
    switch try itemTexts(word) {
    case .range(let range): ListedItems(range)
    case .texts(let texts): ListedItems(texts)
    }
  }

  private enum ItemTexts {
    case range(NumberRange)
    case texts([String])
  }

  private func itemTexts(_ word: Word) throws -> ItemTexts {
    if word.plain == nil, word.pieces.count == 1,
      case .substitution(let list, quoted: false) = word.pieces[0]
    {
      return .texts(try lines(of: try context.substitute(list)))
    }
    if word.hasWritten(where: { $0.contains("..") }), let range = try range(word) {
      return .range(range)
    }
    if word.hasWritten(where: { $0.contains { "*?[".contains($0) } }) {
      return .texts(try FileSystem.glob(try pattern(word)))
    }
    return .texts(try words(word).map(\.text))
  }

  private func lines(of value: Value) throws -> [String] {
    if case .ids(let ids) = value { return ids.map(String.init) }
    let text = try value.substitutionText()
    return text.isEmpty
      ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func range(_ word: Word) throws -> NumberRange? {
    let text = try words(word).first?.text ?? ""
    if text.hasPrefix("{"), text.hasSuffix("}") {
      throw ShellError(
        "ranges are written 1..5, without braces", place: context.place(of: word.range))
    }
    guard let (first, last) = Selector.bounds(text) else {
      // Ends that do not fit in a number.
      guard text.wholeMatch(of: /-?[0-9]+\.\.-?[0-9]+/) == nil else { throw tooLong(text, word) }
      return nil
    }
    guard let range = NumberRange(from: first, to: last) else { throw tooLong(text, word) }
    return range
  }

  private func tooLong(_ text: String, _ word: Word) -> ShellError {
    ShellError(
      "the range \(text) is too long", hint: "at most \(NumberRange.longest) numbers",
      place: context.place(of: word.range))
  }

  /// The word as a pattern: what was not written unquoted stands for itself.
  private func pattern(_ word: Word) throws -> String {
    var pattern = ""
    for piece in word.pieces {
      if case .literal(let text, quoted: false) = piece {
        pattern += text
      } else {
        var builder = Builder()
        try append(piece, to: &builder)
        let text = builder.finish().joined(separator: " ")
        for character in text {
          if "*?[]\\".contains(character) { pattern.append("\\") }
          pattern.append(character)
        }
      }
    }
    return pattern
  }
}

extension Word {
  /// Whether a part that was written without quotes has a property.
  func hasWritten(where property: (String) -> Bool) -> Bool {
    if let plain { return property(plain) }
    return pieces.contains { piece in
      if case .literal(let text, quoted: false) = piece { property(text) } else { false }
    }
  }
}
