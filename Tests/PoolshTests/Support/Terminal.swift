import Glibc
import Testing
import TestSupport

/// A terminal with poolsh at its prompt, as somebody who types sees it.
///
/// Everything here blocks, and belongs to one thread: use it inside `onThread`.
final class Terminal {
  static let controlC = "\u{3}"
  static let controlD = "\u{4}"

  let program: RunningProgram
  private let terminal: PseudoTerminal
  private var master: CInt { terminal.descriptor }
  /// What was shown and not yet passed by `expect`.
  private var shown: [UInt8] = []

  /// Opens a terminal and starts poolsh on it.
  convenience init(_ arguments: String..., change: (inout Launch) -> Void = { _ in }) throws {
    try self.init(Launch(arguments) { change(&$0) })
  }

  /// Opens a terminal and starts a program on it.
  init(_ launch: Launch) throws {
    terminal = try PseudoTerminal()
    var launch = launch
    launch.terminal = terminal.path
    program = try RunningProgram(launch)
  }

  /// Takes the terminal away.
  func hangUp() { terminal.hangUp() }

  /// Has Ctrl-C leave what was typed and what was shown before it.
  ///
  /// A terminal throws both away, whatever nobody has read yet: a test that types Ctrl-C again and again would
  /// lose the answer to the first.
  func keepEverythingAtControlC() throws {
    var mode = termios()
    guard tcgetattr(master, &mode) == 0 else { throw SystemCallFailed("tcgetattr") }
    mode.c_lflag |= tcflag_t(NOFLSH)
    guard tcsetattr(master, TCSANOW, &mode) == 0 else { throw SystemCallFailed("tcsetattr") }
  }

  /// Echo, whole lines, signals.
  var modes: tcflag_t {
    get throws {
      var mode = termios()
      guard tcgetattr(master, &mode) == 0 else { throw SystemCallFailed("tcgetattr") }
      return mode.c_lflag & tcflag_t(ECHO | ICANON | ISIG)
    }
  }

  // MARK: What a person does

  /// Types; a line ends with `\n`.
  func type(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard write(master, bytes, bytes.count) == bytes.count else { throw SystemCallFailed("write") }
  }

  /// Waits until a text comes, after those that were expected before.
  ///
  /// - Returns: What came before it.
  @discardableResult
  func expect(_ text: String) throws -> String {
    let bytes = Array(text.replacing("\n", with: "\r\n").utf8)  // so the terminal writes it
    var place: Range<Int>?
    do {
      try eventually("the terminal to show it") {
        readWhatIsThere()
        place = shown.firstRange(of: bytes)
        return place != nil
      }
    } catch {
      throw OutOfPatience("\(text.debugDescription); the terminal shows \(Self.text(shown[...]))")
    }
    guard let place else { return "" }
    defer { shown.removeSubrange(..<place.upperBound) }
    return Self.text(shown[..<place.lowerBound])
  }

  /// Types a line and waits for the next prompt.
  ///
  /// - Returns: What came between the two.
  @discardableResult
  func run(_ line: String) throws -> String {
    try type(line + "\n")
    try expect(line + "\n")
    return try expect("> ")
  }

  /// Types a line, and checks what comes before the next prompt.
  func check(
    _ line: String, answers answer: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let shown = try run(line)
    #expect(shown == answer, sourceLocation: sourceLocation)
  }

  /// Leaves with Ctrl-D, and waits for the end.
  func leave() throws -> ProgramRun {
    try type(Self.controlD)
    var run = try program.wait()
    readWhatIsThere()
    run.errors = Self.text(shown[...])
    return run
  }

  /// Everything that came after what was expected.
  var rest: String {
    readWhatIsThere()
    return Self.text(shown[...])
  }

  private func readWhatIsThere() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(master, &buffer, buffer.count), count > 0 {
      shown += buffer[..<count]
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}

/// Runs a test on a terminal that shows its first prompt.
func atThePrompt(_ body: @escaping @Sendable (Terminal) throws -> Void) async throws {
  try await onThread {
    let terminal = try Terminal()
    try terminal.expect("> ")
    try body(terminal)
  }
}
