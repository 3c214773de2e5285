extension CodeLowering {
  // MARK: Words

  /// The value of a word.
  func expression(_ word: Word) throws -> CodeExpression {
    if let plain = word.plain { return Self.literal(plain) }
    let parts = try word.pieces.map { try expression($0, of: word) }
    if parts.count == 1 {
      if case .substitution(_, quoted: true) = word.pieces[0] { return Self.asText(parts[0]) }
      return parts[0]
    }
    return .joined(parts.map(Self.asText))
  }

  /// The same as text: futures are their numbers.
  func text(_ word: Word) throws -> CodeExpression {
    let value = try expression(word)
    if value.site != nil { pass.found.numbersFutures = true }
    return Self.asText(value)
  }

  static func asText(_ value: CodeExpression) -> CodeExpression {
    switch value.type {
    case .future: .id(value)
    case .futures: .ids(value)
    case .raw: .trimmed(value)
    default: if case .number(let text, _) = value { .text(text) } else { value }
    }
  }

  private func expression(_ piece: Word.Piece, of word: Word) throws -> CodeExpression {
    switch piece {
    case .literal(let text, let isQuoted):
      return isQuoted || word.pieces.count > 1 ? .text(text) : Self.literal(text)
    case .item(let index): return .variable(itemVariables[Int(index) ?? 0])
    case .variable(let variable): return try expression(variable)
    case .substitution(let list, _): return try value(of: list, at: word.range)
    }
  }

  func expression(_ variable: Word.Variable) throws -> CodeExpression {
    let fallback = try variable.fallback.map { try text($0) }
    switch variable.name {
    case "worker": return .worker
    case "#", "@": throw error("$\(variable.name) is not translated", at: variable.range)
    default: break
    }
    if variable.isPosition { return try argument(variable, fallback) }
    do {
      if let found = try lookUp(variable.name) {
        if case .result = found { mayFail = true }
        return withoutNothing(found)
      }
    } catch let error as ShellError where error.place == nil {
      throw self.error(String(error.message.dropFirst("code: ".count)), at: variable.range)
    }
    if fallback == nil { mayFail = true }
    return fallback ?? .environment(variable.name)
  }

  private func argument(
    _ variable: Word.Variable, _ fallback: CodeExpression?
  ) throws -> CodeExpression {
    guard let position = Int(variable.name), position > 0 else {
      throw error("$\(variable.name) is not translated", at: variable.range)
    }
    guard let arguments = pass.arguments else { return .argument(position, fallback) }
    if position <= arguments.count, !arguments[position - 1].isEmpty {
      return Self.literal(arguments[position - 1])
    }
    guard let fallback else { throw error("there is no argument $\(position)", at: variable.range) }
    return fallback
  }

  // MARK: Values of commands

  /// The value of `$(…)`.
  func value(of list: CommandList, at range: SourceRange) throws -> CodeExpression {
    for chain in list.chains.dropLast() { try lower(chain, .drop) }
    guard let last = list.chains.last else { return .text("") }
    if let value = try simpleValue(of: last) {
      return value.type == .raw ? .trimmed(value) : withoutNothing(value)
    }
    let variable = CodeVariable(name: names.name("value"), type: .unknown, home: blocks)
    variable.isHoisted = true
    hoisted.append(variable)
    try lower(last, .into(variable))
    isOver = false
    return variable.type == .raw ? .trimmed(.variable(variable)) : .variable(variable)
  }

  /// No value is an empty text, where one is asked for.
  private func withoutNothing(_ value: CodeExpression) -> CodeExpression {
    guard value.type == .nothing else { return value }
    emit(.evaluate(value))
    return .text("")
  }

  /// The value of a chain that needs no statements; `nil` if it does.
  private func simpleValue(of chain: Chain) throws -> CodeExpression? {
    if chain.links.isEmpty { return try value(of: chain.first) }
    guard chain.links.count == 2, chain.links[0].connector == .and,
      chain.links[1].connector == .or,
      let condition = try value(of: chain.first), condition.type == .flag
    else { return nil }
    let mayFail = mayFail
    guard let one = try value(of: chain.links[0].command), self.mayFail == mayFail,
      let other = try value(of: chain.links[1].command)
    else { throw error("this && and || in $(…) is not translated", at: chain.first.range) }
    return .conditional(condition, one, other)
  }
}
