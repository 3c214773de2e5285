extension CodeLowering {
  /// How the pool that is current is looked up: no variable is called so.
  static let poolName = "%pool"

  // MARK: Reading

  /// What a name stands for; `nil` if nobody has set it.
  func lookUp(_ name: String) throws -> CodeExpression? {
    if let binding = bindings[name] { return try expression(binding, name) }
    if let parent {
      guard let found = try parent.lookUp(name) else { return nil }
      if case .caught = found {
        throw ShellError("code: $error cannot be read in a task: let message = $error")
      }
      for variable in found.variables where !captures.contains(where: { $0 === variable }) {
        captures.append(variable)
      }
      return found
    }
    if case .def(let key, _) = role { return hidden(name, of: key) }
    if let ids = pass.futures[name] { return try known(ids) }
    return pass.constants[name].map(Self.literal)
  }

  private func expression(_ binding: Binding, _ name: String) throws -> CodeExpression {
    switch binding {
    case .variable(let variable):
      if !blocks.starts(with: variable.home) { hoist(variable) }
      return .variable(variable)
    case .expression(let expression):
      switch expression {
      case .id: pass.found.numbersFutures = true
      case .item: pass.found.keepsItems = true
      case .ordered(.variable(let variable)) where !blocks.starts(with: variable.home):
        hoist(variable)
      default: break
      }
      return expression
    case .lost(let reason): throw ShellError("code: $\(name): \(reason)")
    }
  }

  private func hoist(_ variable: CodeVariable) {
    if !variable.isHoisted { hoisted.append(variable) }
    variable.isHoisted = true
  }

  /// What a def reads of its callers: one more parameter.
  private func hidden(_ name: String, of key: String) -> CodeExpression? {
    if pass.known.environment.contains(name) { return nil }
    let type =
      name == Self.poolName
      ? .pool : pass.known.signatures[key]?.hiddenTypes[name] ?? .unknown
    let variable = CodeVariable(
      name: names.name(name == Self.poolName ? "pool" : name), type: type)
    bindings[name] = .variable(variable)
    pass.found.signatures[key, default: .init()].hidden.append(name)
    pass.functions[key]?.parameters.append(variable)
    return .variable(variable)
  }

  /// A word without quotes that is a number is one, as long as it is written as programs would write it.
  static func literal(_ text: String) -> CodeExpression {
    if text.wholeMatch(of: /-?(0|[1-9][0-9]{0,15})/) != nil, text != "-0" {
      return .number(text, .integer)
    }
    if text.wholeMatch(of: /(0|[1-9][0-9]{0,8})\.([0-9]{0,3}[1-9]|0)/) != nil {
      return .number(text, .decimal)
    }
    return .text(text)
  }

  // MARK: Setting

  /// Sets a variable of this function.
  func set(_ name: String, _ value: CodeExpression, at range: SourceRange) throws {
    guard case .variable(let variable)? = bindings[name] else {
      return emit(.set(makeVariable(name, value.type), value, isFirst: true))
    }
    guard let type = variable.type.joined(with: value.type) else {
      throw error("$\(name) holds futures once, and something else another time", at: range)
    }
    variable.type = type
    variable.isChanged = true
    if !blocks.starts(with: variable.home) { hoist(variable) }
    emit(.set(variable, value, isFirst: false))
  }

  /// A new variable of this function, from here on.
  @discardableResult
  func makeVariable(_ name: String, _ type: CodeType, wish: String? = nil) -> CodeVariable {
    let variable = CodeVariable(name: names.name(wish ?? name), type: type, home: blocks)
    variable.isOfLoop = loopDepth > 0
    bindings[name] = .variable(variable)
    return variable
  }

  /// The pool where `submit` and `map` go; `main` is made when it is needed first.
  func currentPool() throws -> CodeVariable {
    if case .variable(let variable)? = try lookUp(Self.poolName) { return variable }
    guard role.isSession else { return try callersPool() }
    return try makeMain()
  }

  /// The pool `main`.
  ///
  /// Made outside of blocks, wherever it is needed first.
  func makeMain() throws -> CodeVariable {
    let main = CodePool(
      variable: CodeVariable(name: names.name("pool"), type: .pool), workers: defaultWorkers)
    let pool = main.variable
    if blocks.isEmpty { emit(.newPool(main)) } else { preamble.append(.newPool(main)) }
    bindings[Self.poolName] = .variable(pool)
    pools.append(pool)
    bindings[Self.poolName + PoolTable.mainName] = .variable(pool)
    return pool
  }

  private func callersPool() throws -> CodeVariable {
    guard let parent else { throw ShellError("code: there is no pool") }
    let pool = try parent.currentPool()
    captures.append(pool)
    return pool
  }

  private var defaultWorkers: CodeExpression? {
    pass.workers.map { .number("\($0)", .integer) }
  }

  func poolVariable(_ wish: String) -> CodeVariable {
    CodeVariable(name: names.name(wish), type: .pool, home: blocks)
  }

  /// Makes a pool that stays open, and the current one.
  func makePool(_ pool: CodePool) throws -> CodeVariable {
    if !blocks.isEmpty {
      throw ShellError("code: a pool made in a block is not translated", hint: "with pool { … }")
    }
    emit(.newPool(pool))
    bindings[Self.poolName] = .variable(pool.variable)
    pools.append(pool.variable)
    return pool.variable
  }
}

extension CodeExpression {
  /// The variables in what a name can stand for.
  fileprivate var variables: [CodeVariable] {
    switch self {
    case .variable(let variable): [variable]
    case .result(let part, _, _), .failure(let part), .state(let part), .id(let part),
      .item(let part), .ordered(let part):
      part.variables
    case .interpolation(let parts): parts.flatMap(\.variables)
    default: []
    }
  }
}
