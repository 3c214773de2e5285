/// Runs what the parser made.
extension Context {
  /// Runs commands one after the other.
  ///
  /// - Returns: The value of the last one.
  @discardableResult
  func run(_ list: CommandList) throws -> Value {
    var value = Value.nothing
    for (index, chain) in list.chains.enumerated() {
      if index > 0 { drop(value) }
      value = try run(chain)
    }
    return value
  }

  func run(_ block: Block) throws -> Value {
    try nested { try run(block.body) }
  }

  /// Runs commands joined by `&&` and `||`, from left to right.
  func run(_ chain: Chain) throws -> Value {
    if chain.links.isEmpty { return try run(chain.first) }
    // Looked for once: asking behind each of many links whether there is another took their square.
    let lastOr = chain.links.lastIndex { $0.connector == .or } ?? -1
    var result = outcome(of: chain.first, isCaught: lastOr >= 0)
    for (index, link) in chain.links.enumerated() {
      guard result.isTrue == (link.connector == .and) else { continue }
      switch result {
      case .success(let value): drop(value)
      case .failure(let error as ShellError): scope.set("error", .text(error.message))
      case .failure(let error): throw error
      }
      result = outcome(of: link.command, isCaught: lastOr > index)
    }
    return try result.get()
  }

  private func outcome(of command: CommandNode, isCaught: Bool) -> Result<Value, any Error> {
    Result {
      isCaught ? try catching { try run(command) } : try run(command)
    }
  }

  /// Runs one command: a block, a call of a def, or one of the table.
  func run(_ node: CommandNode) throws -> Value {
    if isOnSessionThread { session.leaveTheEndToAbort() } else { try checkKilled() }
    defer { letOthersGoOn() }
    do {
      switch node.arguments[0] {
      case .block(let block):
        guard node.arguments.count == 1 else {
          throw ShellError(
            "unexpected words after a block", place: place(of: node.arguments[1].range))
        }
        return try run(block)
      case .word(let word):
        return try run(word.plain ?? expander.oneWord(word), node)
      }
    } catch {
      throw located(error, at: node.range)
    }
  }

  private func run(_ name: String, _ node: CommandNode) throws -> Value {
    if let definition = scope.definitions[name] { return try call(definition, node) }
    guard let command = CommandTable.command(named: name) else { throw unknown(name, node) }
    let declaration = command.declaration
    if declaration.isSessionOnly, !isSession {
      throw ShellError("\(declaration.name) works only in the session itself, not in a task")
    }
    return try answer(command.perform(node, in: self), of: declaration.name)
  }

  /// Writes a command's answer where commands answer.
  private func answer(_ outcome: Outcome, of command: String) throws -> Value {
    guard isAnswering else { return outcome.value }
    if let report = outcome.answer {
      session.show(report)
    } else if outcome.isValueAnswered {
      session.show(.value(command: command, outcome.value))
    }
    try checkOutput()
    return outcome.value
  }

  /// Ends the session when nobody reads its output any more.
  func checkOutput() throws {
    guard isSession, !session.output.isWell else { return }
    if session.output.failure == .closed { throw ControlFlow.outputClosed }
    if let reason = session.output.failureText { throw ShellError(reason) }
  }

  /// An error without a place gets that of the innermost command.
  private func located(_ error: any Error, at range: SourceRange) -> any Error {
    if error is ControlFlow { return error }
    var error = ShellError(wrapping: error)
    if error.place == nil { error.place = place(of: range) }
    return error
  }

  // MARK: Calls

  private func call(_ definition: Definition, _ node: CommandNode) throws -> Value {
    var words: [String] = []
    for argument in node.arguments.operands {
      guard case .word(let word) = argument else {
        throw ShellError(
          "\(definition.name) takes words, not blocks", place: place(of: argument.range))
      }
      words += try expander.words(word).map(\.text)
    }
    guard words.count == definition.parameters.count else {
      throw ShellError(
        "\(definition.name) takes \(Counted.text(definition.parameters.count, "argument")), not \(words.count)",
        hint: "usage: \(definition.usage)", place: place(of: node.range))
    }
    scope.push(Dictionary(zip(definition.parameters, words.map(Value.text))) { $1 })
    defer { scope.pop() }
    return try returning {
      try nested { try within(definition.unit) { try run(definition.body.body) } }
    }
  }

  /// Runs commands that were read from another text.
  func within<R>(_ unit: SourceUnit, _ body: () throws -> R) rethrows -> R {
    let former = self.unit
    self.unit = unit
    defer { self.unit = former }
    return try body()
  }

  /// Runs what `return` leaves.
  func returning(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch ControlFlow.return(let value) {
      return value
    }
  }

  /// The value of `$(…)`: nothing in it answers.
  func substitute(_ list: CommandList) throws -> Value {
    let wasAnswering = isAnswering
    let wasSubstituting = isSubstituting
    (isAnswering, isSubstituting) = (false, true)
    defer { (isAnswering, isSubstituting) = (wasAnswering, wasSubstituting) }
    let value = try returning { try nested { try run(list) } }
    if case .output(let output) = value { session.output.writeError(of: output) }
    return value
  }

  // MARK: Unknown commands

  private func unknown(_ name: String, _ node: CommandNode) -> ShellError {
    ShellError(
      "unknown command \(name)", hint: UnknownCommand.hint(for: name, in: self),
      place: place(of: node.arguments[0].range))
  }
}

extension Result where Success == Value {
  /// What `&&` and `||` ask: neither failed nor the value `false`.
  fileprivate var isTrue: Bool {
    if case .success(let value) = self { !value.isFalse } else { false }
  }
}

/// What to say to who types a command that is none.
enum UnknownCommand {
  private static let otherShells: [String: String] = [
    "echo": "to write a line: print WORD…", "printf": "to write a line: print WORD…",
    "if": "conditions are: COMMAND && { … } || { … }",
    "while": "loops are: for NAME in ITEMS { … }, or repeat N COMMAND",
    "function": "to define a command: def NAME PARAMETER… { … }",
    "catch": "catch stands on the line of the } before it",
    "do": "do stands on the line of what it belongs to",
    "export": "to set a variable: let NAME = VALUE",
    "cd": "a directory is changed only for one line: sh 'cd DIR && …'",
    "quit": "to leave: exit, or Ctrl-D", "true": "a command that succeeds: print",
    "ThreadPoolExecutor": "to make a pool: pool new -w N",
  ]

  /// What is wrong with `{print`.
  static let brace = "'{' must be a word of its own"

  static func hint(for name: String, in context: Context) -> String {
    if let hint = otherShells[name] { return hint }
    if name.hasPrefix("{") { return brace }
    if let equals = name.firstIndex(of: "="), equals != name.startIndex {
      return "to set a variable: let \(name[..<equals]) = \(name[name.index(after: equals)...])"
    }
    let candidates = CommandTable.names.filter { $0 != "!" } + context.scope.definitions.keys
    let near = Spelling.likely(name, among: candidates)
    if near.isEmpty { return "\(program(name, context)); all commands: help" }
    // `df` is near `def`, but more likely meant as what it is.
    return Spelling.question(near)
      + (Folder.hasProgram(name) ? "; \(program(name, context))" : "")
  }

  private static func program(_ name: String, _ context: Context) -> String {
    let exec = "to run a program: exec \(name) …"
    guard context.isInteractive, Folder.hasProgram(name) else { return exec }
    return "\(exec), or on the terminal: ! \(name) …"
  }
}
