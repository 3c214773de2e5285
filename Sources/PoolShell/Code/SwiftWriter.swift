/// Writes a program in Swift, against ConcurrentFutures.
final class SwiftWriter {
  let program: CodeProgram
  let throwing: SwiftThrowing
  let uses: CodeUses
  var writer = CodeWriter(indentation: 2)
  var helpers: Set<SwiftHelper> = []
  var usesFoundation = false
  /// What the function or task that is being written gives.
  var returnType = CodeType.nothing

  init(_ program: CodeProgram) {
    self.program = program
    throwing = SwiftThrowing(program)
    uses = CodeUses(program)
  }

  /// The whole program.
  var text: String {
    for function in program.functions { write(function) }
    writer.gap(of: 1)
    writeMain()
    let body = writer.text
    if program.numbersFutures || program.keepsItems { use(.numbered) }
    var parts = [imports]
    parts += SwiftHelper.allCases.filter(helpers.contains).map {
      $0.text(keepsItems: program.keepsItems)
    }
    let gates = program.gates.map { "let \(Self.name($0.variable)) = Promise<Void>()" }
    if !gates.isEmpty { parts.append(gates.joined(separator: "\n")) }
    return (parts + [body]).joined(separator: "\n\n") + "\n"
  }

  private var imports: String {
    (["ConcurrentFutures"] + (usesFoundation ? ["Foundation"] : [])
      + (helpers.contains(.numbered) ? ["Synchronization"] : []))
      .map { "import \($0)" }.joined(separator: "\n")
  }

  /// Has a helper written, and what it needs.
  @discardableResult
  func use(_ helper: SwiftHelper) -> String {
    if helpers.insert(helper).inserted {
      for other in helper.needs { use(other) }
      usesFoundation = usesFoundation || helper.usesFoundation
    }
    return helper.rawValue
  }

  private func writeMain() {
    writer.line("@main\nstruct Program {")
    writer.indent()
    let isThrowing = throwing.throwing(program.main)
    writer.line("static func main()\(isThrowing ? " throws" : "") {")
    writer.indent()
    declare(program.hoisted)
    write(program.main)
    for pool in program.openPools { writer.line("\(name(pool)).shutdown()") }
    writer.outdent()
    writer.line("}")
    writer.outdent()
    writer.line("}")
  }

  // MARK: Functions

  private func write(_ function: CodeFunction) {
    writer.gap(of: 1)
    let parameters = function.parameters.map { "_ \(name($0)): \(typeName($0.type))" }
    var head = "func \(Self.name(function.name))(\(parameters.joined(separator: ", ")))"
    if throwing.throwing(function) { head += " throws" }
    if function.type != .nothing { head += " -> \(typeName(function.type))" }
    writer.line(head + " {")
    writer.indent()
    declare(function.hoisted)
    writeBody(function.body, giving: function.type)
    writer.outdent()
    writer.line("}")
  }

  /// The statements of a function.
  func writeBody(_ statements: [CodeStatement], giving type: CodeType) {
    let former = returnType
    returnType = type
    defer { returnType = former }
    write(statements)
    if type == .optional, !statements.isOver { writer.line("return nil") }
  }

  /// Variables that are set in a block and read after it.
  fileprivate func declare(_ variables: [CodeVariable]) {
    for variable in variables where uses.isRead(variable) {
      let type = typeName(variable.type)
      switch variable.type {
      case .text, .raw, .numeric, .unknown: writer.line("var \(name(variable)) = \"\"")
      case .integer: writer.line("var \(name(variable)) = 0")
      case .decimal: writer.line("var \(name(variable)) = 0.0")
      case .flag: writer.line("var \(name(variable)) = false")
      case .futures: writer.line("var \(name(variable)): \(type) = []")
      default: writer.line("var \(name(variable)): \(type)?")
      }
    }
  }

  func write(_ statements: [CodeStatement]) {
    for statement in statements { write(statement) }
  }

  // MARK: Names and types

  static func name(_ name: String) -> String { CodeNames.camelCase(name) }

  func name(_ variable: CodeVariable) -> String { Self.name(variable.name) }

  func typeName(_ type: CodeType) -> String {
    switch type {
    case .unknown, .nothing: "Void"
    case .flag: "Bool"
    case .integer: "Int"
    case .decimal: "Double"
    case .text, .raw, .numeric: "String"
    case .optional: "String?"
    case .future(let site): "Future<\(typeName(program.sites[site]))>"
    case .futures(let site): "[Future<\(typeName(program.sites[site]))>]"
    case .pool: "ThreadPoolExecutor"
    }
  }

  // MARK: Tasks

  /// A function in braces.
  func closure(_ task: CodeTask, giving type: CodeType, of parameters: [CodeVariable]) -> String {
    let passed = task.passed.filter { $0.mustBePassed && $0.type != .pool }.map(name)
    let captures = passed.isEmpty ? "" : "[\(passed.joined(separator: ", "))] "
    let names = parameters.map(used).joined(separator: ", ")
    let inner = nested { writer in
      writer.declare(task.hoisted)
      writer.writeBody(task.body, giving: type)
    }
    let head = captures + (names.isEmpty ? "" : names + " ")
    if type != .optional, inner.count == 1, task.body.count == 1, inner[0].utf8.count < 60 {
      var body = inner[0]
      if body.hasPrefix("return ") { body.removeFirst("return ".count) }
      return "{ \(head.isEmpty ? "" : head + "in ")\(body) }"
    }
    var signature = head
    if type != .nothing {
      let list = parameters.map { "\(used($0)): \(typeName($0.type))" }.joined(separator: ", ")
      signature = "\(captures)(\(list)) -> \(typeName(type)) "
    }
    let first = signature.isEmpty ? "{" : "{ \(signature)in"
    return ([first] + inner.map { $0.isEmpty ? "" : "  " + $0 } + ["}"]).joined(separator: "\n")
  }

  /// The lines that something would write.
  func nested(_ body: (SwiftWriter) -> Void) -> [String] {
    let outer = writer
    writer = CodeWriter(indentation: 2)
    defer { writer = outer }
    body(self)
    return writer.lines
  }
}
