extension SwiftWriter {
  /// `try`, where it is needed: it covers everything to its right.
  func tried(_ value: CodeExpression) -> String { throwing.throwing(value) ? "try " : "" }

  /// A value, without `try`.
  func text(_ value: CodeExpression) -> String {
    switch value {
    case .text(let text): return Self.quoted(text)
    case .number(let text, _): return text
    case .interpolation(let parts): return interpolation(parts)
    case .variable(let variable):
      if variable.isHoisted, case .future = variable.type { return name(variable) + "!" }
      return name(variable)
    case .call(let function, let arguments):
      let words = zip(function.parameters, arguments).map { coerced($1, to: $0.type) }
      return "\(Self.name(function.name))(\(words.joined(separator: ", ")))"
    case .environment(let name): return "\(use(.environment))(\(Self.quoted(name)))"
    case .argument(let position, let fallback):
      guard let fallback else { return "CommandLine.arguments[\(position)]" }
      return "\(use(.argument))(\(position), \(asString(fallback)))"
    case .worker: return "ThreadPoolExecutor.currentWorkerName ?? \"MainThread\""
    case .caught: return "\"\\(error)\""
    case .trimmed(let text): return "\(use(.trimmed))(\(self.text(text)))"
    case .conditional(let condition, let one, let other):
      return
        "\(text(condition)) ? \(coerced(one, to: value.type)) : \(coerced(other, to: value.type))"
    case .not(let condition): return "!\(text(condition))"
    default: return futureText(value)
    }
  }

  private func futureText(_ value: CodeExpression) -> String {
    switch value {
    case .submit(let pool, let task, let site): return submission(pool, task, site, item: nil)
    case .submitEach(let pool, let task, let items, let site):
      return submissions(pool, task, items, site)
    case .element(let list, let index): return "\(text(list))[\(index)]"
    case .list(let elements, _): return "[\(elements.map(text).joined(separator: ", "))]"
    case .concatenation(let lists, _): return lists.map(text).joined(separator: " + ")
    case .slice(let list, let first, let end): return "Array(\(text(list))[\(first)..<\(end)])"
    case .filtered(let list, let state): return filtered(list, state)
    // In Swift they are in order already.
    case .ordered(let list): return text(list)
    case .result(let future, let timeout, _): return "\(text(future)).result(\(limit(timeout)))"
    case .results(let futures, let timeout): return results(futures, timeout)
    case .exception(let future, let timeout):
      return "\(text(future)).exception(\(limit(timeout))).map { \"\\($0)\" } ?? \"none\""
    case .failure(let future): return "\(use(.failureText))(\(text(future)))"
    case .predicate(let predicate, let future): return test(predicate, future)
    case .state(let future): return "\(use(.stateOf))(\(text(future)))"
    case .cancel(let futures):
      guard futures.isList else { return "\(text(futures)).cancel()" }
      return "\(text(futures)).map { $0.cancel() }.allSatisfy { $0 }"
    case .id(let future):
      use(.numbered)
      return "id(\(text(future)))"
    case .ids(let futures):
      use(.numbered)
      return "\(text(futures)).map { \"\\(id($0))\" }.joined(separator: \" \")"
    case .item(let future): return "item(\(text(future)))"
    case .outcome(let future): return "\(use(.outcome))(\(text(future)))"
    case .mapped(let map, let type):
      return "\(mapping(map, giving: type)).values().map { \"\\($0)\" }.joined(separator: \"\\n\")"
    default: return programText(value)
    }
  }

  private func programText(_ value: CodeExpression) -> String {
    switch value {
    case .primes(let number): return "\(use(.countPrimes))(\(text(number)))"
    case .fibonacci(let number): return "\(use(.fibonacci))(\(text(number)))"
    case .run(let words):
      return "\(use(.runProgram))(\(words.map(asString).joined(separator: ", ")))"
    case .shell(let line, let words):
      let script =
        words.isEmpty ? [line] : [.joined([line, .text(" \"$@\"")]), .text("sh")] + words
      let all = [CodeExpression.text("sh"), .text("-c")] + script
      return "\(use(.runProgram))(\(all.map(asString).joined(separator: ", ")))"
    case .fetch(let url, let timeout):
      var words = ["\"curl\"", "\"--fail\"", "\"--silent\"", "\"--show-error\"", "\"--location\""]
      if let timeout { words += ["\"--max-time\"", "\"\(CodeWriter.number(timeout))\""] }
      return "\(use(.runProgram))(\((words + [text(url)]).joined(separator: ", ")))"
    case .read(let path):
      usesFoundation = true
      return "String(contentsOfFile: \(text(path)), encoding: .utf8)"
    default: return ""
    }
  }

  private func limit(_ timeout: Double?) -> String {
    timeout.map { "timeout: \(duration($0))" } ?? ""
  }

  // MARK: Texts

  static func quoted(_ text: String) -> String {
    CodeWriter.quoted(text) { "\\u{\(String($0, radix: 16))}" }
  }

  private func interpolation(_ parts: [CodeExpression]) -> String {
    let body = parts.map { part -> String in
      switch part {
      case .text(let text): return String(Self.quoted(text).dropFirst().dropLast())
      case .caught: return "\\(error)"
      default: return "\\(\(part.type == .optional ? "\(text(part)) ?? \"\"" : text(part)))"
      }
    }
    return "\"\(body.joined())\""
  }

  /// A value where a string is needed.
  func asString(_ value: CodeExpression) -> String { coerced(value, to: .text) }

  /// A value where one of another type is needed.
  func coerced(_ value: CodeExpression, to type: CodeType) -> String {
    guard [.text, .optional, .numeric].contains(type), value.type != type else {
      return text(value)
    }
    switch value {
    case .number(let text, _): return Self.quoted(text)
    default: break
    }
    switch value.type {
    case .integer, .decimal, .flag: return "\"\\(\(text(value)))\""
    case .optional where type == .text: return "\(text(value)) ?? \"\""
    default: return text(value)
    }
  }

  // MARK: Futures

  private func submission(
    _ pool: CodeVariable, _ task: CodeTask, _ site: Int, item: String?
  ) -> String {
    let closure = closure(task, giving: program.sites[site], of: [])
    let future = "\(name(pool)).submit \(closure)"
    guard program.numbersFutures || program.keepsItems else { return future }
    let rest = program.keepsItems ? item.map { ", \($0)" } ?? "" : ""
    return "\(use(.numbered))(\(future)\(rest))"
  }

  private func submissions(
    _ pool: CodeVariable, _ task: CodeTask, _ items: CodeItems, _ site: Int
  ) -> String {
    let names = task.parameters.map(name)
    let isText = names.count == 1 && task.parameters[0].type == .text
    let item = isText ? names[0] : "\"\(names.map { "\\(\($0))" }.joined(separator: " "))\""
    let future = "try \(submission(pool, task, site, item: item))"
    let parameters = program.keepsItems ? names : task.parameters.map(used)
    let list = parameters.joined(separator: ", ")
    var sequence = sequence(items)
    if case .range = items { sequence = "(\(sequence))" }
    if future.contains("\n") || future.utf8.count > 60 {
      let lines = future.split(separator: "\n", omittingEmptySubsequences: false)
      let body = lines.map { $0.isEmpty ? "" : "  \($0)" }.joined(separator: "\n")
      return "\(sequence).map { \(list) in\n\(body)\n}"
    }
    return "\(sequence).map { \(list) in \(future) }"
  }

  /// What a loop goes through.
  func sequence(_ items: CodeItems) -> String {
    switch items {
    case .range(let first, let last): return "\(first)...\(last)"
    case .list(let elements, let type):
      return "[\(elements.map { coerced($0, to: type) }.joined(separator: ", "))]"
    case .lines(.mapped(let map, let type)): return "\(mapping(map, giving: type)).values()"
    case .lines(let text): return "\(use(.linesOf))(\(self.text(text)))"
    case .futures(let futures, _): return text(futures)
    case .zip(let lists): return "zip(\(lists.map(sequence).joined(separator: ", ")))"
    case .cross(let lists):
      return "\(use(.product))(\(lists.map(sequence).joined(separator: ", ")))"
    }
  }

  func mapping(_ map: CodeMap, giving type: CodeType) -> String {
    var arguments = [sequence(map.items)]
    if case .zip(let lists) = map.items { arguments = lists.map(sequence) }
    if let timeout = map.timeout { arguments.append("timeout: \(duration(timeout))") }
    if let size = map.bufferSize { arguments.append("bufferSize: \(size)") }
    let closure = closure(map.task, giving: type, of: map.task.parameters)
    return "\(name(map.pool)).map(\(arguments.joined(separator: ", "))) \(closure)"
  }

  private func results(_ futures: CodeExpression, _ timeout: Double?) -> String {
    let type = futures.site.map { program.sites[$0] } ?? .text
    let value = "$0.result(\(limit(timeout)))"
    let item = type == .raw ? "\(use(.trimmed))(\(value))" : "\"\\(\(value))\""
    return "\(text(futures)).map { try \(item) }.joined(separator: \"\\n\")"
  }

  private func filtered(_ list: CodeExpression, _ state: FutureRecord.State?) -> String {
    let test =
      state.map { "\(use(.stateOf))($0) == \(Self.quoted($0.rawValue))" } ?? "$0.isDone"
    return "\(text(list)).filter { \(test) }"
  }

  private func test(_ predicate: CodeExpression.Predicate, _ future: CodeExpression) -> String {
    switch predicate {
    case .running: "\(text(future)).isRunning"
    case .done: "\(text(future)).isDone"
    case .cancelled: "\(text(future)).isCancelled"
    case .failed: "\(use(.stateOf))(\(text(future))) == \"failed\""
    }
  }
}
