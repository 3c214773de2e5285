/// How a child ended and what it wrote.
package struct ChildOutcome: Sendable {
  /// The status it left.
  ///
  /// A status other than 0 is a result, not an error.
  package let status: ExitStatus

  /// What it, and whoever it passed the pipe on to, wrote to standard output.
  package let output: CapturedOutput

  /// The same of standard error.
  package let errorOutput: CapturedOutput

  /// Why it ended.
  package let ending: ChildEnding
}

/// Why a child ended.
package enum ChildEnding: Sendable, Equatable {
  /// It ended by itself, or somebody else ended it.
  case byItself

  /// Its timeout was over. The status may still be that of a normal exit, if it handles SIGTERM.
  case timedOut

  /// `terminate` was called before it had ended.
  case terminated

  /// Its output could not be kept, or its status not be learnt, for the reason given in one line.
  ///
  /// A child whose output cannot be kept is torn down; the outputs then hold only a beginning.
  case failed(String)
}

/// The status a child left.
package enum ExitStatus: Sendable, Equatable, CustomStringConvertible {
  /// It exited with this status, 0 to 255; -1 if its status was lost (`ChildEnding.failed` tells).
  case exited(Int32)

  /// This signal killed it.
  case signalled(Int32)

  /// The status in words: `exit status 2`, `killed by signal 9 (SIGKILL)`.
  package var description: String {
    switch self {
    case .exited(let status): return "exit status \(status)"
    case .signalled(let number):
      guard let name = signalName(number) else { return "killed by signal \(number)" }
      return "killed by signal \(number) (\(name))"
    }
  }
}

extension ExitStatus {
  /// The same, shorter: `exit status 2`, `SIGKILL`.
  package var shortText: String {
    guard case .signalled(let number) = self else { return description }
    return signalName(number) ?? "signal \(number)"
  }
}
