import ChildProcess
import Glibc

/// Standard input as a terminal, whose reading can be given up from another thread.
final class TerminalInput: Sendable {
  /// What a read has brought.
  enum Event {
    case bytes([UInt8])
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
    /// `wake` was called.
    case woken(Reason)
  }

  /// Why a read is given up.
  enum Reason: UInt8 {
    /// The user has given up the line.
    case interrupted
    /// The process goes on after a stop.
    case resumed
  }

  /// A pipe: a byte in it wakes who waits.
  private let wakeUpRead: CInt
  private let wakeUpWrite: CInt

  init() throws {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw FileSystem.Failure("terminal", SystemError.last.text) }
    (wakeUpRead, wakeUpWrite) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(wakeUpRead)
    close(wakeUpWrite)
  }

  /// Makes a `read` that waits return.
  func wake(_ reason: Reason) {
    var byte = reason.rawValue
    Glibc.write(wakeUpWrite, &byte, 1)
  }

  /// Drops wake-ups from before.
  func forgetWake() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while Glibc.read(wakeUpRead, &bytes, bytes.count) > 0 {}
  }

  private func takeReason() -> Reason {
    var byte: UInt8 = 0
    return Glibc.read(wakeUpRead, &byte, 1) == 1 ? Reason(rawValue: byte) ?? .interrupted : .resumed
  }

  /// What was typed: mostly one line, the terminal hands lines over whole.
  func read() throws -> Event {
    var descriptors = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUpRead, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&descriptors, 2, -1) < 0 {
      guard errno == EINTR else { throw FileSystem.Failure("terminal", SystemError.last.text) }
    }
    if descriptors[1].revents != 0 { return .woken(takeReason()) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
    if count > 0 { return .bytes(Array(bytes[..<count])) }
    if count < 0, errno == EINTR || errno == EAGAIN { return .bytes([]) }
    return .end
  }
}
