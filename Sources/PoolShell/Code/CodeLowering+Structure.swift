extension CodeLowering {
  /// Commands that are made of others.
  func lowerStructure(_ arguments: CodeArguments, _ use: Use) throws -> Bool {
    switch arguments.declaration.name {
    case "for": try lowerFor(arguments, use)
    case "repeat": try lowerRepeat(arguments, use)
    case "try": try lowerTry(arguments, use)
    case "time": try lowerTime(arguments, use)
    case "with": try lowerWith(arguments, use)
    case "pool": try lowerPool(arguments)
    case "return": try lowerReturn(arguments, use)
    default: return false
    }
    return true
  }

  private func block(_ argument: ArgumentNode?, at range: SourceRange) throws -> Block {
    guard case .block(let block)? = argument else { throw error("{ … } is missing", at: range) }
    return block
  }

  // MARK: Loops

  private func lowerFor(_ arguments: CodeArguments, _ use: Use) throws {
    let operands = arguments.operands
    guard operands.count >= 3, case .word(let nameWord) = operands[0], let name = nameWord.plain,
      case .word(let keyword) = operands[1], keyword.plain == "in"
    else { throw error("for must be: for NAME in ITEM… { … }", at: arguments.range) }
    let body = try block(operands.last, at: arguments.range)
    let words = try operands[2...].dropLast().map { operand -> Word in
      guard case .word(let word) = operand else {
        throw error("an item cannot be a block", at: operand.range)
      }
      return word
    }
    guard !words.isEmpty else { return try finishNothing(use) }
    let items = try items(words)
    let former = bindings[name]
    let variable = makeVariable(name, items.type)
    variable.isOfLoop = true
    let statements = try loop { try lower(body.body, use.ofBody) }
    bindings[name] = former ?? .lost("it is known only inside of the loop")
    emit(.forEach(variable, items, statements))
    try finishNothing(use)
  }

  private func lowerRepeat(_ arguments: CodeArguments, _ use: Use) throws {
    guard case .word(let count)? = arguments.operands.first else {
      throw error("repeat must be: repeat N CMD…", at: arguments.range)
    }
    let times = try expression(count)
    guard [.integer, .unknown].contains(times.type) else {
      throw error("how often must be a number that is written out", at: count.range)
    }
    let command = try rest(arguments, after: 1)
    let statements = try loop { try lower(command, use.ofBody) }
    emit(.repeat(times, statements))
    try finishNothing(use)
  }

  private func rest(_ arguments: CodeArguments, after count: Int) throws -> CommandNode {
    let nodes = arguments.operands[count...]
    guard !nodes.isEmpty else { throw error("CMD is missing", at: arguments.range) }
    return CommandNode(arguments: ArgumentList(nodes), range: arguments.range)
  }

  // MARK: try, time, return

  private func lowerTry(_ arguments: CodeArguments, _ use: Use) throws {
    let body = try block(arguments.operands.first, at: arguments.range)
    let handler =
      arguments.operands.count == 3
      ? try block(arguments.operands[2], at: arguments.range) : nil
    try attempt(
      { try self.lower(body.body, use) },
      {
        if let handler { try self.lower(handler.body, use) } else { try self.finishNothing(use) }
      })
  }

  private func lowerTime(_ arguments: CodeArguments, _ use: Use) throws {
    let command = try rest(arguments, after: 0)
    let (statements, isOver) = try capture { try lower(command, use) }
    if isOver { throw error("return or fail under time is not translated", at: arguments.range) }
    emit(.time(statements))
  }

  private func lowerReturn(_ arguments: CodeArguments, _ use: Use) throws {
    let value = try value(
      of: CommandNode(
        arguments: ArgumentList(returnNodes(arguments)), range: arguments.range))
    let isEmpty = arguments.operands.isEmpty
    if !withPools.isEmpty || role.isSession && !blocks.isEmpty, !use.isInto {
      throw error("a return out of this block is not translated", at: arguments.range)
    }
    if case .into = use {
      isEmpty ? try finishNothing(use) : try finish(value ?? .text(""), use)
      isOver = true
      return
    }
    if answers {
      if !isEmpty, let value { emit(.print(value)) }
      if !role.isSession { emit(.return(nil)) }
    } else if isEmpty {
      type = type.joined(with: .nothing) ?? .optional
      emit(.return(nil))
    } else if let value {
      emitReturn(value)
    }
    isOver = true
  }

  private func returnNodes(_ arguments: CodeArguments) -> ArraySlice<ArgumentNode> {
    let range = arguments.range
    let name = Word(plain: "return", firstByte: UInt8(ascii: "r"), range: range)
    return ([.word(name)] + arguments.operands)[...]
  }

  // MARK: Pools

  private func lowerPool(_ arguments: CodeArguments) throws {
    guard case .word(let action)? = arguments.operands.first else {
      return emit(.comment("pool: only in the shell"))
    }
    switch action.plain {
    case "new":
      let pool = try request(arguments, wish: poolName(arguments, after: 1) ?? "pool")
      _ = try makePool(pool)
      remember(pool.variable, as: poolName(arguments, after: 1))
    case "use":
      guard arguments.operands.count == 2, case .word(let name) = arguments.operands[1] else {
        throw error("NAME is missing", at: arguments.range)
      }
      bindings[Self.poolName] = .variable(try pool(named: name))
    default: throw error("pool \(action.plain ?? "") has no counterpart", at: arguments.range)
    }
  }

  private func poolName(_ arguments: CodeArguments, after count: Int) -> String? {
    guard arguments.operands.count > count, case .word(let word) = arguments.operands[count] else {
      return nil
    }
    return word.plain
  }

  private func remember(_ pool: CodeVariable, as name: String?) {
    let number = pools.count + withPoolCount
    bindings[Self.poolName + (name ?? "pool\(number)")] = .variable(pool)
  }

  private func request(_ arguments: CodeArguments, wish: String) throws -> CodePool {
    try arguments.allow(["--workers", "--thread-name-prefix", "--initializer"], in: self)
    let workers = try arguments.word(of: "--workers").map(expression)
    let prefix = try arguments.word(of: "--thread-name-prefix").map(text)
    let initializer = try arguments.block(of: "--initializer").map { block in
      isInInitializer = true
      defer { isInInitializer = false }
      return try hook(block, future: nil)
    }
    return CodePool(
      variable: poolVariable(wish), workers: workers, prefix: prefix, initializer: initializer)
  }

  private func lowerWith(_ arguments: CodeArguments, _ use: Use) throws {
    let body = try block(arguments.operands.last, at: arguments.range)
    let name = arguments.operands.count == 3 ? poolName(arguments, after: 1) : nil
    let pool = try request(arguments, wish: name ?? "pool")
    withPoolCount += 1
    let former = bindings[Self.poolName]
    bindings[Self.poolName] = .variable(pool.variable)
    remember(pool.variable, as: name)
    withPools.append(pool.variable)
    mayThrow = true
    let (statements, isOver) = try block { try lower(body.body, use) }
    withPools.removeLast()
    bindings[Self.poolName] = former
    if isOver, !role.isSession {
      throw error("return or fail at the end of with is not translated", at: arguments.range)
    }
    emit(.withPool(pool, statements))
  }

  func shutdown(_ arguments: CodeArguments) throws {
    let named = try arguments.operands.first.map { operand -> CodeVariable in
      guard case .word(let word) = operand else {
        throw error("POOL is a name", at: operand.range)
      }
      return try pool(named: word)
    }
    let isWaiting = !arguments.has("--no-wait")
    if arguments.has("--cancel-futures") { pass.found.cancels = true }
    let closed = try named ?? currentPool()
    emit(.shutdown(closed, wait: isWaiting, cancelFutures: arguments.has("--cancel-futures")))
    if isWaiting { pools.removeAll { $0 === closed } }
  }
}
