extension PythonWriter {
  /// A value.
  func expression(_ value: CodeExpression) -> String {
    switch value {
    case .text(let text): return Self.quoted(text)
    case .number(let text, _): return text
    case .interpolation(let parts): return interpolation(parts)
    case .variable(let variable): return variable.name
    case .call(let function, let arguments):
      return "\(function.name)(\(list(arguments)))"
    case .environment(let name): return "\(module("os")).environ[\(Self.quoted(name))]"
    case .argument(let position, let fallback): return argument(position, fallback)
    case .worker: return "\(module("threading")).current_thread().name"
    case .caught: return "\(use(.errorText))(error)"
    case .trimmed(let text): return "\(expression(text)).rstrip(\"\\n\")"
    case .conditional(let condition, let one, let other):
      return "\(expression(one)) if \(expression(condition)) else \(expression(other))"
    case .not(let condition): return "not \(expression(condition))"
    default: return futureExpression(value)
    }
  }

  private func futureExpression(_ value: CodeExpression) -> String {
    switch value {
    case .submit(let pool, let task, _): return submission(pool, task, item: nil)
    case .submitEach(let pool, let task, let items, _): return submissions(pool, task, items)
    case .element(let list, let index): return "\(expression(list))[\(index)]"
    case .list(let elements, _): return "[\(list(elements))]"
    case .concatenation(let lists, _): return lists.map(expression).joined(separator: " + ")
    case .slice(let list, let first, let end): return "\(expression(list))[\(first):\(end)]"
    case .filtered(let list, let state): return filtered(list, state)
    case .ordered(let list): return "sorted(\(expression(list)), key=ids.get)"
    case .result(let future, let timeout, _):
      return "\(expression(future)).result(\(limit(timeout)))"
    case .results(let futures, let timeout): return results(futures, timeout)
    case .exception(let future, let timeout):
      return "str(\(expression(future)).exception(\(limit(timeout))) or \"none\")"
    case .failure(let future): return "\(use(.failureText))(\(expression(future)))"
    case .predicate(let predicate, let future): return test(predicate, future)
    case .state(let future): return "\(use(.stateOf))(\(expression(future)))"
    case .cancel(let futures):
      guard futures.isList else { return "\(expression(futures)).cancel()" }
      return "all([future.cancel() for future in \(expression(futures))])"
    case .id(let future): return "ids[\(expression(future))]"
    case .ids(let futures):
      return "\" \".join(str(ids[future]) for future in \(expression(futures)))"
    case .item(let future): return "items_of[\(expression(future))]"
    case .outcome(let future): return "\(use(.outcome))(\(expression(future)))"
    case .mapped(let map, _):
      return "\"\\n\".join(str(value) for value in \(mapping(map)))"
    default: return programExpression(value)
    }
  }

  private func programExpression(_ value: CodeExpression) -> String {
    switch value {
    case .primes(let number): return "\(use(.countPrimes))(\(expression(number)))"
    case .fibonacci(let number): return "\(use(.fibonacci))(\(expression(number)))"
    case .run(let words): return "\(use(.runProgram))(\(words.map(word).joined(separator: ", ")))"
    case .shell(let line, let words):
      let script =
        words.isEmpty ? [line] : [.joined([line, .text(" \"$@\"")]), .text("sh")] + words
      let all = [CodeExpression.text("sh"), .text("-c")] + script
      return "\(use(.runProgram))(\(all.map(word).joined(separator: ", ")))"
    case .fetch(let url, let timeout):
      let limit = timeout.map { ", timeout=\(CodeWriter.number($0))" } ?? ""
      return "\(use(.fetchURL))(\(expression(url))\(limit))"
    case .read(let path): return "\(use(.readFile))(\(expression(path)))"
    default: return ""
    }
  }

  /// A word of a program, which must be text.
  private func word(_ value: CodeExpression) -> String {
    switch value.type {
    case .integer, .decimal, .numeric: "str(\(expression(value)))"
    default: expression(value)
    }
  }

  private func list(_ values: [CodeExpression]) -> String {
    values.map(expression).joined(separator: ", ")
  }

  private func limit(_ timeout: Double?) -> String {
    timeout.map { "timeout=\(CodeWriter.number($0))" } ?? ""
  }

  private func argument(_ position: Int, _ fallback: CodeExpression?) -> String {
    guard let fallback else { return "\(module("sys")).argv[\(position)]" }
    return "\(use(.argument))(\(position), \(expression(fallback)))"
  }

  // MARK: Texts

  static func quoted(_ text: String) -> String {
    CodeWriter.quoted(text) { "\\x" + Self.hexadecimal($0) }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let text = String(value, radix: 16)
    return text.count < 2 ? "0" + text : text
  }

  /// A value as it is written: what `print` or a text around it makes of it is right.
  func display(_ value: CodeExpression) -> String {
    switch value {
    case .exception(let future, let timeout):
      return "\(expression(future)).exception(\(limit(timeout))) or \"none\""
    default: break
    }
    switch value.type {
    case .flag: return "\(use(.truth))(\(expression(value)))"
    case .optional: return "\(expression(value)) or \"\""
    default: return expression(value)
    }
  }

  private func interpolation(_ parts: [CodeExpression]) -> String {
    let written = parts.map { part -> (text: String, isLiteral: Bool) in
      if case .text(let text) = part { return (text, true) }
      return (
        display(part).replacing("\"none\"", with: "'none'").replacing("\"\"", with: "''"), false
      )
    }
    // Before Python 3.12 nothing in the braces may have the quotes of the text around it, or a backslash.
    let isSimple = written.allSatisfy { part in
      part.isLiteral || !part.text.contains { "\"\\\n#".contains($0) }
    }
    guard isSimple else {
      return written.map { $0.isLiteral ? Self.quoted($0.text) : "str(\($0.text))" }
        .joined(separator: " + ")
    }
    if written.count == 1 { return "str(\(written[0].text))" }
    let body = written.map { part in
      part.isLiteral
        ? String(Self.quoted(part.text).dropFirst().dropLast())
          .replacing("{", with: "{{").replacing("}", with: "}}")
        : "{\(part.text)}"
    }
    return "f\"\(body.joined())\""
  }

  // MARK: Futures

  private func submission(
    _ pool: CodeVariable, _ task: CodeTask, item: String?
  ) -> String {
    let callable = callable(task)
    let arguments = ([callable.function] + callable.arguments).joined(separator: ", ")
    let future = "\(pool.name).submit(\(arguments))"
    guard program.numbersFutures || program.keepsItems else { return future }
    let rest = program.keepsItems ? item.map { ", \($0)" } ?? "" : ""
    return "\(use(.numbered))(\(future)\(rest))"
  }

  private func submissions(_ pool: CodeVariable, _ task: CodeTask, _ items: CodeItems) -> String {
    let names = task.parameters.map(\.name)
    let item =
      names.count == 1 && task.parameters[0].type != .text
      ? "str(\(names[0]))"
      : names.count == 1 ? names[0] : "f\"{\(names.joined(separator: "} {"))}\""
    let future = submission(pool, task, item: item)
    return "[\(future) for \(names.joined(separator: ", ")) in \(iteration(items))]"
  }

  /// What a loop goes through.
  func iteration(_ items: CodeItems) -> String {
    switch items {
    case .range(let first, let last):
      return first == 0 ? "range(\(last + 1))" : "range(\(first), \(last + 1))"
    case .list(let elements, let type):
      return
        "[\(elements.map { type == .text ? word($0.asWritten) : expression($0) }.joined(separator: ", "))]"
    case .lines(.mapped(let map, _)): return mapping(map)
    case .lines(let text): return "\(expression(text)).splitlines()"
    case .futures(let futures, _): return expression(futures)
    case .zip(let lists): return "zip(\(lists.map(iteration).joined(separator: ", ")))"
    case .cross(let lists):
      return "\(module("itertools")).product(\(lists.map(iteration).joined(separator: ", ")))"
    }
  }

  func mapping(_ map: CodeMap) -> String {
    let callable = callable(map.task)
    let names = map.task.parameters.map(\.name).joined(separator: ", ")
    var function = callable.function
    if !callable.takesItems {
      function =
        "lambda \(names): \(callable.function)(\(callable.arguments.joined(separator: ", ")))"
    }
    var lists = [iteration(map.items)]
    if case .zip(let all) = map.items { lists = all.map(iteration) }
    if case .cross = map.items { function = "lambda pair: (\(function))(*pair)" }
    if map.bufferSize != nil {
      writer.line("# Python 3.14 has map(…, buffersize=\(map.bufferSize ?? 1)), too")
    }
    if let timeout = map.timeout { lists.append("timeout=\(CodeWriter.number(timeout))") }
    return "\(map.pool.name).map(\(function), \(lists.joined(separator: ", ")))"
  }

  private func results(_ futures: CodeExpression, _ timeout: Double?) -> String {
    let type = futures.site.map { program.sites[$0] } ?? .text
    let value = "future.result(\(limit(timeout)))"
    let text = type == .raw ? "\(value).rstrip(\"\\n\")" : "str(\(value))"
    return "\"\\n\".join(\(text) for future in \(expression(futures)))"
  }

  private func filtered(_ list: CodeExpression, _ state: FutureRecord.State?) -> String {
    let test =
      state.map { "\(use(.stateOf))(future) == \(Self.quoted($0.rawValue))" } ?? "future.done()"
    return "[future for future in \(expression(list)) if \(test)]"
  }

  private func test(_ predicate: CodeExpression.Predicate, _ future: CodeExpression) -> String {
    switch predicate {
    case .running: "\(expression(future)).running()"
    case .done: "\(expression(future)).done()"
    case .cancelled: "\(expression(future)).cancelled()"
    case .failed: "\(use(.stateOf))(\(expression(future))) == \"failed\""
    }
  }
}

extension CodeExpression {
  /// A number as the text that it was.
  var asWritten: CodeExpression {
    if case .number(let text, _) = self { .text(text) } else { self }
  }
}

extension CodeExpression {
  /// The parts of a text, to which others can be added.
  var partsOfText: [CodeExpression] {
    if case .interpolation(let parts) = self { parts } else { [self] }
  }
}
