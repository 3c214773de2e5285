/// Which parts of a program throw in Swift: those that need `try`, and the functions that are marked.
struct SwiftThrowing {
  private var functions: Set<ObjectIdentifier> = []

  init(_ program: CodeProgram) {
    var count = -1
    while count != functions.count {
      count = functions.count
      for function in program.functions where throwing(function.body) {
        functions.insert(ObjectIdentifier(function))
      }
    }
  }

  func throwing(_ function: CodeFunction) -> Bool {
    functions.contains(ObjectIdentifier(function))
  }

  func throwing(_ statements: [CodeStatement]) -> Bool { statements.contains(where: throwing) }

  func throwing(_ statement: CodeStatement) -> Bool {
    switch statement {
    case .fail, .gate, .withPool, .tellEach, .save: true
    case .newPool(let pool): pool.workers != nil || pool.prefix != nil || pool.initializer != nil
    case .attempt(let body, let handler):
      throwing(body) ? throwing(handler) : throwing(body + handler)
    case .asCompleted(_, _, let timeout, let body): timeout != nil || throwing(body)
    case .forEach(_, let items, let body): throwing(items) || throwing(body)
    default:
      statement.expressions.contains(where: throwing) || statement.blocks.contains(where: throwing)
    }
  }

  func throwing(_ items: CodeItems) -> Bool {
    switch items {
    case .range: false
    case .list(let elements, _): elements.contains(where: throwing)
    case .lines(let text): throwing(text)
    case .futures(let futures, _): throwing(futures)
    case .zip(let lists), .cross(let lists): lists.contains(where: throwing)
    }
  }

  func throwing(_ expression: CodeExpression) -> Bool {
    switch expression {
    case .submit, .submitEach, .mapped, .result, .results, .exception, .run, .shell, .fetch, .read,
      .environment:
      true
    case .call(let function, let arguments):
      throwing(function) || arguments.contains(where: throwing)
    default: expression.parts.contains(where: throwing)
    }
  }
}

extension [CodeStatement] {
  /// Whether what comes after them is never reached.
  var isOver: Bool {
    switch last {
    case .return, .fail: true
    case .if(_, let one, let other), .attempt(let one, let other): one.isOver && other.isOver
    default: false
    }
  }
}
