extension SwiftWriter {
  func write(_ statement: CodeStatement) {
    switch statement {
    case .comment(let text): writer.line("// \(text)")
    case .set(let variable, let value, let isFirst): writeSet(variable, value, isFirst)
    case .evaluate(let value): writeEvaluation(value)
    case .print(let value): writePrint(value)
    case .sleep(let seconds):
      switch seconds.type {
      case .integer: writeSleep(isLiteral(seconds) ? text(seconds) : "Double(\(text(seconds)))")
      case .numeric: writeSleep("Double(\(text(seconds)))!")
      default: writeSleep(text(seconds))
      }
    case .sleepBetween(let least, let most):
      writeSleep(
        "Double.random(in: \(CodeWriter.number(least))...\(CodeWriter.number(most)))")
    case .return(let value): writeReturn(value)
    case .fail(let message):
      use(.failure)
      writer.line("throw \(tried(message))Failure(\(asString(message)))")
    case .gate(let gate): writer.line("try \(Self.name(gate)).future.result()")
    case .open(let gate): writer.line("try? \(Self.name(gate)).setResult()")
    case .append(let list, let value, let isList):
      let argument = isList ? "contentsOf: " : ""
      writer.line("\(name(list)).append(\(argument)\(tried(value))\(text(value)))")
    default: writeCompound(statement)
    }
  }

  private func writeCompound(_ statement: CodeStatement) {
    switch statement {
    case .forEach(let variable, let items, let body):
      let isTried = throwing.throwing(items) ? "try " : ""
      writer.line("for \(used(variable)) in \(isTried)\(inHead(sequence(items))) {")
      writeBlock(body)
    case .repeat(let count, let body):
      writer.line("for _ in 0..<\(text(count)) {")
      writeBlock(body)
    case .if(let condition, let one, let other):
      writer.line("if \(inHead(text(condition))) {")
      writeBlock(one, closing: other.isEmpty ? "}" : "} else {")
      if !other.isEmpty { writeBlock(other) }
    case .attempt(let body, let handler):
      // A `do` in which nothing can throw is warned of.
      guard throwing.throwing(body) else { return write(body) }
      writer.line("do {")
      writeBlock(body, closing: "} catch {")
      writeBlock(handler)
    case .time(let body): writeTime(body)
    default: writeFutures(statement)
    }
  }

  private func writeFutures(_ statement: CodeStatement) {
    switch statement {
    case .withPool(let pool, let body): writeWith(pool, body)
    case .newPool(let pool):
      let isTried = throwing.throwing(statement) ? "try " : ""
      writer.line("let \(name(pool.variable)) = \(isTried)ThreadPoolExecutor(\(arguments(pool)))")
    case .shutdown(let pool, let wait, let cancelFutures):
      let options = (wait ? [] : ["wait: false"]) + (cancelFutures ? ["cancelFutures: true"] : [])
      writer.line("\(name(pool)).shutdown(\(options.joined(separator: ", ")))")
    case .wait(let wait): writeWait(wait)
    case .tellWait(let done, let notDone):
      writer.line("print(\"done:\", \(use(.idList))(\(name(done))))")
      writer.line("print(\"not done:\", idList(\(name(notDone))))")
    case .asCompleted(let future, let futures, let timeout, let body):
      writeAsCompleted(future, futures, timeout, body)
    case .onDone(let futures, let isList, let callback): writeCallback(futures, isList, callback)
    case .tellCancel(let future): writer.line("print(\(use(.cancelAnswer))(\(text(future))))")
    case .tellEach(let futures, let type, let asCompleted, let timeout):
      writeEach(futures, type, asCompleted, timeout)
    case .save(let value, let type, let path):
      usesFoundation = true
      let content = type == .raw ? text(value) : "\"\\(\(text(value)))\\n\""
      writer.line(
        "try \(content).write(toFile: \(asString(path)), atomically: true, encoding: .utf8)")
    default: break
    }
  }

  private func writeBlock(_ statements: [CodeStatement], closing: String = "}") {
    writer.indent()
    write(statements)
    writer.outdent()
    writer.line(closing)
  }

  func used(_ variable: CodeVariable) -> String {
    uses.isRead(variable) ? name(variable) : "_"
  }

  // MARK: One by one

  private func writeSet(_ variable: CodeVariable, _ value: CodeExpression, _ isFirst: Bool) {
    let value = "\(tried(value))\(coerced(value, to: variable.type))"
    guard uses.isRead(variable) else { return writer.line("_ = \(value)") }
    let isDeclared = variable.isHoisted || !isFirst
    if isDeclared { return writer.line("\(name(variable)) = \(value)") }
    let isList = if case .futures = variable.type { value == "[]" } else { false }
    if isList {
      return writer.line("var \(name(variable)): \(typeName(variable.type)) = []")
    }
    writer.line("\(variable.isChanged ? "var" : "let") \(name(variable)) = \(value)")
  }

  private func writeEvaluation(_ value: CodeExpression) {
    if case .mapped(let map, let type) = value {
      return writer.line("_ = try \(mapping(map, giving: type)).values()")
    }
    let isVoid = value.type == .nothing || value.type == .unknown
    writer.line("\(isVoid ? "" : "_ = ")\(tried(value))\(text(value))")
  }

  private func writePrint(_ value: CodeExpression) {
    guard case .mapped(let map, let type) = value else {
      return writePrinting(value)
    }
    guard type != .nothing else { return writeEvaluation(value) }
    let results = Self.name(program.names.nested().name("results"))
    writer.line("let \(results) = try \(mapping(map, giving: type))")
    writer.line("for result in \(results) {")
    let end = type == .raw ? ", terminator: \"\"" : ""
    if type == .optional {
      writer.line("  if let value = try result.get() { print(value) }")
    } else {
      writer.line("  print(try result.get()\(end))")
    }
    writer.line("}")
  }

  private func writePrinting(_ value: CodeExpression) {
    switch value.type {
    case .raw: writer.line("\(tried(value))print(\(text(value)), terminator: \"\")")
    case .optional: writer.line("if let value = \(tried(value))\(text(value)) { print(value) }")
    default: writer.line("\(tried(value))print(\(text(value)))")
    }
  }

  /// Where a `{` is expected to begin a body, one that begins a closure stands in parentheses.
  private func inHead(_ text: String) -> String { text.contains("{") ? "(\(text))" : text }

  private func isLiteral(_ value: CodeExpression) -> Bool {
    if case .number = value { true } else { false }
  }

  private func writeSleep(_ seconds: String) {
    usesFoundation = true
    writer.line("Thread.sleep(forTimeInterval: \(seconds))")
  }

  private func writeReturn(_ value: CodeExpression?) {
    guard let value else {
      return writer.line(returnType == .optional ? "return nil" : "return")
    }
    writer.line("return \(tried(value))\(coerced(value, to: returnType))")
  }

  private func writeTime(_ body: [CodeStatement]) {
    usesFoundation = true
    let name = Self.name(program.names.name("start"))
    writer.line("let \(name) = ContinuousClock.now")
    write(body)
    writer.line(
      "let \(name)Text = String(format: \"time: %.3fs\\n\", (.now - \(name)) / .seconds(1))")
    writer.line("FileHandle.standardError.write(Data(\(name)Text.utf8))")
  }

  private func writeWith(_ pool: CodePool, _ body: [CodeStatement]) {
    let arguments = arguments(pool)
    let list = arguments.isEmpty ? "" : "(\(arguments))"
    writer.line("try withThreadPool\(list) { \(used(pool.variable)) in")
    writeBlock(body)
  }

  private func arguments(_ pool: CodePool) -> String {
    var arguments: [String] = []
    if let workers = pool.workers { arguments.append("maxWorkers: \(text(workers))") }
    if let prefix = pool.prefix { arguments.append("threadNamePrefix: \(text(prefix))") }
    if let initializer = pool.initializer {
      arguments.append("initializer: \(closure(initializer, giving: .nothing, of: []))")
    }
    return arguments.joined(separator: ", ")
  }

  private func writeWait(_ wait: CodeWait) {
    var arguments = ["for: \(tried(wait.futures))\(text(wait.futures))"]
    switch wait.condition {
    case .all: break
    case .first: arguments.append("until: .firstCompleted")
    case .exception: arguments.append("until: .firstException")
    }
    if let timeout = wait.timeout { arguments.append("timeout: \(duration(timeout))") }
    let call = "wait(\(arguments.joined(separator: ", ")))"
    let variables = [wait.done, wait.notDone].filter(uses.isRead)
    guard !variables.isEmpty else { return writer.line("_ = \(call)") }
    guard variables.contains(where: \.isHoisted), !variables.allSatisfy(\.isHoisted) else {
      let isDeclared = !wait.isFirst || variables[0].isHoisted
      let keyword = isDeclared ? "" : wait.done.isChanged ? "var " : "let "
      return writer.line("\(keyword)(\(used(wait.done)), \(used(wait.notDone))) = \(call)")
    }
    let result = Self.name(program.names.name("ended"))
    writer.line("let \(result) = \(call)")
    for (variable, part) in [(wait.done, "done"), (wait.notDone, "notDone")] {
      let keyword = variable.isHoisted || !wait.isFirst ? "" : variable.isChanged ? "var " : "let "
      writer.line("\(keyword)\(name(variable)) = \(result).\(part)")
    }
  }

  private func writeAsCompleted(
    _ future: CodeVariable, _ futures: CodeExpression, _ timeout: Double?, _ body: [CodeStatement]
  ) {
    let list = "\(tried(futures))\(text(futures))"
    guard let timeout else {
      writer.line("for \(used(future)) in asCompleted(\(list)) {")
      return writeBlock(body)
    }
    writer.line("for next in asCompleted(\(list), timeout: \(duration(timeout))) {")
    writer.line("  \(uses.isRead(future) ? "let \(name(future))" : "_") = try next.get()")
    writeBlock(body)
  }

  private func writeCallback(_ futures: CodeExpression, _ isList: Bool, _ callback: CodeTask) {
    let body = closure(callback, giving: .nothing, of: callback.parameters)
    guard isList else {
      return writer.line("\(text(futures)).addDoneCallback \(body)")
    }
    let name = Self.name(program.names.nested().name("future"))
    writer.line("for \(name) in \(text(futures)) {")
    writer.indent()
    writer.line("\(name).addDoneCallback \(body)")
    writer.outdent()
    writer.line("}")
  }

  private func writeEach(
    _ futures: CodeExpression, _ type: CodeType, _ asCompleted: Bool, _ timeout: Double?
  ) {
    let list = asCompleted ? "asCompleted(\(text(futures)))" : text(futures)
    var arguments = [list]
    if type == .raw { arguments.append("terminator: \"\"") }
    if let timeout { arguments.append("timeout: \(duration(timeout))") }
    writer.line("try \(use(.showEach))(\(arguments.joined(separator: ", ")))")
  }

  func duration(_ seconds: Double) -> String { ".seconds(\(CodeWriter.number(seconds)))" }
}
