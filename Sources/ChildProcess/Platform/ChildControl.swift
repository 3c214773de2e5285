import CPlatform
import Glibc

/// What can be done to a child of this process that has not been reaped.
///
/// The caller sees to the "not reaped": afterwards the number may belong to another process.
struct ChildControl {
  let processID: Int32

  /// Whether the child leads a process group, to which signals then go.
  let leadsGroup: Bool

  /// Where the guardian knows it from; `nil` if it does not.
  var place: Guardian.Place?

  /// Makes sure that exited children stay until they are reaped.
  ///
  /// Whoever started this process may have left SIGCHLD ignored; the kernel then throws away the
  /// status of every child. Done once.
  static let keepExitedChildren: Void = {
    _ = cplatform_default_if_ignored(SIGCHLD)
  }()

  /// Sends a signal.
  ///
  /// A child that has left its group is signalled by itself. That a process is not ours to signal
  /// (a set-user-ID program) is no error here.
  func send(_ signal: Int32) {
    if leadsGroup && kill(-processID, signal) == 0 { return }
    kill(processID, signal)
  }

  static let continueSignal = SIGCONT

  /// Asks to end: SIGTERM or another signal, and SIGCONT, for a stopped process would never see it.
  func sendTerminate(_ signal: Int32 = SIGTERM) {
    send(signal)
    send(SIGCONT)
  }

  /// Ends all at once: SIGKILL.
  func sendKill() {
    send(SIGKILL)
  }

  /// Does what a teardown asks for, as far as it concerns the process.
  ///
  /// - Parameters:
  ///   - effect: What is to be done.
  ///   - signal: What to send in place of SIGTERM.
  func perform(_ effect: Teardown.Effect, with signal: Int32? = nil) {
    switch effect {
    case .sendTerminate: sendTerminate(signal ?? SIGTERM)
    case .sendKill: sendKill()
    case .none, .abandonOutput: break
    }
  }

  /// What `reap` found.
  enum Reaped: Equatable {
    case stillRunning
    case ended(ExitStatus)

    /// There is no such child. Somebody else reaped it, or SIGCHLD is ignored again.
    case lost(SystemError)
  }

  /// Looks whether the child has exited, without blocking, and reaps it then.
  func reap() -> Reaped {
    let reaped = look(keeping: false)
    if reaped != .stillRunning, let place { Guardian.shared.release(place) }
    return reaped
  }

  /// Looks whether the child has exited, without blocking, and leaves it as it is.
  func hasExited() -> Bool {
    if case .ended = look(keeping: true) { true } else { false }
  }

  private func look(keeping: Bool) -> Reaped {
    var how = cplatform_exit()
    switch cplatform_reap(processID, keeping, &how) {
    case 0: return .stillRunning
    case 1: return .ended(how.signalled ? .signalled(how.number) : .exited(how.number))
    default: return .lost(.last)
    }
  }

  /// Sleeps until the child has been stopped or has exited, and leaves it as it is.
  ///
  /// - Returns: Whether it was stopped.
  func waitForStop() -> Bool { cplatform_wait_stop(processID) == 1 }

  /// Ends all at once and reaps the child, which blocks until it is gone.
  func killAndReap() {
    sendKill()
    while cplatform_wait(processID) != 0 && errno == EINTR {}
    if let place { Guardian.shared.release(place) }
  }
}

/// The name of a signal, `SIGKILL` for 9; `nil` if it has none.
func signalName(_ number: Int32) -> String? {
  cplatform_signal_name(number).map { "SIG" + String(cString: $0) }
}
