import TestSupport
import Testing

/// poolsh at its prompt, in a window.
extension ScreenTerminal {
  static let prompt = "> "
  static let continuationPrompt = ". "

  /// Waits for an empty line to be edited.
  func waitForPrompt() throws {
    try wait(for: "the prompt") { $0.textBeforeCursor == Self.prompt && !$0.isWrapPending }
  }

  /// Types a command and waits for the next prompt.
  ///
  /// - Returns: What is to be seen between the two, if it is on the screen.
  @discardableResult
  func run(_ command: String) throws -> String {
    try waitForPrompt()
    let before = screen.scrolledBack.count + screen.cursor.row
    try type(command + "\n")
    try wait(for: "the end of \(command)") {
      $0.scrolledBack.count + $0.cursor.row > before && $0.textBeforeCursor == Self.prompt
    }
    try settle()
    let rows = (screen.scrolledBack + screen.lines).map(\.text)
    return rows[(before + 1)..<(screen.scrolledBack.count + screen.cursor.row)]
      .joined(separator: "\n")
  }

  /// The first row of the prompt that is the last on the screen.
  private var promptRow: Int? { screen.lines.lastIndex { ($0.text + " ").hasPrefix(Self.prompt) } }

  /// Prompt and line, as they are to be seen.
  var edited: String {
    guard let row = promptRow else { return "no prompt" }
    return screen.lines[row...].map(\.text).joined(separator: "\n")
      .trimmingSuffix(while: \.isNewline)
  }

  /// Where the cursor is, counted from the beginning of the prompt.
  var place: Screen.Position {
    Screen.Position(row: screen.cursor.row - (promptRow ?? 0), column: screen.cursor.column)
  }

  /// Expects a prompt with a line (what is to be seen, row by row), and the cursor at a place counted from it, once
  /// everything has been drawn.
  func expect(
    _ line: String, row: Int = 0, column: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try settle()
    let place = Screen.Position(row: row, column: column)
    // A machine that is very busy may not have handed the last key over yet.
    try? wait(for: line) { _ in edited == line && self.place == place }
    #expect(edited == line, "\(picture)", sourceLocation: sourceLocation)
    #expect(self.place == place, "\(picture)", sourceLocation: sourceLocation)
  }

  /// Types a command, and checks what comes before the next prompt.
  func check(
    _ command: String, shows answer: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try run(command) == answer, "\(picture)", sourceLocation: sourceLocation)
  }

  /// Ends the session with Ctrl-D at an empty line.
  func leave() throws -> ProgramRun {
    try waitForPrompt()
    try press(.control("d"))
    return try waitForEnd()
  }
}

extension String {
  func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
    String(self[..<(lastIndex { !isTrimmed($0) }.map { index(after: $0) } ?? startIndex)])
  }
}

/// Runs a test on a window with poolsh at its first prompt.
func inAWindow(
  _ change: @escaping @Sendable (inout ScreenTerminal.Options) -> Void = { _ in },
  _ body: @escaping @Sendable (ScreenTerminal) throws -> Void
) async throws {
  try await onThread {
    let terminal = try ScreenTerminal(change)
    try terminal.waitForPrompt()
    try body(terminal)
    terminal.readWhatIsThere()
    if !terminal.screen.unknown.isEmpty {
      throw OutOfPatience("known control sequences: \(terminal.screen.unknown)")
    }
  }
}
