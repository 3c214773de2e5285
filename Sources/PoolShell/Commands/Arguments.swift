/// The arguments of one command as its `init` takes them: options first, then operands from left to right.
///
/// A word is expanded when it is taken. Whatever is wrong becomes one error that points at the argument and
/// shows the usage line.
struct Arguments {
  let context: Context
  let declaration: Declaration
  let range: SourceRange
  private var options: [String: OptionValue] = [:]
  /// What is neither option nor taken yet.
  var nodes: ArraySlice<ArgumentNode> = []
  /// Words that the last node taken has expanded to beyond the first.
  var pending: ArraySlice<Expander.ExpandedWord> = []

  private struct OptionValue {
    var node: ArgumentNode?
    var range: SourceRange
  }

  init(_ node: CommandNode, of declaration: Declaration, in context: Context) throws {
    self.context = context
    self.declaration = declaration
    range = node.range
    try separate(node.arguments.operands)
  }

  /// Tells options from operands, by how they are written only.
  private mutating func separate(_ arguments: ArraySlice<ArgumentNode>) throws {
    guard mayHaveOptions(arguments) else {
      nodes = arguments
      return
    }
    var rest = arguments
    var operands: [ArgumentNode] = []
    while let node = rest.popFirst() {
      guard case .word(let word) = node, let written = word.writtenOption(of: declaration) else {
        operands.append(node)
        if declaration.optionPlaces == .first { break }
        continue
      }
      if written == "--", word.pieces.count == 1 { break }
      try takeOption(word, written, &rest)
    }
    nodes = operands[...] + rest
  }

  /// Whether there may be an option; mostly there is none, and the arguments can stay as they are.
  private func mayHaveOptions(_ arguments: ArraySlice<ArgumentNode>) -> Bool {
    switch declaration.optionPlaces {
    case .nowhere: false
    case .first: arguments.first?.isWrittenAsOption(of: declaration) == true
    case .anywhere: arguments.contains { $0.isWrittenAsOption(of: declaration) }
    }
  }

  private mutating func takeOption(
    _ word: Word, _ written: String, _ rest: inout ArraySlice<ArgumentNode>
  ) throws {
    let name = written.prefix { $0 != "=" }
    guard let option = declaration.option(named: String(name)) else {
      throw unknownOption(name, word)
    }
    if let attached = word.attachedValue(of: option, written: written) {
      options[option.name] = OptionValue(node: .word(attached), range: word.range)
      return
    }
    if written.contains("=") { throw error("\(option.name) takes no value", at: word.range) }
    // `--workers$n`: what follows the name is neither a value nor a name.
    if word.pieces.count > 1 { throw unknownOption(context.unit.text(word.range)[...], word) }
    guard let value = option.value else {
      options[option.name] = OptionValue(node: nil, range: word.range)
      return
    }
    guard let node = rest.popFirst() else {
      throw error("\(option.name) needs \(value)", at: word.range)
    }
    options[option.name] = OptionValue(node: node, range: word.range)
  }

  private func unknownOption(_ name: Substring, _ word: Word) -> ShellError {
    let near = Spelling.nearest(to: String(name), among: declaration.options.map(\.name))
    return error(
      "unknown option \(name)", hint: near.map { "did you mean \($0)?" }, at: word.range)
  }

  // MARK: Errors

  /// An error of this command that points at an argument and shows the usage.
  func error(_ message: String, hint: String? = nil, at range: SourceRange? = nil) -> ShellError {
    ShellError(
      "\(declaration.displayName): \(message)", hint: hint ?? "usage: \(declaration.usage)",
      place: context.place(of: range ?? self.range))
  }

  // MARK: Options

  /// Whether there is any.
  var hasOptions: Bool { !options.isEmpty }

  func has(_ option: String) -> Bool { options[option] != nil }

  /// The value of an option as text; `nil` if the option is not there.
  func text(of option: String) throws -> String? {
    guard let value = options[option], let node = value.node else { return nil }
    guard case .word(let word) = node else {
      throw error("\(option) needs a word, not a block", at: node.range)
    }
    return try context.expander.oneWord(word)
  }

  func duration(of option: String) throws -> Duration? {
    guard let text = try text(of: option) else { return nil }
    return try duration(text, at: options[option]?.range)
  }

  func count(of option: String, atLeast least: Int = 1) throws -> Int? {
    guard let text = try text(of: option) else { return nil }
    guard let number = Int(text), number >= least else {
      let bound = least == .min ? "" : ", at least \(least)"
      throw error(
        "\(option) must be a whole number\(bound), not \(text)", at: options[option]?.range)
    }
    return number
  }

  func block(of option: String) throws -> Block? {
    guard let value = options[option], let node = value.node else { return nil }
    guard case .block(let block) = node else {
      throw error("\(option) needs a block: \(option) { … }", at: node.range)
    }
    return block
  }

  func duration(_ text: String, at range: SourceRange?) throws -> Duration {
    guard let duration = Durations.parse(text) else {
      let example =
        text.contains("..")
        ? "a range must be written as one: sleep 0..1" : "such as 0.5, 500ms, 2s or 1m"
      throw error("\(text) is not a duration (\(example))", at: range)
    }
    return duration
  }
}
