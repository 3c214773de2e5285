import FoundationEssentials
import Glibc
import TestSupport

/// A program that was started, and what it has written so far.
///
/// Everything here blocks: use it inside `onThread`. Whatever happens in the test, the program is gone with
/// the last reference.
final class RunningProgram: Sendable {
  /// How a program ended.
  enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(by: Int32)
  }

  let processID: pid_t
  private let folder: Folder
  private let launch: Launch
  private let ending = Guarded<Ending?>(nil)

  init(_ launch: Launch) throws {
    folder = try Folder()
    self.launch = launch
    try folder.write("run/nothing", "")
    processID = try launch.start(
      in: folder("run"), outputFile: folder("output"), errorFile: folder("errors"))
  }

  deinit { if !hasEnded { kill() } }

  // MARK: What it has written

  var outputBytes: [UInt8] { (try? folder.bytes("output")) ?? [] }
  var output: String { String(decoding: outputBytes, as: UTF8.self) }
  var errors: String { (try? folder.text("errors")) ?? "" }

  /// Blocks until standard output holds a text.
  func waitForOutput(_ text: String) throws {
    try eventually("\(launch.arguments) to write \(text): \(output) \(errors)") {
      output.contains(text)
    }
  }

  // MARK: Its end

  func send(_ signal: CInt) {
    ending.withLock { if $0 == nil { _ = Glibc.kill(processID, signal) } }
  }

  /// Whether it has ended; its exit status is then taken.
  var hasEnded: Bool {
    ending.withLock { ending in
      var status: CInt = 0
      if ending == nil, waitpid(processID, &status, WNOHANG) == processID {
        ending = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: status & 0x7F)
      }
      return ending != nil
    }
  }

  /// Waits for its end.
  ///
  /// - Throws: `OutOfPatience` if it does not come in time; then the program is killed.
  func wait(_ limit: Duration = patience) throws -> ProgramRun {
    do {
      try eventually("\(launch.arguments) to end", timeout: limit) { hasEnded }
    } catch {
      kill()
      throw OutOfPatience("\(error); output: \(output) errors: \(errors)")
    }
    guard let ending = ending.withLock({ $0 }) else { throw OutOfPatience("the exit status") }
    return ProgramRun(outputBytes: outputBytes, errors: errors, ending: ending)
  }

  private func kill() {
    send(SIGKILL)
    try? eventually("a killed program to end") { hasEnded }
  }
}

/// What a program has written, and how it ended.
struct ProgramRun: Sendable, CustomStringConvertible {
  var outputBytes: [UInt8]
  var errors: String
  var ending: RunningProgram.Ending

  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  /// The exit status; `nil` if a signal has ended it.
  var status: Int32? { if case .exited(let status) = ending { status } else { nil } }

  /// The lines of standard output.
  var lines: [String] { output.lines }

  var description: String { "\(ending)\noutput:\n\(output)\nerrors:\n\(errors)" }
}

extension String {
  /// The lines, without an empty one after the last newline.
  var lines: [String] {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

// MARK: - The usual case

/// Runs a program to its end, on a thread of its own.
func run(_ launch: Launch, within limit: Duration = patience) async throws -> ProgramRun {
  try await onThread { try RunningProgram(launch).wait(limit) }
}

/// Runs poolsh to its end.
func poolsh(
  _ arguments: String..., change: @Sendable (inout Launch) -> Void = { _ in }
) async throws -> ProgramRun {
  try await run(Launch(arguments, change))
}

/// Runs commands as `poolsh -c` does.
func poolsh(
  commands: String, change: @Sendable (inout Launch) -> Void = { _ in }
) async throws -> ProgramRun {
  try await run(Launch(["-c", commands], change))
}

/// Runs a line of shell that finds poolsh in its PATH.
func shell(
  _ line: String, change: @Sendable (inout Launch) -> Void = { _ in }
) async throws -> ProgramRun {
  try await run(.shell(line, change))
}
