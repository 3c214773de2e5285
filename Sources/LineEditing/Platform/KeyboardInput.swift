import CPlatform
import Glibc

/// Standard input as a keyboard, whose reading other threads can wake.
final class KeyboardInput: Sendable {
  /// What a wait has ended with.
  struct Readiness {
    var hasKeys = false
    var isWoken = false
  }

  private let wakeUp: CInt

  /// Returns `nil` if the system has no descriptors left.
  init?() {
    wakeUp = cplatform_eventfd()
    if wakeUp < 0 { return nil }
  }

  deinit { close(wakeUp) }

  /// Has a `wait` return, the next one if there is none now.
  ///
  /// On any thread.
  func wake() {
    var one: UInt64 = 1
    _ = Glibc.write(wakeUp, &one, MemoryLayout.size(ofValue: one))
  }

  /// Waits for keys, or to be woken.
  ///
  /// - Parameters:
  ///   - milliseconds: The longest; `nil` is for ever.
  ///   - forWake: Whether to be woken at all; what has come stays for the next time.
  /// - Returns: What there is; nothing if the time is up.
  func wait(milliseconds: Int32? = nil, forWake: Bool = true) -> Readiness {
    var descriptors = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
    ]
    // Signals are blocked on this thread; should one come all the same, the wait begins anew.
    while poll(&descriptors, forWake ? 2 : 1, milliseconds ?? -1) < 0, errno == EINTR {}
    var readiness = Readiness(hasKeys: descriptors[0].revents != 0)
    if descriptors[1].revents != 0 {
      var count: UInt64 = 0
      readiness.isWoken = Glibc.read(wakeUp, &count, MemoryLayout.size(ofValue: count)) > 0
    }
    return readiness
  }

  /// Reads what was typed.
  ///
  /// - Parameter most: One, as a rule: what is typed ahead stays in the terminal, for a program that is started next.
  /// - Returns: Some bytes of it; none at the end, or if the terminal is gone.
  func read(most: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    while true {
      let count = Glibc.read(STDIN_FILENO, &bytes, most)
      if count > 0 { return Array(bytes[..<count]) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        _ = wait(forWake: false)
        continue
      }
      return []
    }
  }
}
