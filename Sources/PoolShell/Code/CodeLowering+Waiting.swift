extension CodeLowering {
  // MARK: wait

  func wait(_ arguments: CodeArguments, _ use: Use) throws {
    var words = try arguments.words(in: self)
    let condition = Self.condition(words.first?.plain)
    if condition != nil { words.removeFirst() }
    let timeout = try arguments.seconds(of: "--timeout", in: self)
    let selected = try selection(words, at: arguments.range)
    guard let futures = try selected ?? unseen(includingListed: false, at: arguments.range) else {
      return waitForNothing(use)
    }
    let list = futures.isList ? futures : .list([futures], site: futures.site ?? 0)
    let (done, notDone, isFirst) = waitVariables(list)
    emit(
      .wait(
        CodeWait(
          futures: list, condition: condition ?? .all, timeout: timeout, done: done,
          notDone: notDone, isFirst: isFirst)))
    let isComplete = (condition ?? .all) == .all && timeout == nil
    markListed(futures, rest: notDone, isComplete: isComplete, isBare: selected == nil)
    pass.found.numbersFutures = true
    switch use {
    case .answer: emit(.tellWait(done: done, notDone: notDone))
    case .drop: break
    case .tail, .into: try finish(.ids(.ordered(.variable(done))), use)
    }
  }

  private func waitForNothing(_ use: Use) {
    guard case .answer = use else { return }
    emit(.print(.text("done: none")))
    emit(.print(.text("not done: none")))
  }

  private static func condition(_ text: String?) -> CodeWait.WaitKind? {
    switch text?.lowercased().replacing("-", with: "_") {
    case "all", "all_completed": .all
    case "first", "first_completed": .first
    case "exception", "first_exception": .exception
    default: nil
    }
  }

  /// `$done` and `$not_done`: the same two for every `wait` of a function, if they are of the same futures.
  private func waitVariables(_ futures: CodeExpression) -> (CodeVariable, CodeVariable, Bool) {
    if case .expression(.ordered(.variable(let done)))? = bindings["done"],
      case .expression(.ordered(.variable(let notDone)))? = bindings["not_done"],
      done.home == blocks, done.type == .futures(futures.site ?? 0)
    {
      (done.isChanged, notDone.isChanged) = (true, true)
      return (done, notDone, false)
    }
    let type = CodeType.futures(futures.site ?? 0)
    let done = CodeVariable(name: names.name("done"), type: type, home: blocks)
    let notDone = CodeVariable(name: names.name("not_done"), type: type, home: blocks)
    bindings["done"] = .expression(.ordered(.variable(done)))
    bindings["not_done"] = .expression(.ordered(.variable(notDone)))
    return (done, notDone, true)
  }

  // MARK: as_completed

  func asCompleted(_ arguments: CodeArguments, _ use: Use) throws {
    let timeout = try arguments.seconds(of: "--timeout", in: self)
    let (words, body) = try separateBody(arguments)
    let selected = try selection(words, at: arguments.range)
    guard let futures = try selected ?? unseen(includingListed: true, at: arguments.range) else {
      return try finishNothing(use)
    }
    markSeen(futures)
    mayThrow = mayThrow || timeout != nil
    mayFail = mayFail || timeout != nil
    let list = futures.isList ? futures : .list([futures], site: futures.site ?? 0)
    let future = CodeVariable(
      name: names.name("future"), type: .future(list.site ?? 0), home: blocks)
    future.isOfLoop = true
    let former = bindings
    let statements: [CodeStatement]
    if let body {
      bindOutcome(of: future)
      statements = try loop { try lower(body.body, use.ofBody) }
      for name in ["id", "item", "state", "result", "error"] {
        bindings[name] = former[name] ?? .lost("it is known only inside of do { … }")
      }
    } else {
      guard case .answer = use else {
        throw error("the value of as_completed is not translated", at: arguments.range)
      }
      pass.found.numbersFutures = true
      pass.found.numberings += 1
      statements = [.print(outcomeLine(of: future))]
    }
    emit(.asCompleted(future, list, timeout: timeout, statements))
  }

  private func outcomeLine(of future: CodeVariable) -> CodeExpression {
    let value = CodeExpression.variable(future)
    // If all of them end well and with something, that is what there is to say.
    let type = pass.type(ofSite: future.site ?? 0)
    let isPlain = !pass.known.cancels && pass.endsWithValue(future.site ?? 0)
    let outcome = isPlain ? CodeExpression.result(value, timeout: nil, type) : .outcome(value)
    return .interpolation([.text("["), .id(value), .text("] "), outcome])
  }

  private func separateBody(_ arguments: CodeArguments) throws -> ([Word], Block?) {
    var words: [Word] = []
    for (index, operand) in arguments.operands.enumerated() {
      guard case .word(let word) = operand else {
        throw error("a block needs do before it", at: operand.range)
      }
      guard word.plain == "do" else {
        words.append(word)
        continue
      }
      guard index + 2 == arguments.operands.count,
        case .block(let block) = arguments.operands[index + 1]
      else { throw error("do needs a block, and nothing after it", at: word.range) }
      return (words, block)
    }
    return (words, nil)
  }

  // MARK: result, cancel, on_done

  func result(_ arguments: CodeArguments, _ use: Use) throws {
    let value = try resultValue(arguments)
    guard case .results(let futures, let timeout) = value, case .answer = use else {
      return try finish(value, use)
    }
    let future = CodeVariable(
      name: names.name("future"), type: .future(futures.site ?? 0), home: blocks)
    guard case .futures(let site) = futures.type else { return try finish(value, use) }
    if timeout != nil {
      throw error("result of several with --timeout is not translated", at: arguments.range)
    }
    let result = CodeExpression.result(
      .variable(future), timeout: nil, pass.type(ofSite: site))
    let body = block { answerOne(result) }.statements
    emit(.forEach(future, .futures(futures, site: site), body))
  }

  private func answerOne(_ result: CodeExpression) {
    switch result.type {
    case .nothing, .unknown: emit(.evaluate(result))
    default: emit(.print(result))
    }
  }

  private func resultValue(_ arguments: CodeArguments) throws -> CodeExpression {
    let timeout = try arguments.seconds(of: "--timeout", in: self)
    guard let futures = try selection(arguments.words(in: self), at: arguments.range) else {
      throw error("SEL is missing", at: arguments.range)
    }
    markSeen(futures)
    mayFail = true
    if futures.isList { return .results(futures, timeout: timeout) }
    return .result(futures, timeout: timeout, pass.type(ofSite: futures.site ?? 0))
  }

  func cancel(_ arguments: CodeArguments, _ use: Use) throws {
    guard let futures = try selection(arguments.words(in: self), at: arguments.range) else {
      throw error("SEL is missing", at: arguments.range)
    }
    pass.found.cancels = true
    guard case .answer = use else { return try finish(.cancel(futures), use) }
    pass.found.numbersFutures = true
    guard case .futures(let site) = futures.type else { return emit(.tellCancel(futures)) }
    let future = CodeVariable(name: names.name("future"), type: .future(site), home: blocks)
    emit(.forEach(future, .futures(futures, site: site), [.tellCancel(.variable(future))]))
  }

  func onDone(_ arguments: CodeArguments) throws {
    guard case .block(let block)? = arguments.operands.last else {
      throw error("{ … } is missing", at: arguments.range)
    }
    let words = try arguments.operands.dropLast().map { operand -> Word in
      guard case .word(let word) = operand else {
        throw error("one block is enough", at: operand.range)
      }
      return word
    }
    guard let futures = try selection(words, at: arguments.range) else {
      throw error("SEL is missing", at: arguments.range)
    }
    let could = (mayFail, mayThrow)
    let callback = try hook(block, future: futures.site)
    (mayFail, mayThrow) = could
    emit(.onDone(futures, isList: futures.isList, callback))
  }

  // MARK: Commands whose value is all there is to them

  /// The value of a command; `nil` if it has none, or only with statements.
  func value(of arguments: CodeArguments) throws -> CodeExpression? {
    let name = arguments.declaration.name
    switch name {
    case "result": return try resultValue(arguments)
    case "exception":
      let timeout = try arguments.seconds(of: "--timeout", in: self)
      let future = try oneFuture(arguments.words(in: self), at: arguments.range)
      markSeen(future)
      // It fails only if the future was cancelled, or is not done in time.
      mayThrow = true
      if timeout != nil { mayFail = true }
      return .exception(future, timeout: timeout)
    case "running", "done", "cancelled", "failed":
      let future = try oneFuture(arguments.words(in: self), at: arguments.range)
      return CodeExpression.Predicate(rawValue: name).map { .predicate($0, future) }
    case "state": return .state(try oneFuture(arguments.words(in: self), at: arguments.range))
    case "cancel":
      pass.found.cancels = true
      return try selection(arguments.words(in: self), at: arguments.range).map { .cancel($0) }
    case "primes": return .primes(try number(arguments))
    case "fibonacci":
      let number = try number(arguments)
      if case .number("93", _) = number {
        throw error("fibonacci 93 does not fit in an Int", at: arguments.range)
      }
      return .fibonacci(number)
    case "submit":
      return .variable(try submit(arguments, as: nil))
    default: return try programValue(of: arguments)
    }
  }

  private func number(_ arguments: CodeArguments) throws -> CodeExpression {
    let word = try arguments.onlyWord("N", in: self)
    let value = try expression(word)
    guard [.integer, .unknown].contains(value.type) else {
      throw error(
        "\(arguments.declaration.name) needs a number that is written out", at: word.range)
    }
    return value
  }

  private func programValue(of arguments: CodeArguments) throws -> CodeExpression? {
    switch arguments.declaration.name {
    case "exec":
      mayFail = true
      return .run(try arguments.words(in: self).map(text))
    case "sh":
      let words = try arguments.words(in: self)
      guard let line = words.first else { throw error("'LINE' is missing", at: arguments.range) }
      mayFail = true
      return .shell(try text(line), try words.dropFirst().map(text))
    case "fetch":
      mayFail = true
      let timeout = try arguments.seconds(of: "--timeout", in: self)
      return .fetch(try text(arguments.onlyWord("URL", in: self)), timeout: timeout)
    case "read":
      mayFail = true
      return .read(try text(arguments.onlyWord("FILE", in: self)))
    default: return nil
    }
  }
}

extension CodeLowering.Use {
  /// What becomes of the values in a block that runs for each of several.
  var ofBody: CodeLowering.Use { if case .answer = self { .answer } else { .drop } }
}
