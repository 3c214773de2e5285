/// What to start, with what, and how long it may take.
package struct ChildCommand: Sendable {
  /// The program's file, searched in PATH unless it contains a slash.
  ///
  /// PATH is that of `environment` if given (without one there: `/bin:/usr/bin`), else this
  /// process's. A program with a slash that does not begin with one is looked for from `directory`.
  package var program: String

  /// The arguments, without the program's own name.
  package var arguments: [String]

  /// The whole environment, each as `NAME=VALUE`; `nil` inherits this process's.
  package var environment: [String]?

  /// Where the program starts; `nil` is the current directory.
  package var directory: String?

  /// What the program reads on its standard input.
  package var input: ChildInput

  /// Where its standard output and standard error go.
  package var output: ChildOutput

  /// How long it may take from its start; then it is torn down as by `terminate`.
  ///
  /// `nil` is for ever.
  package var timeout: Duration?

  /// How long it has between SIGTERM and SIGKILL when it is torn down; zero is SIGKILL at once.
  package var grace: Duration

  /// Whether the child leads a process group of its own, which signals then reach as a whole.
  ///
  /// `false` leaves it in the caller's group, as a foreground command on a terminal must be to read
  /// from it; signals then go to the child alone.
  package var newProcessGroup: Bool

  /// Whether the child's process group gets the terminal that is its standard input, for a foreground command.
  ///
  /// It must be the controlling terminal of this process, and `newProcessGroup` true. Taking it back is the
  /// caller's.
  package var takesTerminal = false

  /// Whether it gets SIGKILL, and its process group too, if this process ends, even by SIGKILL.
  ///
  /// It ends with the thread that starts it, so that thread must be the one that waits for it.
  package var diesWithThread = false

  /// Describes a child; see the properties.
  package init(
    program: String, arguments: [String] = [], environment: [String]? = nil,
    directory: String? = nil, input: ChildInput = .null, output: ChildOutput = .capture,
    timeout: Duration? = nil, grace: Duration = .seconds(2), newProcessGroup: Bool = true
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.input = input
    self.output = output
    self.timeout = timeout
    self.grace = grace
    self.newProcessGroup = newProcessGroup
  }
}

/// What a child reads on its standard input.
package enum ChildInput: Sendable, Equatable {
  /// Nothing: `/dev/null`.
  case null

  /// What this process reads.
  case inherit

  /// A file, from its beginning. The path is seen from this process's directory, not from the
  /// child's.
  ///
  /// A FIFO blocks `start` until somebody opens it for writing.
  case file(String)
}

/// Where a child's standard output and standard error go.
package enum ChildOutput: Sendable, Equatable {
  /// Each into its own `CapturedOutput`.
  case capture

  /// Where this process's go; the outcome's outputs are then empty.
  case inherit
}
