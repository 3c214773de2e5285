import ConcurrentFutures
import Synchronization

/// Keeps what is for a terminal while a program in the foreground has it; afterwards all of it is written, in order.
///
/// Tasks go on meanwhile: who prints waits for nobody.
final class OutputHold: Sendable {
  private struct State {
    /// What has come; `nil` before the first of it.
    var bytes: HeldBytes?
    /// Whether somebody is writing it.
    var isEnding = false
  }

  private let sink: Output.Sink
  private let state = Monitor(State())
  /// Whether something is kept; set and cleared under the lock.
  private let isHolding = Atomic(false)

  /// - Parameter sink: Leads to the terminal.
  init(_ sink: @escaping Output.Sink) { self.sink = sink }

  /// Leads to the terminal, or, while a program has that, to what is kept.
  func around(_ sink: @escaping Output.Sink) -> Output.Sink {
    { [self] bytes in if !keep(bytes) { try sink(bytes) } }
  }

  /// To be called while nobody is writing.
  func begin() { state.withLock { _ in isHolding.store(true, ordering: .releasing) } }

  private func keep(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isHolding.load(ordering: .acquiring) else { return false }
    return state.withLock { state in
      guard isHolding.load(ordering: .relaxed) else { return false }
      let held = state.bytes ?? HeldBytes()
      state.bytes = held
      held.append(bytes)
      return true
    }
  }

  /// Writes what was kept, and what comes meanwhile behind it; what comes later is written at once.
  ///
  /// On any thread. If another one is at it already, waits for that, a moment at most: it may wait for a terminal that
  /// takes nothing.
  func end() {
    let isMine = state.withLock { state in
      defer { state.isEnding = true }
      return !state.isEnding
    }
    guard isMine else {
      _ = state.wait(until: Deadline(after: .milliseconds(500))) { $0.isEnding ? nil : true }
      return
    }
    // Not under the lock: that would be kept as long as the terminal takes nothing.
    while let bytes = takeNext() { try? bytes.withUnsafeBytes(sink) }
    state.wakeAll()
  }

  private func takeNext() -> [UInt8]? {
    state.withLock { state in
      if let bytes = state.bytes?.takeNext(), !bytes.isEmpty { return bytes }
      isHolding.store(false, ordering: .releasing)
      (state.bytes, state.isEnding) = (nil, false)
      return nil
    }
  }
}

extension Output {
  /// What is kept of the two streams, each if it is a terminal; of one terminal together, for the order's sake.
  struct Holds: Sendable {
    fileprivate var output: OutputHold?
    fileprivate var error: OutputHold?

    init(_ streams: Streams, standardOutput: @escaping Sink, standardError: @escaping Sink) {
      if streams.isOutputTerminal { output = OutputHold(standardOutput) }
      guard streams.isErrorTerminal else { return }
      error = (streams.areOneTerminal ? output : nil) ?? OutputHold(standardError)
    }

    func aroundOutput(_ sink: @escaping Sink) -> Sink { output?.around(sink) ?? sink }
    func aroundError(_ sink: @escaping Sink) -> Sink { error?.around(sink) ?? sink }
  }

  /// Runs what gives the terminal to somebody else: what tasks write to it meanwhile is written afterwards.
  func leavingTerminal<R>(_ body: () throws -> R) rethrows -> R {
    // Under the lock, under which all is written: nobody is in the middle of it.
    state.withLock { _ in
      holds.output?.begin()
      holds.error?.begin()
    }
    defer { endHold() }
    return try body()
  }

  /// The terminal is ours again: writes what was kept for it.
  ///
  /// Without the lock, which a thread may hold for ever because nobody reads its pipe.
  func endHold() {
    holds.output?.end()
    holds.error?.end()
  }
}
