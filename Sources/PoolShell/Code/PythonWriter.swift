/// Writes a program in Python, against concurrent.futures.
final class PythonWriter {
  let program: CodeProgram
  var writer = CodeWriter(indentation: 4)
  /// Modules, and names of concurrent.futures.
  var modules: Set<String> = []
  var futuresNames: Set<String> = []
  var helpers: Set<PythonHelper> = []
  /// Whether the lines being written run on a worker, beside others that print.
  var isOnWorker = false

  let uses: CodeUses

  init(_ program: CodeProgram) {
    self.program = program
    uses = CodeUses(program)
  }

  /// The whole program.
  var text: String {
    for function in program.functions { write(function) }
    writer.gap(of: 2)
    write(program.main)
    let body = writer
    writer = CodeWriter(indentation: 4)
    if program.numbersFutures || program.keepsItems { _ = use(.numbered) }
    if !program.gates.isEmpty { modules.insert("threading") }
    var parts = [imports]
    let helpers = helperTexts
    parts += helpers
    let gates = program.gates.map { "\($0.variable) = threading.Event()" }
    if !gates.isEmpty { parts.append(gates.joined(separator: "\n")) }
    let separator = helpers.isEmpty && program.functions.isEmpty ? "\n\n" : "\n\n\n"
    return (parts.filter { !$0.isEmpty } + [body.text]).joined(separator: separator) + "\n"
  }

  private var imports: String {
    let plain = modules.sorted().map { "import \($0)" }
    let names = futuresNames.sorted().joined(separator: ", ")
    let futures = names.isEmpty ? [] : ["from concurrent.futures import \(names)"]
    return (plain + futures).joined(separator: "\n")
  }

  /// Those that are used, after those that they use.
  private var helperTexts: [String] {
    PythonHelper.allCases.filter(helpers.contains).map { $0.text(keepsItems: program.keepsItems) }
  }

  /// Has a helper written, and what it needs.
  func use(_ helper: PythonHelper) -> String {
    if helpers.insert(helper).inserted {
      for other in helper.needs { _ = use(other) }
      modules.formUnion(helper.modules)
      futuresNames.formUnion(helper.futuresNames)
    }
    return helper.rawValue
  }

  func module(_ name: String) -> String {
    modules.insert(name)
    return name
  }

  func futures(_ name: String) -> String {
    futuresNames.insert(name)
    return name
  }

  // MARK: Functions

  private func write(_ function: CodeFunction) {
    writer.gap(of: 2)
    let parameters = function.parameters.map(\.name).joined(separator: ", ")
    writer.line("def \(function.name)(\(parameters)):")
    onWorker { writeBody(function.body) }
  }

  /// Statements under a line that ends with a colon.
  func writeBody(_ statements: [CodeStatement]) {
    writer.indent()
    let count = writer.lines.count
    write(statements)
    let isEmpty = writer.lines[count...].allSatisfy { line in
      line.drop { $0 == " " }.hasPrefix("#") || line.isEmpty
    }
    if isEmpty { writer.line("pass") }
    writer.outdent()
  }

  func write(_ statements: [CodeStatement]) {
    for statement in statements { write(statement) }
  }

  // MARK: Tasks

  /// What can be called, and what it is given.
  struct Callable {
    var function: String
    var arguments: [String]
    /// Whether it is given its parameters as they are.
    var takesItems: Bool
  }

  func callable(_ task: CodeTask, isCallback: Bool = false) -> Callable {
    // A callback is given the future, too.
    if !isCallback, task.body.count == 1, let direct = direct(task.body[0], task) { return direct }
    let passed = task.passed.filter { $0.mustBePassed || $0.isOfLoop }.map {
      "\($0.name)=\($0.name)"
    }
    let parameters = (task.parameters.map(\.name) + passed).joined(separator: ", ")
    let items = task.parameters.map(\.name)
    if task.body.count == 1, let body = onWorker({ inline(task.body[0]) }) {
      let head = parameters.isEmpty ? "lambda" : "lambda \(parameters)"
      return Callable(function: "\(head): \(body)", arguments: items, takesItems: true)
    }
    let name = program.names.name("task")
    writer.gap()
    writer.line("def \(name)(\(parameters)):")
    onWorker { writeBody(task.body) }
    writer.gap()
    return Callable(function: name, arguments: items, takesItems: true)
  }

  /// Writes what runs on workers.
  private func onWorker<R>(_ body: () -> R) -> R {
    let former = isOnWorker
    isOnWorker = !hasOnePrinter
    defer { isOnWorker = former }
    return body()
  }

  /// Whether no two threads can print at the same time.
  private var hasOnePrinter: Bool {
    program.sites.isEmpty
      || program.sites.count == 1 && !program.main.contains(where: \.prints)
        && program.main.contains { if case .set(_, .submit, _) = $0 { true } else { false } }
  }

  /// A function that is there already, if the task is nothing but a call of it.
  private func direct(_ statement: CodeStatement, _ task: CodeTask) -> Callable? {
    let call: (function: String, arguments: [CodeExpression])
    switch statement {
    case .evaluate(.call(let function, let arguments)) where function.type == .nothing:
      call = (function.name, arguments)
    case .return(.call(let function, let arguments)?): call = (function.name, arguments)
    case .sleep(let seconds): call = ("\(module("time")).sleep", [seconds])
    case .return(.primes(let number)?): call = (use(.countPrimes), [number])
    case .return(.fibonacci(let number)?): call = (use(.fibonacci), [number])
    case .print(let text) where text.type == .text && hasOnePrinter: call = ("print", [text])
    default: return nil
    }
    guard call.arguments.allSatisfy(\.isKnownAtSubmit) else { return nil }
    let arguments = call.arguments.map(expression)
    return Callable(
      function: call.function, arguments: arguments,
      takesItems: arguments == task.parameters.map(\.name))
  }

  /// A statement as an expression, if it is one in Python.
  private func inline(_ statement: CodeStatement) -> String? {
    switch statement {
    case .return(let value?) where value.isInline: expression(value)
    case .evaluate(let value) where value.isInline && value.type == .nothing: expression(value)
    case .print(let value) where value.isInline && value.type != .optional: printing(value)
    case .sleepBetween(let least, let most): "\(module("time")).sleep(\(random(least, most)))"
    case .gate(let name): "\(name).wait() and None"
    case .open(let name): "\(name).set()"
    default: nil
    }
  }

  func random(_ least: Double, _ most: Double) -> String {
    _ = module("random")
    return least == 0 && most == 1
      ? "random.random()"
      : "random.uniform(\(CodeWriter.number(least)), \(CodeWriter.number(most)))"
  }
}

extension CodeExpression {
  /// Whether it is the same when the task is submitted as when it runs.
  fileprivate var isKnownAtSubmit: Bool {
    switch self {
    case .text, .number, .variable, .environment, .argument: true
    case .interpolation(let parts): parts.allSatisfy(\.isKnownAtSubmit)
    default: false
    }
  }

  /// Whether it needs no function of its own.
  fileprivate var isInline: Bool {
    switch self {
    case .submit, .submitEach, .mapped: false
    case .interpolation(let parts): parts.allSatisfy(\.isInline)
    case .call(_, let arguments): arguments.allSatisfy(\.isInline)
    default: true
    }
  }
}
