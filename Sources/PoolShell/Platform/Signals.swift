import CPlatform
import Glibc

/// Signals by their names.
enum Signals {
  static let terminate = SIGTERM
  static let kill = SIGKILL

  /// Those that do not end a program: they stop it, continue it, or mean nothing to it.
  private static let harmless: Set<Int32> = [
    SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH,
  ]

  /// The number of a signal: `TERM`, `SIGTERM`, `term`, `15`; `nil` if there is none.
  static func number(of text: String) -> Int32? {
    if let number = Int32(text) { return (1...64).contains(number) ? number : nil }
    let upper = text.uppercased()
    let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
    return (1...31).first { cplatform_signal_name($0).map { String(cString: $0) } == name }
  }

  /// Whether a program that does not handle it ends.
  static func endsPrograms(_ number: Int32) -> Bool { !harmless.contains(number) }
}
