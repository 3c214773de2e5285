extension CodeLowering {
  /// Commands that make futures or wait for them.
  func lowerFutures(_ arguments: CodeArguments, _ use: Use) throws -> Bool {
    switch arguments.declaration.name {
    case "submit": try lowerSubmit(arguments, use)
    case "map": try lowerMap(arguments, use)
    case "wait": try wait(arguments, use)
    case "as_completed": try asCompleted(arguments, use)
    case "result": try result(arguments, use)
    case "cancel": try cancel(arguments, use)
    default: return false
    }
    return true
  }

  // MARK: submit

  private func lowerSubmit(_ arguments: CodeArguments, _ use: Use) throws {
    let futures = try submit(arguments, as: nil)
    switch use {
    case .answer, .drop: break
    case .tail, .into: try finish(.variable(futures), use)
    }
    if case .tail = use, !role.isSession {
      throw error("a def or task whose value is a future is not translated", at: arguments.range)
    }
  }

  func submit(_ node: CommandNode, as name: String) throws -> CodeVariable {
    guard case .word(let word) = node.arguments[0],
      let command = CommandTable.command(named: word.plain ?? "")
    else { throw error("this is not translated", at: node.range) }
    return try submit(CodeArguments(node, of: command.declaration, in: self), as: name)
  }

  /// Submits, and keeps the futures in a variable.
  func submit(_ arguments: CodeArguments, as name: String?) throws -> CodeVariable {
    try arguments.allow(
      ["--as", "--pool", "--timeout", "--job-timeout", "--zip", "--cross", "--no-wait"], in: self)
    let isMap = arguments.declaration.name == "map"
    let limit = isMap ? "--job-timeout" : "--timeout"
    if arguments.has(limit) {
      emit(.comment("\(limit): only in the shell, the library cannot end what runs"))
    }
    let pool = try pool(of: arguments)
    let (command, items) = try separate(arguments)
    let task = try task(command, items, at: arguments.range)
    mayThrow = true
    let site = pass.addSite(task)
    if case .def(let key, _) = role { pass.functions[key]?.submits = true }
    let label = arguments.word(of: "--as")?.plain.map {
      $0.hasPrefix("@") ? String($0.dropFirst()) : $0
    }
    let value: CodeExpression =
      items.map { .submitEach(pool, task, $0, site: site) } ?? .submit(pool, task, site: site)
    let count = items == nil ? 1 : items?.count
    if loopDepth > 0 { return try submitInLoop(value, as: name, label, site, pool) }
    let variable =
      name.map { rebound($0, value.type) }
      ?? CodeVariable(
        name: names.name(items == nil ? futureName : "futures"), type: value.type, home: blocks)
    emit(.set(variable, value, isFirst: !variable.isChanged))
    groups.append(
      CodeGroup(
        futures: .variable(variable), firstID: role.isSession ? pass.nextID : nil, count: count,
        label: label, pool: pool))
    if role.isSession { pass.nextID = count.flatMap { count in pass.nextID.map { $0 + count } } }
    return variable
  }

  /// A future is called by its number, if that is known.
  private var futureName: String {
    if role.isSession, let id = pass.nextID { "future\(id)" } else { "future" }
  }

  /// The variable of that name anew: what it held before stays what it is.
  private func rebound(_ name: String, _ type: CodeType) -> CodeVariable {
    makeVariable(name, type)
  }

  private func submitInLoop(
    _ value: CodeExpression, as name: String?, _ label: String?, _ site: Int, _ pool: CodeVariable
  ) throws -> CodeVariable {
    if role.isSession { pass.nextID = nil }
    if let name {
      lostFutures = "futures that a loop has put in a variable are not known any more"
      let variable = makeVariable(name, value.type)
      emit(.set(variable, value, isFirst: true))
      return variable
    }
    let list = CodeVariable(name: names.name("futures"), type: .futures(site))
    listsOfLoop.append(list)
    emit(.append(list, value, isList: value.isList))
    groups.append(CodeGroup(futures: .variable(list), label: label, pool: pool))
    return list
  }

  private func pool(of arguments: CodeArguments) throws -> CodeVariable {
    guard let name = arguments.word(of: "--pool") else { return try currentPool() }
    return try pool(named: name)
  }

  /// The pool that a word names.
  func pool(named word: Word) throws -> CodeVariable {
    if word.plain == PoolTable.mainName, lookUpPool(PoolTable.mainName) == nil, role.isSession {
      return try makeMain()
    }
    guard let name = word.plain, let pool = lookUpPool(name) else {
      throw error("there is no pool \(unit.text(word.range))", at: word.range)
    }
    return pool
  }

  private func lookUpPool(_ name: String) -> CodeVariable? {
    if case .variable(let pool)? = bindings[Self.poolName + name] { return pool }
    return parent?.lookUpPool(name)
  }

  // MARK: map

  private func lowerMap(_ arguments: CodeArguments, _ use: Use) throws {
    if arguments.has("--no-wait") {
      let futures = try submit(arguments, as: nil)
      if case .into = use { try finish(.variable(futures), use) }
      return
    }
    let map = try makeMap(arguments)
    let isPlain = !map.task.mayFail && !arguments.has("--as-completed") && !isNumbered
    if isPlain || !use.isStatement {
      if role.isSession { pass.nextID = nextID(after: map) }
      return try finish(.mapped(map, map.task.type), use)
    }
    try mapByFutures(map, asCompleted: arguments.has("--as-completed"), use)
  }

  private func makeMap(_ arguments: CodeArguments) throws -> CodeMap {
    try arguments.allow(
      [
        "--zip", "--cross", "--timeout", "--job-timeout", "--buffersize", "--as-completed", "--as",
        "--pool",
      ], in: self)
    let timeout = try arguments.seconds(of: "--timeout", in: self)
    let pool = try pool(of: arguments)
    let (command, lists) = try separate(arguments)
    guard let items = lists else { throw error("::: ITEM… is missing", at: arguments.range) }
    let task = try task(command, items, at: arguments.range)
    (mayThrow, mayFail) = (true, mayFail || task.mayFail || timeout != nil)
    returnWhatIsPrinted(by: task)
    if arguments.has("--job-timeout") {
      emit(.comment("--job-timeout: only in the shell, the library cannot end what runs"))
    }
    let bufferSize = try arguments.count(of: "--buffersize", in: self)
    return CodeMap(pool: pool, task: task, items: items, timeout: timeout, bufferSize: bufferSize)
  }

  /// What an item prints is shown just before its value: if it prints a line, that can be the value.
  private func returnWhatIsPrinted(by task: CodeTask) {
    if task.body.count == 1, case .print(let line) = task.body[0] {
      task.body = [.return(line)]
      task.type = line.type
    } else if task.body.contains(where: \.prints) {
      emit(.comment("what the tasks print comes when they print it, in any order"))
    }
  }

  /// Whether futures have numbers: only where a later one is asked for its own.
  private var isNumbered: Bool {
    pass.known.numbersFutures
      && (loopDepth > 0 || !role.isSession || pass.found.numberings < pass.known.numberings)
  }

  /// The number of the next future after those of a map, if it is known.
  private func nextID(after map: CodeMap) -> Int? {
    map.items.count.flatMap { count in pass.nextID.map { $0 + count } }
  }

  /// A map that goes on after a failure, or whose futures have numbers.
  private func mapByFutures(_ map: CodeMap, asCompleted: Bool, _ use: Use) throws {
    let site = pass.addSite(map.task)
    if case .def(let key, _) = role { pass.functions[key]?.submits = true }
    if map.task.mayFail { pass.found.numbersFutures = true }
    let variable = CodeVariable(name: names.name("futures"), type: .futures(site), home: blocks)
    emit(.set(variable, .submitEach(map.pool, map.task, map.items, site: site), isFirst: true))
    let isAnswer = if case .answer = use { true } else { false }
    if !isAnswer, map.task.mayFail {
      throw ShellError("code: a map that may fail, and whose values nobody sees, is not translated")
    }
    let type = isAnswer ? pass.type(ofSite: site) : .nothing
    if map.task.mayFail || map.timeout != nil {
      emit(
        .tellEach(.variable(variable), type, asCompleted: asCompleted, timeout: map.timeout))
    } else {
      tellEach(variable, site, type, asCompleted: asCompleted)
    }
    var group = CodeGroup(
      futures: .variable(variable), firstID: role.isSession ? pass.nextID : nil,
      count: map.items.count, isSeen: true, pool: map.pool)
    group.isListed = true
    if loopDepth == 0 { groups.append(group) }
    if role.isSession {
      pass.nextID = loopDepth > 0 ? nil : nextID(after: map)
    }
  }
}

extension CodeLowering {
  /// The values of futures whose tasks do not fail.
  private func tellEach(
    _ futures: CodeVariable, _ site: Int, _ type: CodeType, asCompleted: Bool
  ) {
    let future = CodeVariable(name: names.name("future"), type: .future(site), home: blocks)
    let result = CodeExpression.result(.variable(future), timeout: nil, type)
    let body: [CodeStatement] = [type.isLine || type == .raw ? .print(result) : .evaluate(result)]
    emit(
      asCompleted
        ? .asCompleted(future, .variable(futures), timeout: nil, body)
        : .forEach(future, .futures(.variable(futures), site: site), body))
  }
}

extension CodeLowering.Use {
  /// Whether no value is asked for.
  fileprivate var isStatement: Bool {
    switch self {
    case .answer, .drop: true
    case .tail, .into: false
    }
  }
}

extension CodeStatement {
  /// Whether it writes something, or may.
  var prints: Bool {
    switch self {
    case .print, .tellCancel, .tellEach, .tellWait: true
    case .evaluate(.call(let function, _)): function.body.contains(where: \.prints)
    case .return(.call(let function, _)?): function.body.contains(where: \.prints)
    case .set(_, .call(let function, _), _): function.body.contains(where: \.prints)
    case .forEach(_, _, let body), .repeat(_, let body), .time(let body), .withPool(_, let body),
      .asCompleted(_, _, _, let body):
      body.contains(where: \.prints)
    case .if(_, let one, let other), .attempt(let one, let other):
      (one + other).contains(where: \.prints)
    default: false
    }
  }
}
