/// Finds the variables of a program that are read somewhere: the others need no name.
struct CodeUses {
  private(set) var read: Set<ObjectIdentifier> = []

  init(_ program: CodeProgram) {
    for function in program.functions { visit(function.body) }
    visit(program.main)
    for pool in program.openPools { note(pool) }
  }

  func isRead(_ variable: CodeVariable) -> Bool { read.contains(ObjectIdentifier(variable)) }

  private mutating func note(_ variable: CodeVariable) { read.insert(ObjectIdentifier(variable)) }

  private mutating func visit(_ statements: [CodeStatement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: CodeStatement) {
    for expression in statement.expressions { visit(expression) }
    for block in statement.blocks { visit(block) }
    switch statement {
    case .forEach(_, let items, _): visit(items)
    case .onDone(_, _, let task): visit(task)
    case .withPool(let pool, _), .newPool(let pool):
      if let initializer = pool.initializer { visit(initializer) }
    case .shutdown(let pool, _, _): note(pool)
    case .append(let list, _, _): note(list)
    case .tellWait(let done, let notDone):
      note(done)
      note(notDone)
    default: break
    }
  }

  private mutating func visit(_ task: CodeTask) {
    visit(task.body)
  }

  private mutating func visit(_ items: CodeItems) {
    switch items {
    case .range: break
    case .list(let elements, _): for element in elements { visit(element) }
    case .lines(let text): visit(text)
    case .futures(let futures, _): visit(futures)
    case .zip(let lists), .cross(let lists): for list in lists { visit(list) }
    }
  }

  private mutating func visit(_ expression: CodeExpression) {
    switch expression {
    case .variable(let variable): note(variable)
    case .submit(let pool, let task, _):
      note(pool)
      visit(task)
    case .submitEach(let pool, let task, let items, _):
      note(pool)
      visit(task)
      visit(items)
    case .mapped(let map, _):
      note(map.pool)
      visit(map.task)
      visit(map.items)
    default: for part in expression.parts { visit(part) }
    }
  }
}

extension CodeStatement {
  /// The expressions that it is made of itself.
  var expressions: [CodeExpression] {
    switch self {
    case .set(_, let value, _), .evaluate(let value), .print(let value), .tellCancel(let value),
      .tellEach(let value, _, _, _), .sleep(let value), .fail(let value), .repeat(let value, _),
      .if(let value, _, _), .append(_, let value, _), .asCompleted(_, let value, _, _),
      .onDone(let value, _, _):
      [value]
    case .return(let value): value.map { [$0] } ?? []
    case .wait(let wait): [wait.futures]
    case .save(let value, _, let path): [value, path]
    case .withPool(let pool, _), .newPool(let pool): [pool.workers, pool.prefix].compactMap(\.self)
    case .comment, .sleepBetween, .forEach, .attempt, .time, .shutdown, .tellWait, .gate, .open: []
    }
  }

  /// The blocks in it.
  var blocks: [[CodeStatement]] {
    switch self {
    case .forEach(_, _, let body), .repeat(_, let body), .time(let body), .withPool(_, let body),
      .asCompleted(_, _, _, let body):
      [body]
    case .if(_, let one, let other), .attempt(let one, let other): [one, other]
    default: []
    }
  }
}

extension CodeExpression {
  /// The expressions in it, but for those of tasks and items.
  var parts: [CodeExpression] {
    switch self {
    case .interpolation(let parts), .list(let parts, _), .concatenation(let parts, _),
      .run(let parts), .call(_, let parts):
      parts
    case .argument(_, let fallback): fallback.map { [$0] } ?? []
    case .conditional(let condition, let one, let other): [condition, one, other]
    case .shell(let line, let words): [line] + words
    case .trimmed(let part), .not(let part), .element(let part, _), .slice(let part, _, _),
      .filtered(let part, _), .ordered(let part), .result(let part, _, _), .results(let part, _),
      .exception(let part, _), .failure(let part), .predicate(_, let part), .state(let part),
      .cancel(let part), .id(let part), .ids(let part), .item(let part), .outcome(let part),
      .primes(let part), .fibonacci(let part), .fetch(let part, _), .read(let part):
      [part]
    case .text, .number, .variable, .environment, .worker, .caught, .submit, .submitEach, .mapped:
      []
    }
  }
}

extension [CodeStatement] {
  /// Whether whatever they return is more than an empty text.
  var giveText: Bool {
    allSatisfy { statement in
      if case .return(let value) = statement { return value?.isSomething == true }
      return statement.blocks.allSatisfy(\.giveText)
    } && isOver
  }
}

extension CodeExpression {
  /// Whether it is known to be no empty text.
  fileprivate var isSomething: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .interpolation(let parts): parts.contains(where: \.isSomething)
    case .call(let function, _): function.body.giveText
    default: type.isNumber || type == .flag
    }
  }
}
