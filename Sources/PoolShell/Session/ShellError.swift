package import ChildProcess
import ConcurrentFutures

/// Why a command or a task failed: one line for the user, and where.
package struct ShellError: Error, Sendable {
  /// What is wrong.
  ///
  /// It is also what `exception` and `$error` give.
  package var message: String
  /// What would be right.
  package var hint: String?
  /// Where the command stands; `nil` until the evaluator or the argument reader fills it in.
  package var place: Place?
  /// The whole standard error of a child whose failure this is, if the message does not hold all of it.
  package var errorOutput: CapturedOutput?

  package init(
    _ message: String, hint: String? = nil, place: Place? = nil, errorOutput: CapturedOutput? = nil
  ) {
    self.message = message
    self.hint = hint
    self.place = place
    self.errorOutput = errorOutput
  }

  /// Any error in the words of the shell.
  init(wrapping error: any Error) {
    switch error {
    case let error as ShellError: self = error
    case let error as SyntaxError: self.init(error.message, place: error.place)
    case let error as FileSystem.Failure: self.init(error.message)
    case let error as ShutdownError: self.init("\(error)", hint: "make another: pool new")
    case let error as SpawnError: self.init(error.message)
    case ControlFlow.exit: self.init("exit works only in the session itself, not in a task")
    case ControlFlow.interrupted: self.init("interrupted")
    case ControlFlow.lesson: self.init("lessons work only in the session itself, not in a task")
    default: self.init("\(error)")
    }
  }

  /// Message and hint, as one line.
  package var line: String {
    if let hint { "\(message) (\(hint))" } else { message }
  }
}

/// What leaves blocks without being an error: `try` does not catch it.
enum ControlFlow: Error {
  /// `return`: leaves the nearest def, task block, callback or `$(…)`.
  case `return`(Value)
  /// `exit`: ends the session.
  case exit(Int32?)
  /// `tutorial` and the commands of lessons: the session's loop does it.
  case lesson(LessonRequest)
  /// Ctrl-C while the session was waiting.
  case interrupted
  /// Standard output is closed: nobody reads any more.
  case outputClosed
}
