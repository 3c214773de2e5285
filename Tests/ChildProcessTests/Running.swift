import ChildProcess
import Glibc
import TestSupport

/// Starts a child and waits for it, on a thread of its own.
func run(
  _ program: String, _ arguments: [String] = [],
  _ change: @escaping @Sendable (inout ChildCommand) -> Void = { _ in }
) async throws -> ChildOutcome {
  try await onThread {
    var command = ChildCommand(program: program, arguments: arguments)
    change(&command)
    return try ChildProcess.start(command).wait()
  }
}

/// The same for a line of shell.
func sh(
  _ line: String, _ change: @escaping @Sendable (inout ChildCommand) -> Void = { _ in }
) async throws -> ChildOutcome {
  try await run("/bin/sh", ["-c", line], change)
}

/// A shell's command, for tests that start it themselves.
func shell(
  _ line: String, timeout: Duration? = nil, grace: Duration = .seconds(2)
) -> ChildCommand {
  ChildCommand(program: "/bin/sh", arguments: ["-c", line], timeout: timeout, grace: grace)
}

extension CapturedOutput {
  /// The bytes as text.
  var text: String { String(decoding: bytes(), as: UTF8.self) }
}

/// Whether a process is there and has not exited.
func isAlive(_ processID: Int32) -> Bool {
  guard let status = try? text(of: "/proc/\(processID)/stat") else { return false }
  let afterName = status[(status.lastIndex(of: ")") ?? status.startIndex)...].dropFirst(2)
  return afterName.first != "Z" && afterName.first != "X"
}

/// A call of the system that failed.
struct SystemCallFailed: Error {
  let code = errno
}

/// The contents of a file.
func text(of path: String) throws -> String {
  guard let file = fopen(path, "re") else { throw SystemCallFailed() }
  defer { fclose(file) }
  var bytes = [UInt8]()
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

/// A directory that is gone with its last reference.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/ChildProcessTests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallFailed() }
    path = template.withUnsafeBytes { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  deinit {
    _ = try? ChildProcess.start(ChildCommand(program: "rm", arguments: ["-rf", path])).wait()
  }

  /// The path of a file in it.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file.
  ///
  /// - Returns: Its path.
  func write(_ name: String, _ contents: String, mode: mode_t = 0o644) throws -> String {
    guard let file = fopen(self(name), "we") else { throw SystemCallFailed() }
    fputs(contents, file)
    fchmod(fileno(file), mode)
    fclose(file)
    return self(name)
  }

  /// Whether it has a file of that name.
  func has(_ name: String) -> Bool { access(self(name), F_OK) == 0 }
}
