import TestSupport
import Testing

@testable import PoolShell

/// Gives lines, and asks something before it says that there are no more.
final class AskingSource: LineSource {
  let name = "stdin"
  private var lines: ArraySlice<Substring>
  var ask: () -> Void = {}

  init(_ text: String) { lines = text.split(separator: "\n")[...] }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    if let line = lines.popFirst() { return Array(line.utf8) }
    ask()
    ask = {}
    return nil
  }
}

/// A line with a cursor in it, and what may stand there: a row in a table of tests.
struct CompletionCase: Sendable, CustomTestStringConvertible {
  /// The cursor is `‸`.
  var line: String
  /// Runs before, at a prompt.
  var prologue = ""
  /// What replaces the word, blanks between.
  var expected: [String]

  init(_ line: String, _ expected: String..., after prologue: String = "") {
    self.line = line
    self.expected = expected
    self.prologue = prologue
  }

  var testDescription: String { line }
}

/// What may stand at the cursor of a session that has run some commands.
///
/// - Parameters:
///   - line: The cursor is `‸`.
///   - prologue: Runs before, at a prompt.
/// - Returns: The answer.
/// - Throws: `OutOfPatience` if the session does not end.
func completion(of line: String, after prologue: String = "") async throws -> Shell.Completion {
  try await completions(of: [line], after: prologue)[0]
}

/// The same for several lines in one session.
func completions(
  of lines: [String], after prologue: String = ""
) async throws -> [Shell.Completion] {
  try await onShellThread { try ask(lines, after: prologue).answers }
}

/// The same on this thread, with what the session has written at its end.
func ask(
  _ lines: [String], after prologue: String
) throws -> (answers: [Shell.Completion], run: ShellRun) {
  try inTime("the end of: \(prologue)") {
    let shell = ShellUnderTest()
    let source = AskingSource(prologue)
    let underTest = Shell(session: shell.session, source: source, isInteractive: true)
    var answers: [Shell.Completion] = []
    source.ask = {
      answers = lines.map { line in
        let parts = line.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
        return underTest.complete(parts.joined(), cursor: parts[0].utf8.count)
      }
    }
    let status = underTest.run()
    let run = ShellRun(output: shell.output.text, errors: shell.errors.text, status: status)
    return (answers, run)
  }
}

extension Shell.Completion {
  var replacements: [String] { candidates.map(\.replacement) }

  subscript(replacement: String) -> Candidate? {
    candidates.first { $0.replacement == replacement }
  }
}
