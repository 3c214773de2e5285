import ConcurrentFutures
import Synchronization

/// Standard output and standard error, shared by the session and all workers.
///
/// What is written with one call stands together: lines of different tasks never mix. Nothing is buffered, so
/// that a reader of the pipe sees each line as it is answered; but while a script submits line after line, which
/// takes no time, what it and its tasks write is gathered for some hundred microseconds.
package final class Output: Sendable {
  /// Where bytes go.
  package typealias Sink = @Sendable (UnsafeRawBufferPointer) throws -> Void

  /// Why standard output takes nothing any more.
  enum Failure: Error, Equatable {
    /// The reader has gone (`| head -1`).
    case closed
    case cannotWrite(String)
  }

  struct State {
    var failure: Failure?
    /// What is to be written, in order, while it is gathered.
    var gathered: [UInt8] = []
    /// `nil` if both streams get exactly what is written.
    let terminal: TerminalWriter?
  }

  private let standardOutput: Sink
  private let standardError: Sink
  /// Leads to standard error whoever has the terminal.
  private let standardErrorAtOnce: Sink
  let holds: Holds
  let afterWrite: @Sendable () -> Void
  package let streams: Streams
  /// What needs the lock: the rest of this type is in Output+Terminal.swift.
  let state: Monitor<State>
  /// Whether lines are gathered; set and cleared under the lock.
  ///
  /// A system call for each line and a lock held during it were 15 % of the time of a submit, and as much of its task's.
  private let isGathering = Atomic(false)
  private static let mostGathered = 1 << 14
  private let canGather: Bool
  /// Whether there is a failure: what every command asks after its answer, without the lock.
  private let hasFailed = Atomic(false)

  /// Whether a status line may be on the terminal, for the last words.
  let isStatusShown = Atomic(false)

  /// Creates an output over two sinks; they are called by one thread at a time.
  ///
  /// - Parameters:
  ///   - standardOutput: Takes what is written.
  ///   - standardError: Takes errors and notices.
  ///   - canGather: Whether lines may be gathered; not if somebody looks on.
  ///   - streams: What the sinks lead to.
  ///   - afterWrite: Called at the end of every whole write to either stream, under the lock: it must not write.
  package init(
    standardOutput: @escaping Sink, standardError: @escaping Sink, canGather: Bool = true,
    streams: Streams = Streams(), afterWrite: @escaping @Sendable () -> Void = {}
  ) {
    holds = Holds(streams, standardOutput: standardOutput, standardError: standardError)
    standardErrorAtOnce = standardError
    let standardOutput = holds.aroundOutput(standardOutput)
    let standardError = holds.aroundError(standardError)
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.canGather = canGather && !streams.isOutputTerminal
    self.streams = streams
    self.afterWrite = afterWrite
    let terminal = TerminalWriter(
      standardOutput: standardOutput, standardError: standardError, streams: streams)
    state = Monitor(State(terminal: terminal), spinning: true)
  }

  /// Whether standard output takes all that is written.
  var isWell: Bool { !hasFailed.load(ordering: .acquiring) }

  /// Why standard output takes nothing any more, if so.
  var failure: Failure? {
    hasFailed.load(ordering: .acquiring) ? state.withLock { $0.failure } : nil
  }

  /// The same as a message; `nil` also if it is only that nobody reads any more.
  package var failureText: String? {
    guard case .cannotWrite(let reason)? = failure else { return nil }
    return "cannot write to standard output: \(reason)"
  }

  /// Writes pieces to both streams, together.
  func write(_ coloring: Coloring = .none, _ pieces: (Writer) throws -> Void) {
    writing { state in
      try writeGathered(&state)
      try writeUnit(state.terminal, coloring, pieces)
    }
  }

  /// Writes bytes to standard output.
  func write(_ bytes: UnsafeRawBufferPointer) {
    writing { state in
      if state.terminal != nil, streams.isOutputTerminal {
        return try writeUnit(state.terminal, .none) { try $0.out(bytes) }
      }
      guard isGathering.load(ordering: .relaxed) else {
        defer { afterWrite() }
        state.terminal?.makeRoomForPipe()
        return try standardOutput(bytes)
      }
      state.gathered.append(contentsOf: bytes)
      if state.gathered.count >= Self.mostGathered { try writeGathered(&state) }
    }
  }

  private func writeUnit(
    _ terminal: TerminalWriter?, _ coloring: Coloring, _ pieces: (Writer) throws -> Void
  ) throws {
    defer { afterWrite() }
    guard let terminal else {
      return try pieces(Writer(out: standardOutput, err: standardError, coloring: coloring))
    }
    do {
      try drawing(terminal) {
        try pieces(Writer(terminal, coloring: coloring))
        try terminal.endUnit()
      }
    } catch {
      terminal.abandonUnit()
      throw error
    }
  }

  // MARK: Gathering

  /// Lines are gathered from now on; whoever calls this calls `endGathering` before doing anything that takes time.
  func gather() {
    guard canGather, !isGathering.load(ordering: .relaxed) else { return }
    state.withLock { _ in isGathering.store(true, ordering: .releasing) }
  }

  /// Writes what was gathered, and every line at once from now on.
  func endGathering() {
    guard isGathering.load(ordering: .relaxed) else { return }
    // Both under one lock: a worker that wrote between them would leave a line behind.
    writing { state in
      isGathering.store(false, ordering: .releasing)
      try writeGathered(&state)
    }
    isGathering.store(false, ordering: .releasing)  // after a failure nothing is written
  }

  /// Gives the thread that gathers a moment to write what it has, for the end of the process.
  func waitUntilNotGathering() {
    let deadline = Deadline(after: .milliseconds(100))
    while isGathering.load(ordering: .acquiring), !deadline.hasPassed {
      HostProcess.pause(.milliseconds(1))
    }
  }

  private func writeGathered(_ state: inout State) throws {
    guard !state.gathered.isEmpty else { return }
    defer {
      state.gathered.removeAll(keepingCapacity: true)
      afterWrite()
    }
    try state.gathered.withUnsafeBytes { try standardOutput($0) }
  }

  /// After a failure nothing more is written.
  func writing(_ body: (inout State) throws -> Void) {
    state.withLock { state in
      guard state.failure == nil else { return }
      do {
        try body(&state)
      } catch {
        state.failure = error as? Failure ?? .cannotWrite("\(error)")
        hasFailed.store(true, ordering: .releasing)
      }
    }
  }

  /// Writes a text to standard output.
  package func write(_ text: String) {
    write { try $0.out(text) }
  }

  /// Writes a text to standard error.
  ///
  /// If that fails there is nobody left to tell.
  package func writeError(_ text: String) {
    writeError { $0.err(text) }
  }

  /// Writes pieces to standard error, together, whatever has become of standard output.
  func writeError(_ coloring: Coloring = .none, _ pieces: (Writer) throws -> Void) {
    writing { try writeGathered(&$0) }  // what was gathered was said before
    state.withLock { try? writeUnit($0.terminal, coloring, pieces) }
  }

  /// Writes to standard error without the lock, which a thread may hold for ever because nobody reads
  /// its pipe.
  ///
  /// For the last words of the process. `afterWrite` is not called.
  func writeErrorAtOnce(_ text: String) {
    var text = isStatusShown.load(ordering: .acquiring) ? "\r\u{1B}[K" + text : text
    try? text.withUTF8 { try standardErrorAtOnce(UnsafeRawBufferPointer($0)) }
  }
}
