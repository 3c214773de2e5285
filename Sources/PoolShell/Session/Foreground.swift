import ChildProcess
import ConcurrentFutures
import Synchronization

/// Who uses the terminal: poolsh, or the program in the foreground.
package final class TerminalHandover: Sendable {
  private struct State {
    /// The modes that programs expect: those in which poolsh has found the terminal.
    var programModes: JobControl.Modes?
    /// Whether a program has the terminal.
    var isGiven = false
    /// Whether the process ends, and leaves the terminal to others.
    var isOver = false
  }

  private let state = Monitor(State())
  private let isEnabled = Atomic(false)
  private let isCapturing = Atomic(false)

  /// There is no terminal: what programs write that want one is an answer like any other.
  func capture() { isCapturing.store(true, ordering: .releasing) }

  /// Whether `capture` was called.
  var isAbsent: Bool { isCapturing.load(ordering: .acquiring) }

  /// Programs in the foreground get the terminal, in a process group of their own.
  ///
  /// Without it they share poolsh's, as those of a script do.
  ///
  /// - Parameter modes: Those that programs expect, in which poolsh has found the terminal; `nil` leaves the modes alone.
  package func enable(programModes modes: JobControl.Modes?) {
    state.withLock { $0.programModes = modes }
    isEnabled.store(true, ordering: .releasing)
  }

  /// Whether a program can be given the terminal: poolsh itself must have it.
  var isPossible: Bool {
    isEnabled.load(ordering: .acquiring) && JobControl.isInForeground(of: 0)
  }

  /// Runs what gives the terminal away; afterwards it is ours, and in the modes in which it was.
  func during<R>(_ body: () throws -> R) rethrows -> R {
    try withProgramModes {
      state.withLock { $0.isGiven = true }
      defer {
        takeBack()
        state.withLock { $0.isGiven = false }
      }
      return try body()
    }
  }

  /// Does something with the terminal in the modes that programs expect.
  func withProgramModes<R>(_ body: () throws -> R) rethrows -> R {
    let ours = JobControl.modes()
    state.withLock { $0.programModes }.map(JobControl.set)
    defer { ours.map(takeModes) }
    return try body()
  }

  /// Goes on in modes of ours, unless the terminal is somebody else's by now: after Ctrl-Z and `bg`, or because the
  /// process ends and has left it.
  private func takeModes(_ modes: JobControl.Modes) {
    state.withLock { state in
      if !state.isOver, JobControl.isInForeground(of: 0) { JobControl.set(modes) }
    }
  }

  /// The process ends: the terminal is not touched any more by whoever waits for a program.
  func leave() {
    state.withLock { $0.isOver = true }
    takeBack()
  }

  /// Waits until a program has exited; when it is stopped (Ctrl-Z), stops poolsh too, as su and sudo do.
  func attend(_ child: ChildProcess) {
    while child.waitForStop() {
      let modes = JobControl.modes()
      takeBack()
      JobControl.stopUntilInForeground()
      if let modes { JobControl.set(modes) }
      JobControl.giveTerminal(to: child.processID)
      child.proceed()
    }
  }

  /// Takes the terminal from the program that has it, if one has, in the modes in which it got it.
  func takeBack() {
    let (isGiven, modes) = state.withLock { ($0.isGiven, $0.programModes) }
    guard isGiven else { return }
    JobControl.takeTerminal()
    modes.map(JobControl.set)
  }
}

extension Context {
  /// Runs a line with /bin/sh on the terminal, like a shell would.
  func runInForeground(_ line: String) throws {
    try refuseProgram("the line")
    if session.terminalHandover.isAbsent { return try runCaptured(line) }
    var command = ChildCommand(program: "/bin/sh", arguments: ["-c", "--", line])
    command.input = session.readsScriptFromStandardInput ? .null : .inherit
    command.output = .inherit
    let status = try session.output.leavingTerminal { try runInForeground(&command).status }
    session.interrupt.clear()  // Ctrl-C was for the program
    switch status {
    case .exited(0): break
    // Ctrl-C reached the shell in between too, which dies of it when its program has ended, however.
    case .signalled(2) where isInteractive: session.output.write("\n")  // behind the ^C
    default: throw ShellError("! \(status)")
    }
  }

  private func runInForeground(_ command: inout ChildCommand) throws -> ChildOutcome {
    let terminal = session.terminalHandover
    guard terminal.isPossible else {
      command.newProcessGroup = false
      // The terminal itself tells it of Ctrl-C.
      return try session.children.run(command, endedBy: nil)
    }
    command.takesTerminal = true
    return try terminal.during {
      try session.children.run(command, endedBy: nil, attend: terminal.attend)
    }
  }
}
