extension PythonWriter {
  func write(_ statement: CodeStatement) {
    switch statement {
    case .comment(let text): writer.line("# \(text)")
    case .set(let variable, let value, _):
      let name = uses.isRead(variable) ? "\(variable.name) = " : ""
      writer.line(name + expression(value))
    case .evaluate(let value): writeEvaluation(value)
    case .print(let value): writePrint(value)
    case .sleep(let seconds): writer.line("\(module("time")).sleep(\(expression(seconds)))")
    case .sleepBetween(let least, let most):
      writer.line("\(module("time")).sleep(\(random(least, most)))")
    case .return(let value): writer.line(value.map { "return \(expression($0))" } ?? "return")
    case .fail(let message): writer.line("raise Exception(\(display(message)))")
    case .gate(let name): writer.line("\(name).wait()")
    case .open(let name): writer.line("\(name).set()")
    case .append(let list, let value, let isList):
      writer.line("\(list.name).\(isList ? "extend" : "append")(\(expression(value)))")
    default: writeCompound(statement)
    }
  }

  private func writeCompound(_ statement: CodeStatement) {
    switch statement {
    case .forEach(let variable, let items, let body):
      let list = iteration(items)
      writer.line("for \(variable.name) in \(list):")
      writeBody(body)
    case .repeat(let count, let body):
      writer.line("for _ in range(\(expression(count))):")
      writeBody(body)
    case .if(let condition, let one, let other):
      writer.line("if \(expression(condition)):")
      writeBody(one)
      guard !other.isEmpty else { break }
      writer.line("else:")
      writeBody(other)
    case .attempt(let body, let handler):
      writer.line("try:")
      writeBody(body)
      writer.line("except Exception as error:")
      writeBody(handler)
    case .time(let body): writeTime(body)
    default: writeFutures(statement)
    }
  }

  private func writeFutures(_ statement: CodeStatement) {
    switch statement {
    case .withPool(let pool, let body):
      let value = self.pool(pool)
      writer.line("with \(value) as \(pool.variable.name):")
      writeBody(body)
    case .newPool(let pool): writer.line("\(pool.variable.name) = \(self.pool(pool))")
    case .shutdown(let pool, let wait, let cancelFutures):
      let options = (wait ? [] : ["wait=False"]) + (cancelFutures ? ["cancel_futures=True"] : [])
      writer.line("\(pool.name).shutdown(\(options.joined(separator: ", ")))")
    case .wait(let wait): writeWait(wait)
    case .tellWait(let done, let notDone):
      writer.line("print(f\"done: {\(use(.idList))(\(done.name))}\")")
      writer.line("print(f\"not done: {id_list(\(notDone.name))}\")")
    case .asCompleted(let future, let futures, let timeout, let body):
      let limit = timeout.map { ", timeout=\(CodeWriter.number($0))" } ?? ""
      let list = expression(futures)
      writer.line("for \(future.name) in \(asCompletedName)(\(list)\(limit)):")
      writeBody(body)
    case .onDone(let futures, let isList, let callback): writeCallback(futures, isList, callback)
    case .tellCancel(let future): writer.line("print(\(use(.cancelAnswer))(\(expression(future))))")
    case .tellEach(let futures, let type, let asCompleted, let timeout):
      writeEach(futures, type, asCompleted, timeout)
    case .save(let value, let type, let path):
      let end = type == .raw ? "" : " + \"\\n\""
      let text = type == .raw || type == .text ? expression(value) : "str(\(expression(value)))"
      writer.line("with open(\(expression(path)), \"w\") as file:")
      writer.indent()
      writer.line("file.write(\(text)\(end))")
      writer.outdent()
    default: break
    }
  }

  // MARK: One by one

  private func writeEvaluation(_ value: CodeExpression) {
    if case .mapped(let map, _) = value {
      // Going through the results raises what a task has raised.
      return writer.line("list(\(mapping(map)))")
    }
    writer.line(expression(value))
  }

  private func writePrint(_ value: CodeExpression) {
    guard case .mapped(let map, let type) = value else {
      return writer.line(printing(value))
    }
    guard type != .nothing else { return writer.line("list(\(mapping(map)))") }
    let name = program.names.nested().name("value")
    let variable = CodeVariable(name: name, type: type)
    writer.line("for \(name) in \(mapping(map)):")
    writer.indent()
    writer.line(printing(.variable(variable)))
    writer.outdent()
  }

  func printing(_ value: CodeExpression) -> String {
    switch value.type {
    case .raw: return "print(\(expression(value)), end=\"\")"
    case .optional:
      if case .variable(let variable) = value {
        return "if \(variable.name) is not None:\n    print(\(variable.name))"
      }
      return "if (value := \(expression(value))) is not None:\n    print(value)"
    default:
      guard isOnWorker else { return "print(\(display(value)))" }
      // One write: `print` writes the end of the line by itself, and lines of others come in between.
      let line = CodeExpression.joined(value.partsOfText + [.text("\n")])
      return "print(\(expression(line)), end=\"\")"
    }
  }

  /// In Python a cancelled future is done only when a worker has come across it.
  private var asCompletedName: String {
    program.cancels ? use(.completed) : futures("as_completed")
  }

  private var waitName: String { program.cancels ? use(.waitFor) : futures("wait") }

  private func writeTime(_ body: [CodeStatement]) {
    _ = (module("time"), module("sys"))
    let name = program.names.name("start")
    writer.line("\(name) = time.monotonic()")
    write(body)
    writer.line("print(f\"time: {time.monotonic() - \(name):.3f}s\", file=sys.stderr)")
  }

  private func writeWait(_ wait: CodeWait) {
    var arguments = [expression(wait.futures)]
    if let timeout = wait.timeout { arguments.append("timeout=\(CodeWriter.number(timeout))") }
    switch wait.condition {
    case .all: break
    case .first: arguments.append("return_when=\(futures("FIRST_COMPLETED"))")
    case .exception: arguments.append("return_when=\(futures("FIRST_EXCEPTION"))")
    }
    let isUsed = uses.isRead(wait.done) || uses.isRead(wait.notDone)
    let names = isUsed ? "\(wait.done.name), \(wait.notDone.name) = " : ""
    writer.line("\(names)\(waitName)(\(arguments.joined(separator: ", ")))")
  }

  private func writeCallback(_ futures: CodeExpression, _ isList: Bool, _ callback: CodeTask) {
    let function = callable(callback, isCallback: true).function
    guard isList else {
      return writer.line("\(expression(futures)).add_done_callback(\(function))")
    }
    let name = program.names.nested().name("future")
    writer.line("for \(name) in \(expression(futures)):")
    writer.indent()
    writer.line("\(name).add_done_callback(\(function))")
    writer.outdent()
  }

  private func writeEach(
    _ futures: CodeExpression, _ type: CodeType, _ asCompleted: Bool, _ timeout: Double?
  ) {
    var list = expression(futures)
    if asCompleted { list = "\(asCompletedName)(\(list))" }
    var arguments = [list]
    if type == .raw { arguments.append("end=\"\"") }
    if let timeout { arguments.append("timeout=\(CodeWriter.number(timeout))") }
    writer.line("\(use(.showEach))(\(arguments.joined(separator: ", ")))")
  }

  private func pool(_ pool: CodePool) -> String {
    var arguments: [String] = []
    if let workers = pool.workers { arguments.append("max_workers=\(expression(workers))") }
    if let prefix = pool.prefix { arguments.append("thread_name_prefix=\(expression(prefix))") }
    if let initializer = pool.initializer {
      let callable = callable(initializer)
      let function =
        callable.arguments.isEmpty
        ? callable.function
        : "lambda: \(callable.function)(\(callable.arguments.joined(separator: ", ")))"
      arguments.append("initializer=\(function)")
    }
    return "\(futures("ThreadPoolExecutor"))(\(arguments.joined(separator: ", ")))"
  }
}
