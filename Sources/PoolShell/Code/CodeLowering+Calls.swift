extension CodeLowering {
  // MARK: Calls of defs

  func call(_ definition: Definition, _ node: CommandNode, _ use: Use) throws {
    guard case .answer = use else {
      return try finish(call(definition, node, answers: false), use)
    }
    // One that only gives a value needs no version of its own where it answers.
    if Self.onlyGivesValue(definition.body.body, isLast: true) {
      return try finish(call(definition, node, answers: false), use)
    }
    emit(.evaluate(try call(definition, node, answers: true)))
  }

  func callForValue(_ definition: Definition, _ node: CommandNode) throws -> CodeExpression {
    try call(definition, node, answers: false)
  }

  private func call(
    _ definition: Definition, _ node: CommandNode, answers: Bool
  ) throws -> CodeExpression {
    let words = try CodeLowering.words(node, self)
    let values = try words.map(expression)
    guard values.count == definition.parameters.count else {
      throw error(
        "\(definition.name) takes \(Counted.text(definition.parameters.count, "argument")), not \(values.count)",
        at: node.range)
    }
    let key = "\(definition.name) \(definition.body.range.start)\(answers ? " answers" : "")"
    note(values, for: key)
    let function = try function(definition, key, answers: answers)
    if function.mayFail { mayFail = true }
    mayThrow = true
    if function.submits {
      lostFutures = "\(definition.name) submits futures of its own"
      if role.isSession { pass.nextID = nil }
      if case .def(let own, _) = role { pass.functions[own]?.submits = true }
    }
    return .call(function, values + (try hiddenValues(of: key)))
  }

  private static func words(_ node: CommandNode, _ lowering: CodeLowering) throws -> [Word] {
    try node.arguments.operands.map { operand in
      guard case .word(let word) = operand else {
        throw lowering.error("a def takes words, not blocks", at: operand.range)
      }
      return word
    }
  }

  /// What a def is given is what its parameters are.
  private func note(_ values: [CodeExpression], for key: String) {
    var signature = pass.found.signatures[key] ?? .init()
    for (index, value) in values.enumerated() {
      if index < signature.parameters.count {
        signature.parameters[index] = merged(signature.parameters[index], value.type)
      } else {
        signature.parameters.append(value.type)
      }
    }
    pass.found.signatures[key] = signature
  }

  private func merged(_ one: CodeType, _ other: CodeType) -> CodeType {
    if case .future(let first) = one, case .future(let second) = other {
      return pass.unite(first, second).map(CodeType.future) ?? one
    }
    if case .futures(let first) = one, case .futures(let second) = other {
      return pass.unite(first, second).map(CodeType.futures) ?? one
    }
    return one.joined(with: other) ?? .text
  }

  /// What a def reads of its callers, as this one has it.
  private func hiddenValues(of key: String) throws -> [CodeExpression] {
    let names = pass.found.signatures[key]?.hidden ?? []
    return try (names + (pass.known.signatures[key]?.hidden ?? []).filter { !names.contains($0) })
      .map { name in
        if name == Self.poolName { return .variable(try currentPool()) }
        let value = try lookUp(name)
        if value == nil { pass.found.environment.insert(name) }
        let result = value ?? .environment(name)
        let type = pass.found.signatures[key]?.hiddenTypes[name] ?? .unknown
        pass.found.signatures[key, default: .init()].hiddenTypes[name] = merged(type, result.type)
        return result
      }
  }

  private func function(
    _ definition: Definition, _ key: String, answers: Bool
  ) throws -> CodeFunction {
    if let function = pass.functions[key] { return function }
    let known = pass.known.signatures[key]
    let function = CodeFunction(
      name: pass.definitionNames.removeValue(forKey: definition.name)
        ?? pass.names.name(definition.name))
    function.type = known?.type ?? .unknown
    function.mayFail = known?.mayFail ?? false
    pass.functions[key] = function
    let lowering = CodeLowering(pass, .def(key: key, answers: answers), unit: definition.unit)
    for (index, parameter) in definition.parameters.enumerated() {
      let types = known?.parameters ?? pass.found.signatures[key]?.parameters ?? []
      let type = index < types.count ? types[index] : .unknown
      function.parameters.append(lowering.makeVariable(parameter, type))
    }
    pass.found.signatures[key]?.hidden = []
    try lowering.lower(definition.body.body, answers ? .answer : .tail)
    if !lowering.isOver { lowering.type = lowering.type.joined(with: .nothing) ?? .optional }
    function.body = lowering.output
    function.hoisted = lowering.hoisted
    // One that only fails gives nothing either.
    function.type = answers || lowering.type == .unknown ? .nothing : lowering.type
    function.mayFail = lowering.mayFail
    pass.found.signatures[key]?.type = function.type
    pass.found.signatures[key]?.mayFail = function.mayFail
    pass.functionOrder.append(function)
    return function
  }

  /// Whether commands say nothing where they answer, but for the value of the last.
  private static func onlyGivesValue(_ list: CommandList, isLast: Bool) -> Bool {
    for (index, chain) in list.chains.enumerated() {
      let isLastChain = isLast && index == list.chains.count - 1
      let commands = [chain.first] + chain.links.map(\.command)
      guard commands.allSatisfy({ isQuiet($0, isLast: isLastChain) }) else { return false }
    }
    return true
  }

  private static func isQuiet(_ command: CommandNode, isLast: Bool) -> Bool {
    guard case .word(let word) = command.arguments[0], let name = word.plain else { return false }
    switch name {
    case "print", "sleep", "let", "gate", "open", "fail", "return", "save", "on_done", "submit":
      return true
    case "try", "for":
      return command.arguments.allSatisfy { argument in
        guard case .block(let block) = argument else { return true }
        return onlyGivesValue(block.body, isLast: isLast && name == "try")
      }
    case "result", "exec", "sh", "fetch", "read", "primes", "fibonacci", "state": return isLast
    default: return false
    }
  }
}
