/// What must be true for a step of a lesson to be done.
///
/// `Goal.words` is the whole language of goals, with what each means. Counts are since the step began, unless said.
enum Goal: Sendable, Equatable {
  /// In which state a future is; `done` is any of the last four.
  enum State: String, Sendable, CaseIterable {
    case pending, running, finished, failed, cancelled, skipped, done

    func includes(_ state: FutureRecord.State) -> Bool {
      self == .done ? state.isDone : rawValue == state.rawValue
    }
  }

  case futures(Int)
  case futuresIn(State, Int)
  case future(Int, State)
  case task(String)
  case value(String)
  case error(String)
  case shown(GoalPattern)
  case refused(String)
  case seen(Int)
  case pool(workers: Int?)
  case poolClosed
  case defined(String)
  case waited
  case ran(String)
  case callbacks(Int)

  /// How each goal is written, and what it means.
  static let words: [(usage: String, meaning: String)] = [
    ("futures N", "at least N futures were submitted"),
    ("futures N STATE", "at least N futures of the whole lesson are in STATE"),
    ("future ID STATE", "that future is in STATE"),
    ("task TEXT", "a future was submitted whose task contains TEXT"),
    ("value TEXT", "some future of the lesson has a value that contains TEXT"),
    ("error TEXT", "some future of the lesson failed with a message that contains TEXT"),
    ("shown TEXT", "a line was written that contains TEXT; [..] in it is anything"),
    ("refused TEXT", "a command failed at the session with an error that contains TEXT"),
    ("seen N", "the outcomes of at least N futures were looked at"),
    ("pool", "a pool was made"),
    ("pool workers N", "a pool of N workers was made, or one was given N workers"),
    ("pool closed", "a pool was shut down"),
    ("defined NAME", "there is a def of that name"),
    (
      "waited",
      "a command that waits has ended without an error: wait, result, exception, as_completed, "
        + "race, map, shutdown or with"
    ),
    ("ran COMMAND", "that command has ended without an error at the session"),
    ("callbacks N", "at least N callbacks have run"),
  ]

  /// The commands that make `waited` true.
  static let waiting: Set<String> = [
    "wait", "result", "exception", "as_completed", "race", "map", "shutdown", "with",
  ]

  /// A line that is no goal.
  struct Unknown: Error, Equatable {
    var message: String
  }

  /// Reads a line of a goal block.
  ///
  /// - Throws: `Unknown` with what would be right.
  init(_ line: String) throws {
    let trimmed = line.split(separator: " ").joined(separator: " ")
    let word = String(trimmed.prefix { $0 != " " })
    let rest = String(trimmed.dropFirst(word.count + 1))
    let goal = Self.counted(word, rest) ?? Self.texted(word, rest) ?? Self.pooled(word, rest)
    guard let goal else { throw Unknown(message: Self.fault(word)) }
    self = goal
  }

  private static func counted(_ word: String, _ rest: String) -> Goal? {
    let words = rest.split(separator: " ").map(String.init)
    guard let number = words.first.flatMap({ Int($0) }), number > 0 else { return nil }
    switch (word, words.count) {
    case ("futures", 1): return .futures(number)
    case ("futures", 2): return State(rawValue: words[1]).map { .futuresIn($0, number) }
    case ("future", 2): return State(rawValue: words[1]).map { .future(number, $0) }
    case ("seen", 1): return .seen(number)
    case ("callbacks", 1): return .callbacks(number)
    default: return nil
    }
  }

  private static func texted(_ word: String, _ rest: String) -> Goal? {
    guard !rest.isEmpty else { return nil }
    switch word {
    case "task": return .task(rest)
    case "value": return .value(rest)
    case "error": return .error(rest)
    case "shown": return .shown(GoalPattern(rest))
    case "refused": return .refused(rest)
    case "defined": return rest.contains(" ") ? nil : .defined(rest)
    case "ran": return CommandTable.command(named: rest).map { .ran($0.declaration.name) }
    default: return nil
    }
  }

  private static func pooled(_ word: String, _ rest: String) -> Goal? {
    switch (word, rest) {
    case ("pool", ""): return .pool(workers: nil)
    case ("pool", "closed"): return .poolClosed
    case ("waited", ""): return .waited
    default: break
    }
    guard word == "pool", rest.hasPrefix("workers "), let count = Int(rest.dropFirst(8)), count > 0
    else { return nil }
    return .pool(workers: count)
  }

  private static func fault(_ word: String) -> String {
    let known = words.filter { $0.usage.prefix { $0 != " " } == word }.map(\.usage)
    if !known.isEmpty { return "this goal is written: \(known.joined(separator: ", or "))" }
    let all = words.map(\.usage).joined(separator: ", ")
    return "unknown goal \(word) (there are: \(all))"
  }
}

/// A text within a line, in which `[..]` stands for anything.
struct GoalPattern: Sendable, Equatable {
  private let parts: [String]

  init(_ text: String) { parts = text.split(separator: "[..]").map(String.init) }

  /// Whether one of the lines of a text contains it.
  func isFound(in text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      var rest = line
      return parts.allSatisfy { part in
        guard let range = rest.firstRange(of: part) else { return false }
        rest = rest[range.upperBound...]
        return true
      }
    }
  }
}
