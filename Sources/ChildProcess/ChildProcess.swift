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
  /// What it has written to standard output and standard error; empty if that is not captured.
  let buffers: [OutputBuffer]
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

  private init(_ control: ChildControl, state: State, buffers: [OutputBuffer]) {
    processID = control.processID
    self.control = control
    self.buffers = buffers
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
      let control = try command.start(path, input: input, outputs: pipes.map(\.writing))
      let teardown = Teardown(
        timeoutAt: command.timeout.map(started.advanced), grace: command.grace)
      return ChildProcess(
        control,
        state: State(teardown: teardown, outputs: pipes.map(\.reading), wakeUp: wakeUp),
        buffers: pipes.map { _ in OutputBuffer(spillingTo: spillFile) })
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
  /// - Parameters:
  ///   - grace: How long it has to end in order; zero is SIGKILL at once, `nil` the command's.
  ///   - signal: What it is sent in place of SIGTERM.
  package func terminate(grace: Duration? = nil, signal: Int32? = nil) {
    request(.terminated, grace: grace, signal: signal)
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
  func request(_ reason: ChildEnding, grace: Duration? = nil, signal: Int32? = nil) {
    state.withLock { state in
      guard !state.isReaped else { return }
      control.perform(state.teardown.request(reason, at: .now(), grace: grace), with: signal)
      state.wakeUp?.increment()
    }
  }

  /// A part of what it has written so far; from any thread, also after its end.
  ///
  /// - Parameters:
  ///   - stream: Which of its outputs.
  ///   - position: How many bytes were taken before.
  ///   - most: At most so many.
  /// - Returns: What comes next; empty if nothing has come since, or nothing is captured.
  package func output(_ stream: ChildStream, from position: Int, atMost most: Int) -> [UInt8] {
    buffers.isEmpty ? [] : buffers[stream.rawValue].bytes(from: position, atMost: most)
  }

  /// How much it has written so far; the same as `output`.
  package func outputCount(_ stream: ChildStream) -> Int {
    buffers.isEmpty ? 0 : buffers[stream.rawValue].count
  }

  /// The state, under its lock.
  func withState<R>(_ body: (inout State) -> R) -> R {
    state.withLock(body)
  }
}
