import Glibc

/// The side of a terminal that a keyboard and a window are usually on.
///
/// The C library's names for the requests are macros that Swift does not see.
final class PseudoTerminal {
  let descriptor: CInt
  /// What a program opens to be on this terminal.
  let path: String
  private(set) var isHungUp = false

  init() throws {
    descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallFailed("open /dev/ptmx") }
    let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
    var isLocked: CInt = 0
    var number: CUnsignedInt = 0
    guard ioctl(descriptor, setLock, &isLocked) == 0, ioctl(descriptor, getNumber, &number) == 0
    else { throw SystemCallFailed("ioctl") }
    path = "/dev/pts/\(number)"
  }

  deinit { hangUp() }

  /// Takes the terminal away.
  func hangUp() {
    if !isHungUp { close(descriptor) }
    isHungUp = true
  }

  /// What is there to be read; `nil` once no program has the terminal any more.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 { return Array(buffer[..<count]) }
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? [] : nil
  }

  /// Writes as much as there is room for.
  ///
  /// - Returns: How much.
  func write(_ bytes: ArraySlice<UInt8>) throws -> Int {
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno != EAGAIN, errno != EINTR { throw SystemCallFailed("write") }
    return max(0, count)
  }

  /// Blocks until there is something to be read, at most for a time.
  ///
  /// - Returns: Whether there is.
  @discardableResult
  func waitToRead(milliseconds: CInt) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&ready, 1, milliseconds) == 1 && ready.revents & Int16(POLLIN) != 0
  }

  /// Gives the window a size; a running program is told with SIGWINCH.
  func setSize(columns: Int, rows: Int) throws {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else { throw SystemCallFailed("ioctl") }
  }

  /// How the terminal treats what is typed and written.
  var modes: TerminalModes {
    get throws {
      var mode = termios()
      guard tcgetattr(descriptor, &mode) == 0 else { throw SystemCallFailed("tcgetattr") }
      return TerminalModes(mode)
    }
  }
}

/// The modes of a terminal, comparable.
struct TerminalModes: Equatable, Sendable, CustomStringConvertible {
  private let flags: [tcflag_t]
  private let characters: [UInt8]

  init(_ mode: termios) {
    flags = [mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag]
    characters = withUnsafeBytes(of: mode.c_cc) { Array($0) }
  }

  /// Whether the terminal shows what is typed by itself, and hands over whole lines.
  var isCooked: Bool { flags[3] & tcflag_t(ECHO | ICANON) == tcflag_t(ECHO | ICANON) }

  /// Whether Ctrl-S holds what is written, until Ctrl-Q.
  var holdsOutput: Bool { flags[0] & tcflag_t(IXON) != 0 }

  var description: String {
    "\(isCooked ? "cooked" : "raw") \(flags.map { String($0, radix: 8) }) \(characters)"
  }
}
