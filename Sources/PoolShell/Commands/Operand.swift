/// What may stand as an argument of a command: what completion offers there.
indirect enum Operand: Sendable {
  /// Futures by selectors.
  case selector(FutureChoice)
  /// One future by its id.
  case future(FutureChoice)
  /// A pool that is open; `main` too, which is made when it is asked for.
  case pool
  /// A pool that is open and was made.
  case poolMade
  /// A gate; a closed one only, if that is what the command is for.
  case gate(closedOnly: Bool)
  /// A label without its `@`.
  case label
  /// The name of a variable, without `$`.
  case variable
  /// The name of a command made by `def`.
  case definition
  /// What `help` knows: commands and topics.
  case topic
  case setting
  /// A value of the setting before it.
  case settingValue
  case file
  /// A program in the folders of `PATH`, or by its path.
  case program
  /// A line for /bin/sh.
  case shellLine
  /// A word that stands there as it is.
  case keyword(Keyword)
  /// One of several such words.
  case oneOf([Keyword])
  /// The rest of the arguments is a command of its own.
  case command
  /// The same, run on a worker; `:::` and `::::` end it, and items follow.
  case task
  /// Commands in braces.
  case block(BlockRole)

  /// A word that means itself, and what follows it.
  struct Keyword: Sendable {
    let word: String
    let note: String
    /// What follows it, in place of what would follow otherwise; `nil` is no difference.
    let next: [Place]?
  }

  static func keyword(_ word: String, _ note: String, next: [Place]? = nil) -> Operand {
    .keyword(Keyword(word: word, note: note, next: next))
  }

  static func oneOf(_ words: (word: String, note: String)...) -> Operand {
    .oneOf(words.map { Keyword(word: $0.word, note: $0.note, next: nil) })
  }

  /// Who runs a block, and what it is given.
  struct BlockRole: Sendable {
    /// The names of the variables that are set for it.
    var variables: [String] = []
    /// Whether it runs outside of the session itself, where some commands do not work.
    var isInTask = false

    /// A block that runs where it stands.
    static let plain = BlockRole()
    /// The block of a task, and an initializer.
    static let task = BlockRole(variables: ["item"], isInTask: true)
    static let initializer = BlockRole(isInTask: true)
    /// What `as_completed` runs for each future.
    static let outcome = BlockRole(variables: ["id", "item", "state", "result", "error"])
    static let callback = BlockRole(variables: outcome.variables, isInTask: true)
    static let handler = BlockRole(variables: ["error"])
  }

  /// A place among the arguments that are no options.
  struct Place: Sendable {
    let operands: [Operand]
    /// Whether any number of arguments may stand there; a block ends them.
    let isRepeated: Bool

    /// One argument; without operands, one that nothing is known of.
    static func one(_ operands: Operand...) -> Place {
      Place(operands: operands, isRepeated: false)
    }

    /// Any number of arguments.
    static func many(_ operands: Operand...) -> Place {
      Place(operands: operands, isRepeated: true)
    }
  }
}

/// Which futures a command is about, so that no others are offered.
enum FutureChoice: Sendable {
  case any, pending, done, notDone

  func includes(_ state: FutureRecord.State) -> Bool {
    switch self {
    case .any: true
    case .pending: state == .pending
    case .done: state.isDone
    case .notDone: !state.isDone
    }
  }

  /// The selectors that can select such futures.
  var selectors: [SelectorWord] {
    switch self {
    case .any: SelectorWord.allCases
    case .pending: [.all, .last, .pending]
    case .done: [.all, .last, .finished, .failed, .cancelled, .skipped, .done, .unseen]
    case .notDone: [.all, .last, .pending, .running, .unseen]
    }
  }
}

/// The selectors that are words.
enum SelectorWord: String, Sendable, CaseIterable {
  case all, last, pending, running, finished, failed, cancelled, skipped, done, unseen

  var summary: String {
    switch self {
    case .all: "every future"
    case .last: "the newest one"
    case .pending: "not begun yet"
    case .running: "on a worker"
    case .finished: "ended well"
    case .failed: "ended with an error"
    case .cancelled: "taken back"
    case .skipped: "not run, since another did not finish"
    case .done: "finished, failed, cancelled or skipped"
    case .unseen: "outcome not looked at"
    }
  }
}
