/// A command, parsed and checked but not yet run.
///
/// One file holds everything about a command: its declaration, its parsing (`init`), and what it does (`run`).
/// `init` expands words and refuses what makes no sense; nothing has happened when it throws. Adding a command
/// is one file and one line in `CommandTable`.
protocol Command {
  /// What help, completion and the argument reader know of the command.
  static var declaration: Declaration { get }

  /// Takes its arguments; what is left over is an error.
  init(_ arguments: inout Arguments) throws

  /// Does it.
  func run(in context: Context) throws -> Outcome

  /// Parses and runs it.
  static func perform(_ node: CommandNode, in context: Context) throws -> Outcome
}

extension Command {
  // A requirement, though nobody writes another: what is called through the table is then compiled for each command,
  // which need not be put in a box between parsing and running.
  static func perform(_ node: CommandNode, in context: Context) throws -> Outcome {
    var arguments = try Arguments(node, of: declaration, in: context)
    let command = try Self(&arguments)
    try arguments.finish()
    return try command.run(in: context)
  }
}

/// What a command did: what it answers at the session, and its value.
struct Outcome {
  var answer: Report?
  var value: Value
  /// Whether the value is the answer.
  var isValueAnswered = false

  /// Nothing to say.
  static let nothing = Outcome(answer: nil, value: .nothing)

  /// An answer, whose text is the value.
  static func answer(_ report: Report) -> Outcome {
    Outcome(answer: report, value: .text(report.text))
  }

  /// A value that is also the answer.
  static func value(_ value: Value) -> Outcome {
    Outcome(answer: nil, value: value, isValueAnswered: true)
  }

  /// A text that is both.
  static func text(_ text: String) -> Outcome { value(.text(text)) }
}

/// What is known about a command without running it.
///
/// A class, though nothing ever changes: every command that runs holds its own, and copying a dozen texts and lists
/// took a tenth of what a line costs.
final class Declaration: Sendable {
  /// Where `help` lists it, in this order.
  enum Group: String, CaseIterable, Sendable {
    case submitting = "Start work"
    case waiting = "Wait and look"
    case pools = "Pools"
    case tasks = "The work itself"
    case language = "Language"
    case session = "Session"
    case learning = "Learn"
  }

  /// Where options may stand.
  enum OptionPlaces: Sendable {
    /// Anywhere among the arguments.
    case anywhere
    /// Before the first word; the rest belongs to a command of its own.
    case first
    /// Nowhere: every argument is itself.
    case nowhere
  }

  /// An option, with `--`.
  struct Option: Sendable {
    var name: String
    var short: String?
    /// What its value is called in the usage line; `nil` if it takes none.
    var value: String?
    /// What its value is; `nil` if nothing is known of it.
    var takes: Operand?
    /// Whether it may be given more than once, and then has all values; else the last one counts.
    var isRepeatable: Bool
    var summary: String

    init(
      _ name: String, short: String? = nil, value: String? = nil, takes: Operand? = nil,
      isRepeatable: Bool = false, _ summary: String
    ) {
      self.name = name
      self.short = short
      self.value = value
      self.takes = takes
      self.isRepeatable = isRepeatable
      self.summary = summary
    }
  }

  /// A script, and what it writes to standard output.
  ///
  /// Shown by `help` and run as a test.
  struct Example: Sendable {
    var script: String
    /// `[..]` stands for anything within a line.
    var output: String
  }

  /// With `_` between words.
  let name: String
  let aliases: [String]
  let group: Group
  let summary: String
  let usage: String
  let options: [Option]
  let optionPlaces: OptionPlaces
  /// The word that must stand before the options make sense; `nil` is none.
  let optionsAfter: String?
  /// Whether it makes sense only at the session itself, not in a task.
  let isSessionOnly: Bool
  private let makeDetails: @Sendable () -> String
  private let makeOperands: @Sendable () -> [Operand.Place]
  let example: Example

  init(
    name: String, aliases: [String] = [], group: Group, summary: String, usage: String,
    operands: @escaping @autoclosure @Sendable () -> [Operand.Place], options: [Option] = [],
    optionPlaces: OptionPlaces = .anywhere,
    optionsAfter: String? = nil, isSessionOnly: Bool = false,
    details: @escaping @autoclosure @Sendable () -> String = "",
    example: Example
  ) {
    self.name = name
    self.aliases = aliases
    self.group = group
    self.summary = summary
    self.usage = usage
    makeOperands = operands
    self.options = options
    self.optionPlaces = optionPlaces
    self.optionsAfter = optionsAfter
    self.isSessionOnly = isSessionOnly
    makeDetails = details
    self.example = example
  }

  /// More than the summary, if there is more to say.
  ///
  /// Put together when it is asked for: every start of a script makes all declarations, and what `set` says of its
  /// settings took a sixth of that start.
  var details: String { makeDetails() }

  /// What stands beside the options, from left to right; asked for by completion only.
  var operands: [Operand.Place] { makeOperands() }
}
