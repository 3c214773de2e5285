import TestSupport

@testable import PoolShell

/// Lines that are typed when a test says so.
final class TypedSource: LineSource {
  let name = "typed"
  private let keyboard: Keyboard

  init(_ keyboard: Keyboard) { self.keyboard = keyboard }

  func nextLine(continuing: Bool) throws -> [UInt8]? { keyboard.next() }
}

/// What is typed, by any thread.
final class Keyboard: Sendable {
  private struct State {
    var lines: [String] = []
    var isAtEnd = false
    /// How many lines were asked for.
    var asked = 0
  }

  private let state = Guarded(State())

  /// Types a line, once the prompt is up.
  func type(_ line: String) throws {
    try waitForPrompt()
    state.withLock { $0.lines.append(line) }
  }

  /// Ctrl-D.
  func end() throws {
    try waitForPrompt()
    state.withLock { $0.isAtEnd = true }
  }

  /// Blocks until everything that was typed has run.
  func waitForPrompt() throws {
    guard state.wait(patience, until: { $0.asked > 0 && $0.lines.isEmpty }) else {
      throw OutOfPatience("a prompt")
    }
  }

  fileprivate func next() -> [UInt8]? {
    state.withLock { $0.asked = 1 }
    _ = state.wait(.seconds(3600)) { !$0.lines.isEmpty || $0.isAtEnd }
    return state.withLock { state in
      state.asked = 0
      return state.lines.isEmpty ? nil : Array(state.lines.removeFirst().utf8)
    }
  }
}

/// Runs a session at whose prompt a test types.
func atTheKeyboard(
  _ values: Settings.Values = .init(),
  _ body: @escaping @Sendable (Keyboard, ShellUnderTest) throws -> Void
) async throws -> ShellRun {
  let shell = ShellUnderTest(values, isMerged: true)
  let keyboard = Keyboard()
  return try await onShellThread {
    let run = Guarded<ShellRun?>(nil)
    startThread {
      let loop = Shell(session: shell.session, source: TypedSource(keyboard), isInteractive: true)
      let status = loop.run()
      run.withLock { $0 = ShellRun(output: shell.output.text, errors: "", status: status) }
    }
    try body(keyboard, shell)
    try keyboard.end()
    guard run.wait(patience, until: { $0 != nil }), let ended = run.withLock({ $0 }) else {
      throw OutOfPatience("the end of the session")
    }
    return ended
  }
}
