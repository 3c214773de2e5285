extension CodeLowering {
  /// Commands joined by `&&` and `||`.
  func lower(_ chain: Chain, _ use: Use) throws {
    guard let link = chain.links.first else { return try lower(chain.first, use) }
    if let condition = try condition(chain.first) {
      return try branch(condition, link.connector, chain, use)
    }
    guard let or = chain.links.firstIndex(where: { $0.connector == .or }) else {
      return try sequence([chain.first] + chain.links.map(\.command), use)
    }
    guard or == chain.links.count - 1 else { throw tooManyConnectors(chain) }
    let before = [chain.first] + chain.links[..<or].map(\.command)
    try attempt(
      { try self.sequence(before, use) }, { try self.lower(chain.links[or].command, use) })
  }

  private func tooManyConnectors(_ chain: Chain) -> ShellError {
    error("this combination of && and || is not translated", at: chain.first.range)
  }

  /// One after the other; a failure ends them.
  private func sequence(_ commands: [CommandNode], _ use: Use) throws {
    for (index, command) in commands.enumerated() where !isOver {
      let isLast = index == commands.count - 1
      if isLast || answers { try lower(command, use) } else { try lower(command, .drop) }
    }
  }

  /// A command that says true or false.
  private func condition(_ command: CommandNode) throws -> CodeExpression? {
    guard case .word(let word) = command.arguments[0], let name = word.plain,
      ["running", "done", "cancelled", "failed", "cancel"].contains(name),
      pass.definitions[name] == nil
    else { return nil }
    let condition = try value(of: command)
    // Where commands answer this one does, too, before anything is decided.
    guard answers, let condition else { return condition }
    let variable = CodeVariable(name: names.name("answer"), type: .flag, home: blocks)
    emit(.set(variable, condition, isFirst: true))
    emit(.print(.variable(variable)))
    return .variable(variable)
  }

  private func branch(
    _ condition: CodeExpression, _ connector: Chain.Connector, _ chain: Chain, _ use: Use
  ) throws {
    let couldFail = mayFail
    let count = groups.count
    defer { loseFutures(since: count) }
    mayFail = false
    let first = try block { try lower(chain.links[0].command, use) }
    let mayFirstFail = mayFail
    mayFail = couldFail || mayFirstFail
    var second: (statements: [CodeStatement], isOver: Bool) = ([], false)
    if chain.links.count == 2, connector == .and, chain.links[1].connector == .or,
      !mayFirstFail || first.isOver
    {
      second = try block { try lower(chain.links[1].command, use) }
    } else if chain.links.count > 1 {
      throw tooManyConnectors(chain)
    }
    let isAnd = connector == .and
    emit(.if(isAnd ? condition : .not(condition), first.statements, second.statements))
    isOver = first.isOver && second.isOver
  }

  /// What is submitted in a block that may not be run to its end is not known after it.
  private func loseFutures(since count: Int) {
    guard groups.count > count else { return }
    lostFutures = "futures are submitted in a block that may not have run"
    if role.isSession { pass.nextID = nil }
  }

  /// Something, and what is done if it fails.
  func attempt(_ body: () throws -> Void, _ handler: () throws -> Void) throws {
    let could = (fail: mayFail, throw: mayThrow)
    let count = groups.count
    (mayFail, mayThrow) = (false, false)
    let (former, first) = (bindings["error"], try block(body))
    let mayBodyThrow = mayFail || mayThrow
    (mayFail, mayThrow) = could
    guard mayBodyThrow else {
      output += first.statements
      isOver = first.isOver
      return
    }
    defer { loseFutures(since: count) }
    bindings["error"] = .expression(.caught)
    let second = try block(handler)
    bindings["error"] = former ?? .lost("it is known only where the error is handled")
    emit(.attempt(first.statements, second.statements))
    isOver = first.isOver && second.isOver
  }
}
