extension CodeLowering {
  // MARK: Tasks

  /// A command, or a block, as a function of its items.
  func task(_ command: [ArgumentNode], _ items: CodeItems?, at range: SourceRange) throws
    -> CodeTask
  {
    guard let first = command.first else { throw error("CMD is missing", at: range) }
    let child = CodeLowering(pass, .task, unit: unit, parent: self)
    let task = CodeTask()
    let lists = items?.lists ?? []
    task.parameters = zip(child.itemNames(command, lists.count), lists).map { name, list in
      CodeVariable(name: child.names.name(name), type: list.type)
    }
    child.itemVariables = task.parameters
    if case .block(let block) = first {
      child.bindItems(task.parameters)
      try child.lower(block.body, .tail)
    } else {
      let arguments = lists.isEmpty ? command : try child.bound(command)
      try child.lower(
        CommandNode(arguments: ArgumentList(arguments[...]), range: range), .tail)
    }
    finish(task, from: child)
    return task
  }

  private func finish(_ task: CodeTask, from child: CodeLowering) {
    task.body = child.output
    task.hoisted = child.hoisted
    if !child.isOver { child.type = child.type.joined(with: .nothing) ?? .optional }
    task.type = child.type == .unknown ? .nothing : child.type
    task.passed = child.captures
    task.mayFail = child.mayFail
  }

  /// A block that is run for something else than its value: a callback, an initializer.
  func hook(_ block: Block, future: Int?) throws -> CodeTask {
    let child = CodeLowering(pass, .task, unit: unit, parent: self)
    let task = CodeTask()
    if let future {
      let variable = CodeVariable(name: child.names.name("future"), type: .future(future))
      task.parameters = [variable]
      child.bindOutcome(of: variable)
    }
    try child.lower(block.body, .drop)
    finish(task, from: child)
    return task
  }

  /// What a callback and the block of `as_completed` know of a future.
  func bindOutcome(of future: CodeVariable) {
    let site = future.site ?? 0
    let value = CodeExpression.variable(future)
    bindings["id"] = .expression(.id(value))
    bindings["item"] = .expression(.item(value))
    bindings["state"] = .expression(.state(value))
    bindings["error"] = .expression(.failure(value))
    bindings["result"] = .expression(.result(value, timeout: nil, pass.type(ofSite: site)))
  }

  // MARK: Items in a command

  /// How the items are called: as the parameters of the def that gets them.
  private func itemNames(_ command: [ArgumentNode], _ count: Int) -> [String] {
    let numbered = count == 1 ? ["item"] : (0..<max(count, 1)).map { "item\($0 + 1)" }
    guard case .word(let word) = command[0], let name = word.plain,
      let definition = pass.definitions[name], command.count == 1,
      definition.parameters.count == count
    else { return numbered }
    return definition.parameters
  }

  private func bindItems(_ variables: [CodeVariable]) {
    guard variables.count != 1 else {
      bindings["item"] = .variable(variables[0])
      return
    }
    for (index, variable) in variables.enumerated() {
      bindings["item\(index + 1)"] = .variable(variable)
    }
    if !variables.isEmpty {
      bindings["item"] = .expression(.joined(variables.map { .variable($0) }.spaced))
    }
  }

  /// The arguments with the items in the place of their placeholders, or at the end.
  private func bound(_ command: [ArgumentNode]) throws -> [ArgumentNode] {
    var hasPlaceholder = false
    let isLine = if case .word(let word) = command[0] { word.plain == "sh" } else { false }
    var arguments: [ArgumentNode] = []
    for (index, argument) in command.enumerated() {
      guard case .word(let word) = argument else {
        arguments.append(argument)
        continue
      }
      let words = try bound(word, in: isLine && index == 1, &hasPlaceholder)
      arguments += words.map { .word($0) }
    }
    if hasPlaceholder { return arguments }
    return arguments
      + itemVariables.indices.map { .word(Word(pieces: [.item("\($0)")], range: command[0].range)) }
  }

  private func bound(
    _ word: Word, in isLine: Bool, _ hasPlaceholder: inout Bool
  ) throws -> [Word] {
    var pieces: [Word.Piece] = []
    for piece in word.pieces {
      guard case .literal(let text, let isQuoted) = piece else {
        pieces.append(piece)
        continue
      }
      for segment in Placeholder.segments(of: text) {
        switch segment {
        case .text(let text): if !text.isEmpty { pieces.append(.literal(text, quoted: isQuoted)) }
        case .placeholder(let placeholder):
          hasPlaceholder = true
          if isLine {
            throw error(
              "a placeholder in a line of shell is not translated", at: word.range,
              hint: "sh 'LINE' {}, and $1 in the line")
          }
          pieces += try self.pieces(for: placeholder, word)
        }
      }
    }
    // `{}` of several lists by itself is as many words.
    if word.plain == "{}" {
      return itemVariables.indices.map { Word(pieces: [.item("\($0)")], range: word.range) }
    }
    return [Word(pieces: pieces, range: word.range)]
  }

  private func pieces(for placeholder: Placeholder, _ word: Word) throws -> [Word.Piece] {
    guard case .item(let position, .whole) = placeholder else {
      throw error("of the placeholders only {} and {1} are translated", at: word.range)
    }
    guard let position else {
      let all = itemVariables.indices.map { [Word.Piece.item("\($0)")] }
      return Array(all.joined(separator: [.literal(" ", quoted: true)]))
    }
    let index = position > 0 ? position - 1 : itemVariables.count + position
    guard itemVariables.indices.contains(index) else {
      throw error("there is no list \(position)", at: word.range)
    }
    return [.item("\(index)")]
  }
}

extension CodeVariable {
  var site: Int? {
    switch type {
    case .future(let site), .futures(let site): site
    default: nil
    }
  }
}
