import ChildProcess
import ConcurrentFutures

/// The children that run now, so that they can be ended.
final class RunningChildren: Sendable {
  private struct State {
    var children: [ObjectIdentifier: ChildProcess] = [:]
    /// How many are being started: not there yet, but no longer to be prevented.
    var starting = 0
    /// The one that the session itself waits for.
    var foreground: ChildProcess?
    var isClosed = false
  }

  private let state = Monitor(State())

  /// Runs a child while it can be ended from elsewhere.
  ///
  /// - Parameters:
  ///   - command: What to run.
  ///   - interrupt: Ends the child, if the session itself waits for it; `nil` if a task does.
  ///   - alarm: See `ChildProcess.wait`.
  ///   - tap: See `ChildProcess.wait`.
  ///   - attend: Given the child before it is waited for.
  /// - Returns: How it ended.
  /// - Throws: `SpawnError`; `ShellError` once the session is stopping.
  func run(
    _ command: ChildCommand, endedBy interrupt: Interrupt?, alarm: (() -> Duration?)? = nil,
    tap: ((ChildStream, UnsafeRawBufferPointer) -> Void)? = nil,
    attend: (ChildProcess) -> Void = { _ in }
  ) throws -> ChildOutcome {
    let child = try start(command, inForeground: interrupt != nil)
    defer { remove(child) }
    // It may have come before the child was there to be found.
    if interrupt?.hasHappened == true { child.terminate() }
    attend(child)
    return child.wait(alarm: alarm, tap: tap)
  }

  private func start(_ command: ChildCommand, inForeground: Bool) throws -> ChildProcess {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.starting += 1 }
      return state.isClosed
    }
    if isClosed { throw ShellError("the session is stopping") }
    let child = Result { try ChildProcess.start(command) }
    state.withLock { state in
      state.starting -= 1
      guard case .success(let child) = child else { return }
      state.children[ObjectIdentifier(child)] = child
      if inForeground { state.foreground = child }
    }
    state.wakeAll()
    return try child.get()
  }

  private func remove(_ child: ChildProcess) {
    state.withLock { state in
      state.children[ObjectIdentifier(child)] = nil
      if state.foreground === child { state.foreground = nil }
    }
  }

  /// Ends the child that the session itself waits for.
  func terminateForeground() {
    state.withLock { $0.foreground }?.terminate()
  }

  /// Ends all children, and starts no more.
  ///
  /// - Returns: How many there were.
  func terminateAll() -> Int {
    state.withLock { $0.isClosed = true }
    state.wakeAll()
    let children = state.wait { state in state.starting == 0 ? Array(state.children.values) : nil }
    for child in children ?? [] { child.terminate() }
    return children?.count ?? 0
  }

  /// Ends all children at once, without waiting for anything, and starts no more: for the last moment of the process.
  func killAll() {
    let children = state.withLock { state in
      state.isClosed = true
      return Array(state.children.values)
    }
    for child in children { child.terminate(grace: .zero) }
  }

  var count: Int { state.withLock { $0.children.count } }
}
