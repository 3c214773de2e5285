/// Makes statements of the commands of one function: the session itself, a def, a task.
final class CodeLowering {
  /// Whose commands these are.
  enum Role {
    case session
    /// Answering, if it is called where commands answer and does more than give a value.
    case def(key: String, answers: Bool)
    case task
  }

  /// What becomes of the value of a command.
  enum Use {
    /// It is shown.
    case answer
    case drop
    /// The function gives it.
    case tail
    case into(CodeVariable)
  }

  /// What a name stands for.
  enum Binding {
    case variable(CodeVariable)
    case expression(CodeExpression)
    /// Nothing that a program could know.
    case lost(String)
  }

  let pass: CodePass
  let role: Role
  /// Who submits this task.
  let parent: CodeLowering?
  let names: CodeNames
  var unit: SourceUnit
  var bindings: [String: Binding] = [:]
  var output: [CodeStatement] = []
  var blocks: [Int] = []
  var hoisted: [CodeVariable] = []
  var groups: [CodeGroup] = []
  /// Futures that cannot be named any more, and why.
  var lostFutures: String?
  /// Variables of those around that are read here.
  var captures: [CodeVariable] = []
  /// What stands for the items of a task, where its words have placeholders.
  var itemVariables: [CodeVariable] = []
  /// Whether one of its commands may fail, in the shell.
  var mayFail = false
  /// Whether the library may throw here, though the shell's command mostly does not fail.
  var mayThrow = false
  /// What comes before everything else.
  var preamble: [CodeStatement] = []
  /// The pools that were made here and stay open.
  var pools: [CodeVariable] = []
  /// Those of the `with` blocks around, the innermost last.
  var withPools: [CodeVariable] = []
  var withPoolCount = 0
  /// Whether the block of an initializer is being looked at.
  var isInInitializer = false
  var type = CodeType.unknown
  /// Whether what follows in this block is never reached.
  var isOver = false
  var loopDepth = 0
  /// Lists that a loop fills, to be made before it begins.
  var listsOfLoop: [CodeVariable] = []

  init(_ pass: CodePass, _ role: Role, unit: SourceUnit, parent: CodeLowering? = nil) {
    self.pass = pass
    self.role = role
    self.unit = unit
    self.parent = parent
    names = parent?.names.nested() ?? (role.isSession ? pass.names : pass.names.nested())
  }

  var answers: Bool {
    switch role {
    case .session: true
    case .def(_, let answers): answers
    case .task: false
    }
  }

  func emit(_ statement: CodeStatement) { output.append(statement) }

  func error(_ what: String, at range: SourceRange, hint: String? = nil) -> ShellError {
    .untranslatable(what, at: unit.place(of: range.start), hint: hint)
  }

  // MARK: Blocks

  /// The statements of a block.
  ///
  /// - Returns: Them, and whether nothing after it is reached.
  func block(_ body: () throws -> Void) rethrows -> (statements: [CodeStatement], isOver: Bool) {
    blocks.append(pass.newBlock())
    defer { blocks.removeLast() }
    return try capture(body)
  }

  /// The same for what is written without a block of its own.
  func capture(
    _ body: () throws -> Void
  ) rethrows -> (statements: [CodeStatement], isOver: Bool) {
    let (outer, wasOver) = (output, isOver)
    output = []
    isOver = false
    defer {
      output = outer
      isOver = wasOver
    }
    try body()
    return (output, isOver)
  }

  /// The statements of a block that may run more than once.
  ///
  /// The lists that it fills are made before it.
  func loop(_ body: () throws -> Void) rethrows -> [CodeStatement] {
    loopDepth += 1
    let statements = try block(body).statements
    loopDepth -= 1
    if loopDepth == 0 {
      for list in listsOfLoop { emit(.set(list, .list([], site: list.site ?? 0), isFirst: true)) }
      listsOfLoop = []
    }
    return statements
  }

  func lower(_ list: CommandList, _ use: Use) throws {
    if list.chains.isEmpty { return try finishNothing(use) }
    for (index, chain) in list.chains.enumerated() {
      if isOver { return }
      let isLast = index == list.chains.count - 1
      try lower(chain, isLast ? use : use.ofOthers)
    }
  }

  // MARK: Values

  /// What becomes of a value.
  func finish(_ value: CodeExpression, _ use: Use) throws {
    switch use {
    case .answer: answer(value)
    case .drop: drop(value)
    case .tail: emitReturn(value)
    case .into(let variable):
      variable.type = variable.type.joined(with: value.type) ?? .text
      emit(.set(variable, value, isFirst: false))
    }
  }

  /// The end of a command that has no value.
  func finishNothing(_ use: Use) throws {
    switch use {
    case .answer, .drop: break
    case .tail: type = type.joined(with: .nothing) ?? .optional
    case .into(let variable):
      variable.type = variable.type.joined(with: .text) ?? .text
      emit(.set(variable, .text(""), isFirst: false))
    }
  }

  private func answer(_ value: CodeExpression) {
    switch value.type {
    case .future, .futures, .nothing, .unknown, .pool: emit(.evaluate(value))
    default: emit(.print(value))
    }
  }

  private func drop(_ value: CodeExpression) {
    switch value {
    case .run, .shell: emit(.print(value))
    default: if !value.isSimple { emit(.evaluate(value)) }
    }
  }

  func emitReturn(_ value: CodeExpression) {
    guard value.type != .nothing, value.type != .unknown else {
      type = type.joined(with: value.type) ?? .optional
      emit(.evaluate(value))
      return
    }
    type = type.joined(with: value.type) ?? .text
    emit(.return(value))
    isOver = true
  }
}

extension CodeLowering.Role {
  var isSession: Bool { if case .session = self { true } else { false } }
}

extension CodeLowering.Use {
  /// Whether a variable takes it.
  var isInto: Bool { if case .into = self { true } else { false } }

  /// What becomes of the values of the commands before the last.
  fileprivate var ofOthers: CodeLowering.Use {
    if case .answer = self { .answer } else { .drop }
  }
}
