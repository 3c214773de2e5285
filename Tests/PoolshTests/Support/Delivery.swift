import Glibc

/// A terminal of its own, through which a byte is sent each way: what went through others before has arrived then.
///
/// The system hands over what is written to a terminal a little later, one after the other. On a busy machine that
/// takes longer than any pause that a test would make.
final class Delivery {
  private let near: PseudoTerminal
  private let far: CInt

  init() throws {
    near = try PseudoTerminal()
    far = open(near.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    var modes = termios()
    guard far >= 0, tcgetattr(far, &modes) == 0 else { throw SystemCallFailed("open") }
    cfmakeraw(&modes)
    guard tcsetattr(far, TCSANOW, &modes) == 0 else { throw SystemCallFailed("tcsetattr") }
  }

  deinit { close(far) }

  /// Blocks until what was typed before can be read by the program.
  func waitForKeys() throws {
    try send(from: near.descriptor, to: far)
  }

  /// Blocks until what a program has written before can be read from its terminal.
  func waitForOutput() throws {
    try send(from: far, to: near.descriptor)
  }

  private func send(from: CInt, to: CInt) throws {
    var byte: UInt8 = 0
    guard write(from, &byte, 1) == 1 else { throw SystemCallFailed("write") }
    var ready = pollfd(fd: to, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 30_000) == 1, read(to, &byte, 1) == 1 else {
      throw SystemCallFailed("read")
    }
  }
}
