import CEditline
import Glibc

/// The terminal that standard input and output are.
package enum TerminalDevice {
  /// Remembers the terminal's modes, for `restore`, and for a crash.
  ///
  /// - Returns: False if standard input is no terminal.
  @discardableResult
  package static func remember() -> Bool { ceditline_remember_terminal() }

  /// Gives the terminal the modes that were remembered; does nothing if none were.
  ///
  /// On any thread.
  package static func restore() { ceditline_restore_terminal() }

  /// Has a crash show what a file has from a place on, which is kept for the terminal; -1 is no file.
  ///
  /// On any thread.
  package static func noteHeld(descriptor: CInt, from start: Int) {
    ceditline_note_held(descriptor, start)
  }

  /// Writes to standard output, all of it if the terminal takes it.
  static func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Glibc.write(STDOUT_FILENO, base, rest.count)
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return  // the terminal is gone
      }
    }
  }

  static func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// Rows and columns; 24 and 80 if the terminal does not tell.
  static var size: (rows: Int, columns: Int) {
    var (rows, columns): (CInt, CInt) = (0, 0)
    guard ceditline_terminal_size(&rows, &columns), rows > 0, columns > 0 else { return (24, 80) }
    return (Int(rows), Int(columns))
  }

  /// The characters by which a user interrupts and suspends: Ctrl-C and Ctrl-Z, unless `stty` was told otherwise.
  static var signalCharacters: (interrupt: UInt32, suspend: UInt32) {
    var (interrupt, suspend): (UInt32, UInt32) = (0, 0)
    ceditline_signal_characters(&interrupt, &suspend)
    return (interrupt, suspend)
  }

  /// How many columns libedit gives a character.
  static func width(_ scalar: Unicode.Scalar) -> Int { Int(ceditline_width(scalar.value)) }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Milliseconds on a clock that only goes forward.
  static var milliseconds: UInt64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
  }
}
