import Glibc
import TestSupport

/// A window with a program in it, as somebody who looks at it sees it.
///
/// Everything here blocks, and belongs to one thread: use it inside `onThread`. The terminal answers no
/// questions of the program.
final class ScreenTerminal {
  /// How the program is started.
  struct Options: Sendable {
    var program = PoolshBinary.path
    var arguments: [String] = []
    var columns = 80
    var rows = 24
    var reflow = Screen.Reflow.wrapsAgain
    /// Beside those that every program gets; an empty value of `TERM` is an empty `TERM`.
    var environment: [String: String] = [:]
    /// Which of output (1) and error (2) are captured instead.
    var offTerminal: Set<CInt> = []
    /// `nil`: one of its own.
    var home: Home?
  }

  let program: RunningProgram
  let home: Home
  let terminal: PseudoTerminal
  private(set) var screen: Screen
  /// Everything that the program has written, for the message of a test that fails.
  private(set) var written: [UInt8] = []
  private let delivery: Delivery

  init(_ change: (inout Options) -> Void = { _ in }) throws {
    var options = Options()
    change(&options)
    home = try options.home ?? Home()
    terminal = try PseudoTerminal()
    delivery = try Delivery()
    try terminal.setSize(columns: options.columns, rows: options.rows)
    screen = Screen(columns: options.columns, rows: options.rows, reflow: options.reflow)
    // On a terminal Swift's own handler of crashes asks what to do, and waits for an answer.
    let own = ["TERM": "xterm", "HOME": home.path, "SWIFT_BACKTRACE": "enable=no"]
    let variables = own.merging(options.environment) { $1 }
    let path = terminal.path
    program = try RunningProgram(
      Launch(options.arguments) {
        $0.program = options.program
        $0.terminal = path
        $0.environment = variables
        $0.offTerminal = options.offTerminal
      })
  }

  // MARK: What a person does

  /// Types a text; a newline is the key Enter.
  func type(_ text: String) throws { try send(Array(text.replacing("\n", with: "\r").utf8)) }

  /// Presses keys, one after the other.
  func press(_ keys: Key...) throws {
    for key in keys { try send(key.bytes(application: screen.hasApplicationKeys)) }
  }

  /// Presses a key again and again.
  func press(_ key: Key, times: Int) throws {
    for _ in 0..<times { try press(key) }
  }

  /// Pastes a text, as the terminal does it: marked, if the program wants that.
  func paste(_ text: String) throws {
    readWhatIsThere()
    let body = text.replacing("\n", with: "\r")
    try send(Array((screen.isPasteBracketed ? "\u{1B}[200~\(body)\u{1B}[201~" : body).utf8))
  }

  /// Gives the window another size.
  func resize(columns: Int, rows: Int) throws {
    readWhatIsThere()
    screen.resize(columns: columns, rows: rows)
    try terminal.setSize(columns: columns, rows: rows)
  }

  func send(_ bytes: [UInt8]) throws {
    readWhatIsThere()
    var rest = bytes[...]
    try eventually("the terminal to take what is typed") {
      rest = rest.dropFirst(try terminal.write(rest))
      readWhatIsThere()  // a program that cannot write does not read either
      return rest.isEmpty
    }
  }

  // MARK: What a person sees

  /// Waits until the screen is as wanted.
  func wait(
    for what: String, within limit: Duration = patience, _ isSo: (Screen) throws -> Bool
  ) throws {
    var remaining = Patience(limit)
    readWhatIsThere()
    while try !isSo(screen) {
      guard remaining.look() else { throw OutOfPatience("\(what)\n\(picture)") }
      terminal.waitToRead(milliseconds: 10)
      readWhatIsThere()
    }
  }

  /// Waits until a text is to be seen.
  func waitFor(_ text: String) throws {
    try wait(for: text.debugDescription) { $0.text.contains(text) }
  }

  /// Waits until the row of the cursor has a text in front of it, spaces and all.
  func waitForCursor(after text: String) throws {
    try wait(for: "the cursor after \(text.debugDescription)") {
      $0.textBeforeCursor.hasSuffix(text)
    }
  }

  /// Waits until the program sleeps, with all keys taken, and everything it has written is on the screen.
  func settle() throws {
    try eventually("\(program.processID) to be quiet") {
      try delivery.waitForKeys()
      let before = ThreadActivity(of: program.processID)
      guard before.areAllAsleep, !readWhatIsThere() else { return false }
      try delivery.waitForOutput()
      guard !terminal.waitToRead(milliseconds: 15), !readWhatIsThere() else { return false }
      return ThreadActivity(of: program.processID) == before
    }
  }

  /// The screen with a frame, and where the cursor is.
  var picture: String {
    let edge = "+" + String(repeating: "-", count: screen.columns) + "+"
    let rows = screen.lines.map { "|" + $0.text + ($0.wraps ? "\\" : "") }
    return ([edge] + rows + [edge, "cursor \(screen.cursor)"]).joined(separator: "\n")
  }

  /// Shows what the program has written so far.
  ///
  /// - Returns: Whether it has written anything.
  @discardableResult
  func readWhatIsThere() -> Bool {
    var hasRead = false
    while !terminal.isHungUp, let bytes = terminal.read(), !bytes.isEmpty {
      screen.feed(bytes)
      written += bytes
      hasRead = true
    }
    return hasRead
  }

  // MARK: The end

  /// Waits for the program's end.
  func waitForEnd() throws -> ProgramRun {
    try eventually("the program to end\n\(picture)") {
      readWhatIsThere()
      return program.hasEnded
    }
    readWhatIsThere()
    return try program.wait()
  }
}
