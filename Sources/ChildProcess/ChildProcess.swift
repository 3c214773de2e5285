import ConcurrentFutures

/// One running child process, driven from a blocking thread.
///
/// ```
/// let child = try ChildProcess.start(ChildCommand(program: "make", arguments: ["-n"]))
/// let outcome = child.wait()      // blocks; another thread may call child.terminate()
/// ```
///
/// Nothing is leaked however it is used: `wait` reaps the child, and a child whose last reference
/// is dropped without `wait` is killed and reaped there. A running child costs three descriptors of
/// this process (two pipes and a counter by which `terminate` wakes `wait`), an ended one none.
package final class ChildProcess: Sendable {
  /// The system's number for the child; if it leads a process group, also that group's.
  ///
  /// For messages. To signal the child use `signal`, which knows whether the number is still the
  /// child's.
  package let processID: Int32

  let control: ChildControl
  let spillFile: SpillFile
  private let state: Monitor<State>

  struct State {
    var teardown: Teardown

    /// The read ends for standard output and standard error; `nil` once `wait` has taken them.
    var outputs: [FileDescriptor]?

    /// Wakes the thread in `wait`; `nil` once the child is reaped.
    var wakeUp: FileDescriptor?

    /// From then on `processID` may be another process's: nothing is sent to it.
    var isReaped = false
  }

  private init(_ control: ChildControl, state: State, spillFile: SpillFile) {
    processID = control.processID
    self.control = control
    self.spillFile = spillFile
    self.state = Monitor(state)
  }

  deinit {
    if state.withLock({ !$0.isReaped }) { control.killAndReap() }
  }

  /// Starts a child; blocks until its program runs, some tenths of a millisecond.
  ///
  /// The child's signal mask is empty, and signals that this process ignores or handles have their
  /// default effect; of this process's files it has only its standard streams.
  ///
  /// - Throws: `SpawnError` if the program cannot be found or started, or the system is out of
  ///   resources.
  package static func start(_ command: ChildCommand) throws(SpawnError) -> ChildProcess {
    try start(command, spillingTo: .shared)
  }

  static func start(
    _ command: ChildCommand, spillingTo spillFile: SpillFile
  ) throws(SpawnError) -> ChildProcess {
    _ = ChildControl.keepExitedChildren
    if command.containsNullByte { throw SpawnError.nullByte(command) }
    let path = try command.findProgram()
    let input = try command.openInput()
    do throws(SystemError) {
      let wakeUp = try FileDescriptor.eventCounter()
      let pipes = command.output == .capture ? [try Pipe(), try Pipe()] : []
      let started = MonotonicTime.now()
      let processID = try command.spawn(path, input: input, outputs: pipes.map(\.writing))
      let teardown = Teardown(
        timeoutAt: command.timeout.map(started.advanced), grace: command.grace)
      return ChildProcess(
        ChildControl(processID: processID, leadsGroup: command.newProcessGroup),
        state: State(teardown: teardown, outputs: pipes.map(\.reading), wakeUp: wakeUp),
        spillFile: spillFile)
    } catch {
      throw SpawnError(error, command: command, path: path)
    }
  }

  /// Ends the child, without blocking: SIGTERM to its process group, and after the grace SIGKILL.
  ///
  /// From any thread, any number of times; a later call can shorten the grace. The SIGKILL is sent
  /// by the thread in `wait`, which returns soon after, even if a descendant outside the group
  /// holds the pipes.
  ///
  /// - Parameter grace: How long it has to end in order; zero is SIGKILL at once, `nil` the command's.
  package func terminate(grace: Duration? = nil) {
    request(.terminated, grace: grace)
  }

  /// Sends a signal to the child's process group, or to the child alone if it leads none.
  ///
  /// From any thread. Nothing happens if the child has been reaped.
  package func signal(_ number: Int32) {
    state.withLock { if !$0.isReaped { control.send(number) } }
  }

  /// Continues the child after a stop (SIGCONT).
  package func proceed() { signal(ChildControl.continueSignal) }

  /// Begins or hastens the teardown, and lets the thread in `wait` know of the new deadline.
  func request(_ reason: ChildEnding, grace: Duration? = nil) {
    state.withLock { state in
      guard !state.isReaped else { return }
      control.perform(state.teardown.request(reason, at: .now(), grace: grace))
      state.wakeUp?.increment()
    }
  }

  /// The state, under its lock.
  func withState<R>(_ body: (inout State) -> R) -> R {
    state.withLock(body)
  }
}
