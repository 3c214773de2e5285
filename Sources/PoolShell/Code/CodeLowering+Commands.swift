extension CodeLowering {
  /// One command: a block, a call of a def, or one of the table.
  func lower(_ node: CommandNode, _ use: Use) throws {
    guard case .word(let word) = node.arguments[0] else {
      if case .block(let block) = node.arguments[0] { try lower(block.body, use) }
      return
    }
    guard let name = word.plain else {
      throw error("a command whose name is not written out is not translated", at: word.range)
    }
    if let definition = pass.definitions[name] { return try call(definition, node, use) }
    guard let command = CommandTable.command(named: name) else {
      throw error("unknown command \(name)", at: word.range)
    }
    let arguments = try CodeArguments(node, of: command.declaration, in: self)
    if try lowerStructure(arguments, use) { return }
    if try lowerAction(arguments) { return try finishNothing(use) }
    if try lowerFutures(arguments, use) { return }
    if let value = try value(of: arguments) { return try finish(value, use) }
    try skip(arguments, use)
  }

  /// The value of a command that is one by itself; `nil` if statements are needed.
  func value(of node: CommandNode) throws -> CodeExpression? {
    guard case .word(let word) = node.arguments[0], let name = word.plain else { return nil }
    if let definition = pass.definitions[name] {
      return try callForValue(definition, node)
    }
    guard let command = CommandTable.command(named: name) else { return nil }
    let arguments = try CodeArguments(node, of: command.declaration, in: self)
    if name == "return" { return try line(arguments) }
    return try value(of: arguments)
  }

  /// What only the shell has.
  private func skip(_ arguments: CodeArguments, _ use: Use) throws {
    let name = arguments.declaration.name
    switch name {
    case "jobs", "info", "pools", "workers", "history", "help", "version", "set", "log", "explain",
      "tutorial", "hint", "answer", "skip", "reset", "play", "next", "progress":
      if case .into = use { break }
      if name == "set", try lowerSetting(arguments) { return }
      emit(.comment("\(name): only in the shell"))
      return try finishNothing(use)
    default: break
    }
    throw error("\(name) has no counterpart in a program", at: arguments.range)
  }

  /// Settings that change what a program does.
  private func lowerSetting(_ arguments: CodeArguments) throws -> Bool {
    let words = arguments.operands.map { unit.text($0.range) }
    let setting = words.joined(separator: " ")
    if ["on_error continue", "json on", "echo on"].contains(setting) {
      throw error("set \(setting) has no counterpart in a program", at: arguments.range)
    }
    if words.first == "workers", words.count == 2 { pass.workers = Int(words[1]) }
    return words.first == "workers" || words.first == "quiet"
  }

  // MARK: Commands without a value

  private func lowerAction(_ arguments: CodeArguments) throws -> Bool {
    switch arguments.declaration.name {
    case "print": emit(.print(try line(arguments)))
    case "sleep": try sleep(arguments)
    case "gate", "open": try gate(arguments)
    case "fail":
      let message = try line(arguments)
      if case .text("") = message {
        emit(.fail(.text("failed without a message")))
      } else {
        emit(.fail(message))
      }
      mayFail = true
      isOver = true
    case "save": try save(arguments)
    case "fetch" where arguments.has("--output"): try fetchToFile(arguments)
    case "let": try lowerLet(arguments)
    case "def": try define(arguments)
    case "on_done": try onDone(arguments)
    case "shutdown": try shutdown(arguments)
    default: return false
    }
    return true
  }

  /// Words as one line.
  private func line(_ arguments: CodeArguments) throws -> CodeExpression {
    let words = try arguments.words(in: self)
    guard words.count == 1 else { return .joined(try words.map(text).spaced).simplified }
    let value = try expression(words[0])
    if case .number = value { return value }
    if value.site != nil { pass.found.numbersFutures = true }
    let line = CodeExpression.joined([Self.asText(value)])
    // No value is printed as an empty line here.
    return line.simplified.type == .optional ? line : line.simplified
  }

  private func sleep(_ arguments: CodeArguments) throws {
    let word = try arguments.onlyWord("D", in: self)
    if let plain = word.plain, let dots = plain.firstRange(of: "..") {
      guard let least = Durations.parse(String(plain[..<dots.lowerBound])),
        let most = Durations.parse(String(plain[dots.upperBound...]))
      else { throw error("\(plain) is no range of durations", at: word.range) }
      return emit(.sleepBetween(least / .seconds(1), most / .seconds(1)))
    }
    if let plain = word.plain {
      guard let duration = Durations.parse(plain) else {
        throw error("\(plain) is not a duration", at: word.range)
      }
      return emit(.sleep(Self.seconds(duration / .seconds(1))))
    }
    let value = try expression(word)
    guard value.type.isNumber || value.type == .unknown else {
      throw error(
        "a duration that comes out of a text is not translated", at: word.range,
        hint: "as a number of seconds: 0.5")
    }
    emit(.sleep(value))
  }

  static func seconds(_ seconds: Double) -> CodeExpression {
    .number(CodeWriter.number(seconds), seconds == seconds.rounded() ? .integer : .decimal)
  }

  private func gate(_ arguments: CodeArguments) throws {
    let word = try arguments.onlyWord("NAME", in: self)
    guard let name = word.plain else {
      throw error("a gate whose name is not written out is not translated", at: word.range)
    }
    let variable = pass.gate(name)
    if arguments.declaration.name == "open" {
      pass.openedGates.insert(name)
      emit(.open(variable))
    } else {
      pass.gatePlaces.append((name, unit.place(of: word.range.start)))
      mayThrow = true
      emit(.gate(variable))
    }
  }

  private func save(_ arguments: CodeArguments) throws {
    let words = try arguments.words(in: self)
    guard words.count == 2 else { throw error("save needs ID and FILE", at: arguments.range) }
    let future = try oneFuture([words[0]], at: words[0].range)
    markSeen(future)
    mayFail = true
    let type = pass.type(ofSite: future.site ?? 0)
    emit(.save(.result(future, timeout: nil, type), type, path: try text(words[1])))
  }

  private func fetchToFile(_ arguments: CodeArguments) throws {
    guard let path = arguments.word(of: "--output"), let value = try value(of: arguments)
    else { return }
    emit(.save(value, .raw, path: try text(path)))
  }

  private func lowerLet(_ arguments: CodeArguments) throws {
    let words = try arguments.words(in: self)
    guard words.count == 3, let name = words[0].plain, LetCommand.isName(name),
      words[1].plain == "="
    else { throw error("let must be: let NAME = WORD", at: arguments.range) }
    if parent?.isInInitializer == true {
      throw error("what an initializer sets for its worker is not translated", at: arguments.range)
    }
    if let submission = words[2].submission, bindings[name] == nil || loopDepth == 0 {
      if case .variable(let variable)? = bindings[name], variable.home != blocks {
        throw error("$\(name) is set again in a block, to other futures", at: words[0].range)
      }
      _ = try submit(submission, as: name)
    } else {
      try set(name, try expression(words[2]), at: words[0].range)
    }
  }

  private func define(_ arguments: CodeArguments) throws {
    guard case .word(let nameWord)? = arguments.operands.first, let name = nameWord.plain,
      case .block(let body)? = arguments.operands.last
    else { throw error("def must be: def NAME PARAMETER… { … }", at: arguments.range) }
    var parameters: [String] = []
    for operand in arguments.operands.dropFirst().dropLast() {
      guard case .word(let word) = operand, let parameter = word.plain else {
        throw error("a parameter is a name", at: operand.range)
      }
      parameters.append(parameter)
    }
    pass.definitions[name] = Definition(
      name: name, parameters: parameters, body: body, unit: unit)
  }
}

extension [CodeExpression] {
  /// The same with blanks in between.
  var spaced: [CodeExpression] { Array(map { [$0] }.joined(separator: [.text(" ")])) }
}

extension CodeExpression {
  /// The only part of a text that has one.
  var simplified: CodeExpression {
    if case .interpolation(let parts) = self, parts.count == 1 { parts[0] } else { self }
  }
}

extension Word {
  /// The `submit` or `map --no-wait` whose ids the word gives, if it does nothing else.
  var submission: CommandNode? {
    guard plain == nil, pieces.count == 1, case .substitution(let list, quoted: false) = pieces[0],
      list.chains.count == 1, list.chains[0].links.isEmpty,
      case .word(let word) = list.chains[0].first.arguments[0]
    else { return nil }
    let node = list.chains[0].first
    let isMap =
      word.plain == "map"
      && node.arguments.contains { argument in
        if case .word(let word) = argument { word.plain == "--no-wait" } else { false }
      }
    return word.plain == "submit" || isMap ? node : nil
  }
}
