/// What the translation makes of commands, before it is written in Swift or Python.

/// Something that has a value.
indirect enum CodeExpression {
  case text(String)
  /// A number as it was written.
  case number(String, CodeType)
  /// Texts and values, one after the other.
  case interpolation([CodeExpression])
  case variable(CodeVariable)
  case call(CodeFunction, [CodeExpression])
  case environment(String)
  /// An argument of the program, and what stands for it if it is not there or empty.
  case argument(Int, CodeExpression?)
  /// The name of the thread.
  case worker
  /// The text of the error that is being handled.
  case caught
  /// An output without the newlines at its end.
  case trimmed(CodeExpression)
  case conditional(CodeExpression, CodeExpression, CodeExpression)
  case not(CodeExpression)

  case submit(CodeVariable, CodeTask, site: Int)
  /// One for each item.
  case submitEach(CodeVariable, CodeTask, CodeItems, site: Int)
  case element(CodeExpression, Int)
  case list([CodeExpression], site: Int)
  /// Several lists as one.
  case concatenation([CodeExpression], site: Int)
  case slice(CodeExpression, Int, Int)
  case filtered(CodeExpression, FutureRecord.State?)
  /// What `wait` has found, in order of number.
  case ordered(CodeExpression)

  case result(CodeExpression, timeout: Double?, CodeType)
  /// The values of several, a line each.
  case results(CodeExpression, timeout: Double?)
  /// The message, or `none`.
  case exception(CodeExpression, timeout: Double?)
  /// Of a future that is done: why it has no value; empty if it has one.
  case failure(CodeExpression)
  case predicate(Predicate, CodeExpression)
  case state(CodeExpression)
  case cancel(CodeExpression)
  case id(CodeExpression)
  case ids(CodeExpression)
  case item(CodeExpression)
  /// What `as_completed` says of a future.
  case outcome(CodeExpression)
  case mapped(CodeMap, CodeType)

  case primes(CodeExpression)
  case fibonacci(CodeExpression)
  case run([CodeExpression])
  case shell(CodeExpression, [CodeExpression])
  case fetch(CodeExpression, timeout: Double?)
  case read(CodeExpression)

  enum Predicate: String { case running, done, cancelled, failed }
}

/// What is done.
indirect enum CodeStatement {
  case comment(String)
  /// The first time that a variable is set, or another one.
  case set(CodeVariable, CodeExpression, isFirst: Bool)
  case evaluate(CodeExpression)
  /// A value as it is shown.
  case print(CodeExpression)
  /// What `cancel` answers.
  case tellCancel(CodeExpression)
  /// What a map answers whose tasks may fail, or whose futures have numbers.
  case tellEach(CodeExpression, CodeType, asCompleted: Bool, timeout: Double?)
  case sleep(CodeExpression)
  case sleepBetween(Double, Double)
  case `return`(CodeExpression?)
  case fail(CodeExpression)
  case forEach(CodeVariable, CodeItems, [CodeStatement])
  case `repeat`(CodeExpression, [CodeStatement])
  case `if`(CodeExpression, [CodeStatement], [CodeStatement])
  case attempt([CodeStatement], [CodeStatement])
  case time([CodeStatement])
  case withPool(CodePool, [CodeStatement])
  case newPool(CodePool)
  case shutdown(CodeVariable, wait: Bool, cancelFutures: Bool)
  case append(CodeVariable, CodeExpression, isList: Bool)
  case wait(CodeWait)
  case tellWait(done: CodeVariable, notDone: CodeVariable)
  case asCompleted(CodeVariable, CodeExpression, timeout: Double?, [CodeStatement])
  case onDone(CodeExpression, isList: Bool, CodeTask)
  case save(CodeExpression, CodeType, path: CodeExpression)
  case gate(String)
  case open(String)
}

struct CodeWait {
  var futures: CodeExpression
  var condition: WaitKind
  var timeout: Double?
  var done: CodeVariable
  var notDone: CodeVariable
  var isFirst: Bool

  enum WaitKind { case all, first, exception }
}

/// What stands behind `:::` and in `for`.
indirect enum CodeItems {
  case range(Int, Int)
  case list([CodeExpression], CodeType)
  /// The lines of a text.
  case lines(CodeExpression)
  case futures(CodeExpression, site: Int)
  case zip([CodeItems])
  case cross([CodeItems])

  var type: CodeType {
    switch self {
    case .range: .integer
    case .list(_, let type): type
    case .lines: .text
    case .futures(_, let site): .future(site)
    case .zip, .cross: .nothing
    }
  }

  /// The lists of which it is made.
  var lists: [CodeItems] {
    switch self {
    case .zip(let lists), .cross(let lists): lists
    default: [self]
    }
  }
}

/// A map whose values come in the order of its items.
struct CodeMap {
  var pool: CodeVariable
  var task: CodeTask
  var items: CodeItems
  var timeout: Double?
  var bufferSize: Int?
}

/// A function without a name: what is submitted, a callback, an initializer.
final class CodeTask {
  var parameters: [CodeVariable] = []
  var body: [CodeStatement] = []
  var type = CodeType.nothing
  var hoisted: [CodeVariable] = []
  /// The variables of others that it must be given, because they change.
  var passed: [CodeVariable] = []
  var mayFail = false
}

/// What a def has become.
final class CodeFunction {
  let name: String
  var parameters: [CodeVariable] = []
  var body: [CodeStatement] = []
  var type = CodeType.unknown
  var hoisted: [CodeVariable] = []
  var mayFail = false
  /// Whether it submits futures, which are then its caller's.
  var submits = false

  init(name: String) { self.name = name }
}

/// What `pool new` and `with pool` make.
struct CodePool {
  var variable: CodeVariable
  var workers: CodeExpression?
  var prefix: CodeExpression?
  var initializer: CodeTask?
}

/// A whole program.
struct CodeProgram {
  var functions: [CodeFunction] = []
  var main: [CodeStatement] = []
  var hoisted: [CodeVariable] = []
  var gates: [(name: String, variable: String)] = []
  /// The pools that are still to be shut down at the end.
  var openPools: [CodeVariable] = []
  var numbersFutures = false
  var keepsItems = false
  var cancels = false
  /// What futures give, by the place where they are submitted.
  var sites: [CodeType] = []
  let names: CodeNames
  /// How many futures the commands themselves submit, if that is known.
  let futureCount: Int?
}
