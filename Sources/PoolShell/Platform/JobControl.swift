import CPlatform
import ChildProcess
import Glibc

/// Who has the terminal, and in which modes.
package enum JobControl {
  /// The modes of a terminal: echo, whole lines or single keys, and so on.
  package struct Modes: @unchecked Sendable {  // a C structure of numbers
    fileprivate var value = termios()
  }

  /// The modes of the terminal behind standard input; `nil` if it is none.
  package static func modes() -> Modes? {
    var modes = Modes()
    return tcgetattr(STDIN_FILENO, &modes.value) == 0 ? modes : nil
  }

  /// Sets the modes of the terminal behind standard input once everything is written; from the background too.
  package static func set(_ modes: Modes) {
    var modes = modes
    withoutBeingStopped { _ = tcsetattr(STDIN_FILENO, TCSADRAIN, &modes.value) }
  }

  /// Whether this process is in the foreground of a terminal, and so may write to it without disturbing anybody.
  package static func isInForeground(of descriptor: CInt) -> Bool {
    tcgetpgrp(descriptor) == getpgrp()
  }

  /// Gives the terminal to a process group.
  static func giveTerminal(to group: Int32) { cplatform_set_foreground(STDIN_FILENO, group) }

  /// Takes the terminal back.
  static func takeTerminal() { cplatform_set_foreground(STDIN_FILENO, getpgrp()) }

  /// Stops this process as Ctrl-Z does, and returns when it is continued.
  static func stop() { cplatform_stop_self() }

  /// Stops this process, and returns when it has been continued in the foreground.
  ///
  /// Returns at once if nobody could continue it.
  static func stopUntilInForeground() {
    stop()
    // `bg` continues it where it must not take the terminal.
    cplatform_await_foreground(STDIN_FILENO)
  }

  private static func withoutBeingStopped(_ body: () -> Void) {
    var (blocked, former) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &blocked, &former)
    body()
    pthread_sigmask(SIG_SETMASK, &former, nil)
  }
}
