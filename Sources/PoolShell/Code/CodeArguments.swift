/// The arguments of a command as they were written: options, and what is beside them.
struct CodeArguments {
  let declaration: Declaration
  let range: SourceRange
  private var options: [(name: String, value: ArgumentNode?, range: SourceRange)] = []
  var operands: [ArgumentNode] = []

  init(_ node: CommandNode, of declaration: Declaration, in lowering: CodeLowering) throws {
    self.declaration = declaration
    range = node.range
    guard declaration.optionPlaces != .nowhere else {
      operands = Array(node.arguments.operands)
      return
    }
    var rest = node.arguments.operands
    while let argument = rest.popFirst() {
      guard case .word(let word) = argument, let written = word.writtenOption(of: declaration)
      else {
        operands.append(argument)
        if declaration.optionPlaces == .first { break }
        continue
      }
      if written == "--", word.pieces.count == 1 { break }
      try take(word, written, &rest, lowering)
    }
    operands += rest
  }

  private mutating func take(
    _ word: Word, _ written: String, _ rest: inout ArraySlice<ArgumentNode>,
    _ lowering: CodeLowering
  ) throws {
    let name = String(written.prefix { $0 != "=" })
    guard let option = declaration.option(named: name) else {
      throw lowering.error("unknown option \(name)", at: word.range)
    }
    if let attached = word.attachedValue(of: option, written: written) {
      return options.append((option.name, .word(attached), word.range))
    }
    guard option.value != nil else { return options.append((option.name, nil, word.range)) }
    guard let value = rest.popFirst() else {
      throw lowering.error("\(option.name) needs \(option.value ?? "a value")", at: word.range)
    }
    options.append((option.name, value, word.range))
  }

  func has(_ name: String) -> Bool { options.contains { $0.name == name } }

  var names: [String] { options.map(\.name) }

  func range(of name: String) -> SourceRange {
    options.last { $0.name == name }?.range ?? range
  }

  /// The word that an option is given.
  func word(of name: String) -> Word? {
    if case .word(let word)?? = options.last(where: { $0.name == name })?.value {
      word
    } else {
      nil
    }
  }

  func block(of name: String) -> Block? {
    if case .block(let block)?? = options.last(where: { $0.name == name })?.value {
      block
    } else {
      nil
    }
  }

  /// The seconds that an option gives.
  func seconds(of name: String, in lowering: CodeLowering) throws -> Double? {
    guard has(name) else { return nil }
    guard let text = word(of: name)?.plain, let duration = Durations.parse(text) else {
      throw lowering.error("\(name) must be written as a duration", at: range(of: name))
    }
    return duration / .seconds(1)
  }

  /// The whole number that an option gives.
  func count(of name: String, in lowering: CodeLowering) throws -> Int? {
    guard has(name) else { return nil }
    guard let text = word(of: name)?.plain, let number = Int(text) else {
      throw lowering.error("\(name) must be written as a number", at: range(of: name))
    }
    return number
  }

  /// Refuses the options that nothing is made of.
  func allow(_ allowed: [String], in lowering: CodeLowering) throws {
    for option in options where !allowed.contains(option.name) {
      throw lowering.error(
        "\(option.name) of \(declaration.name) has no counterpart", at: option.range)
    }
  }

  /// Its one operand that is a word.
  func onlyWord(_ name: String, in lowering: CodeLowering) throws -> Word {
    guard operands.count == 1, case .word(let word) = operands[0] else {
      throw lowering.error("\(declaration.name) needs \(name), and nothing else", at: range)
    }
    return word
  }

  func words(in lowering: CodeLowering) throws -> [Word] {
    try operands.map { operand in
      guard case .word(let word) = operand else {
        throw lowering.error("a block cannot stand here", at: operand.range)
      }
      return word
    }
  }
}
