import TestSupport
import Testing

@testable import PoolShell

/// What one run of the shell has written, and how it ended.
struct ShellRun: Sendable {
  var output: String
  var errors: String
  var status: Int32

  /// The lines of standard output in order of the alphabet, for answers that come in any order.
  var sortedLines: [String] { output.split(separator: "\n").map(String.init).sorted() }
}

/// Takes what the shell writes, from any thread.
final class Recorder: Sendable {
  private let state = Guarded<[UInt8]>([])

  func append(_ chunk: UnsafeRawBufferPointer) {
    state.withLock { $0.append(contentsOf: chunk) }
  }

  var bytes: [UInt8] { state.withLock { $0 } }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Blocks until a text has been written.
  func wait(for text: String) throws {
    guard state.wait(patience, until: { String(decoding: $0, as: UTF8.self).contains(text) }) else {
      throw OutOfPatience("\(text.debugDescription) to be written, there is \(self.text)")
    }
  }
}

/// A session whose output is kept, for tests that need to look inside or to act while it runs.
final class ShellUnderTest: Sendable {
  let output = Recorder()
  let errors = Recorder()
  let session: Session

  /// - Parameters:
  ///   - values: The settings.
  ///   - isMerged: Whether standard error goes to `output` too, to see what comes before what.
  ///   - readsScriptFromStandardInput: Whether standard input is the script.
  ///   - streams: What the shell takes its output for.
  init(
    _ values: Settings.Values = .init(), isMerged: Bool = false,
    readsScriptFromStandardInput: Bool = false, streams: Output.Streams = .init()
  ) {
    session = Session(
      output: Output(
        standardOutput: { [output] in output.append($0) },
        standardError: { [output, errors] in (isMerged ? output : errors).append($0) },
        streams: streams),
      settings: Settings(values), readsScriptFromStandardInput: readsScriptFromStandardInput)
  }

  /// Opens a gate, as a task would.
  func open(_ gate: String) { session.gates.open(gate) }

  /// Runs a script to its end; blocks.
  func run(
    _ script: String, name: String = "-c", arguments: [String] = [], isInteractive: Bool = false
  ) -> ShellRun {
    let shell = Shell(
      session: session, source: TextSource(name: name, text: script), arguments: arguments,
      isInteractive: isInteractive)
    let status = shell.run()
    return ShellRun(output: output.text, errors: errors.text, status: status)
  }
}

/// Runs a script in this process, on a thread of its own, as `poolsh -c` would.
///
/// - Parameters:
///   - script: The commands.
///   - arguments: `$1`, `$2`, …
///   - isInteractive: Whether it is as if somebody typed the script at a prompt.
///   - configure: Changes the settings.
/// - Returns: What it wrote, and its status.
/// - Throws: `OutOfPatience` if the script does not end.
func runShell(
  _ script: String, arguments: [String] = [], isInteractive: Bool = false,
  configure: @escaping @Sendable (inout Settings.Values) -> Void = { _ in }
) async throws -> ShellRun {
  try await onShellThread {
    var values = Settings.Values()
    configure(&values)
    let shell = ShellUnderTest(values)
    return try inTime("the end of: \(script)") {
      shell.run(script, arguments: arguments, isInteractive: isInteractive)
    }
  }
}

/// Runs a script, and acts while it runs.
///
/// - Parameters:
///   - script: The commands.
///   - shell: The session.
///   - isInteractive: Whether it is as if somebody typed the script at a prompt.
///   - act: Called on a thread of its own as soon as the script begins.
/// - Returns: What the script wrote, and its status.
/// - Throws: What `act` throws; `OutOfPatience` if the script does not end.
func runShell(
  _ script: String, in shell: ShellUnderTest, isInteractive: Bool = false,
  meanwhile act: @escaping @Sendable (ShellUnderTest) throws -> Void
) async throws -> ShellRun {
  shell.session.gates.mayBeOpenedOutside = true
  return try await onShellThread {
    let run = Guarded<ShellRun?>(nil)
    startThread {
      let ended = shell.run(script, isInteractive: isInteractive)
      run.withLock { $0 = ended }
    }
    try act(shell)
    guard run.wait(patience, until: { $0 != nil }), let ended = run.withLock({ $0 }) else {
      throw OutOfPatience("the end of: \(script)")
    }
    return ended
  }
}

/// Runs blocking code on a thread of its own, a few at a time: each shell has many threads.
func onShellThread<T: Sendable>(
  _ body: @escaping @Sendable () throws -> T
) async throws -> T {
  try await shells.passing { try await onThread { try body() } }
}

private let shells = Turnstile(places: 4)
