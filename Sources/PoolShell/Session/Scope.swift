/// The names that a command can see: variables, definitions, the script's arguments.
///
/// A value: a task starts with a copy of its submitter's scope and keeps its changes to itself. So there are many
/// copies and few changes.
struct Scope: Sendable {
  private struct Fields {
    var frames: [[String: Value]] = [[:]]
    var definitions: [String: Definition] = [:]
    var arguments: [String] = []
    var scriptName = "poolsh"
  }

  /// A list of one, as a box that is shared until one of its holders changes something: copying and dropping the
  /// four fields took 400 instructions a task.
  private var box = [Fields()]

  /// Variables, the outermost frame first.
  ///
  /// A def adds one for its call: its parameters and lets are its own, everything else is read from
  /// its caller. `for`, `with`, `try` and `do` add none.
  private var frames: [[String: Value]] {
    get { box[0].frames }
    _modify { yield &box[0].frames }
  }

  var definitions: [String: Definition] { box[0].definitions }

  /// `$1`, `$2`, … and `$@`.
  var arguments: [String] {
    get { box[0].arguments }
    set { box[0].arguments = newValue }
  }

  /// `$0`: how the script is called.
  var scriptName: String {
    get { box[0].scriptName }
    set { box[0].scriptName = newValue }
  }

  func value(of name: String) -> Value? {
    for frame in frames.reversed() {
      if let value = frame[name] { return value }
    }
    return nil
  }

  /// Sets a variable in the innermost frame.
  mutating func set(_ name: String, _ value: Value) {
    box[0].frames[box[0].frames.count - 1][name] = value
  }

  mutating func define(_ definition: Definition) {
    box[0].definitions[definition.name] = definition
  }

  mutating func push(_ frame: [String: Value]) { frames.append(frame) }

  mutating func pop() { frames.removeLast() }

  /// The variables of the innermost frame: what an initializer leaves to its worker's tasks.
  var innermost: [String: Value] { frames[frames.count - 1] }

  /// Every variable, inner frames hiding outer ones, for completion and `let` without arguments.
  var visible: [String: Value] {
    frames.reduce(into: [:]) { all, frame in all.merge(frame) { _, inner in inner } }
  }
}

/// A command made by `def`.
final class Definition: Sendable {
  let name: String
  let parameters: [String]
  let body: Block
  /// The text that the body was read from.
  let unit: SourceUnit

  init(name: String, parameters: [String], body: Block, unit: SourceUnit) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.unit = unit
  }

  var usage: String { ([name] + parameters.map { $0.uppercased() }).joined(separator: " ") }
}
