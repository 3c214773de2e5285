import ConcurrentFutures
import Synchronization

/// What only a terminal gets: prompts and the status line.
extension Output {
  /// Shows one line under everything that is written to the terminal, until the next; `nil` takes it away.
  ///
  /// It is on standard error, and only if that is a terminal that can take it back. Control characters in it become
  /// visible, and what does not fit is cut off. It is not there while the cursor stands in a line that was begun, as
  /// after a prompt.
  package func showStatus(_ line: String?) {
    state.withLock { state in
      guard let terminal = state.terminal else { return }
      drawing(terminal, mayShow: line != nil) { terminal.showStatus(line) }
      afterWrite()
    }
  }

  /// Writes a prompt, or what else is only for somebody who sits there: on standard output if that is a terminal,
  /// else on standard error if that is one.
  ///
  /// After it the cursor stays where it is; see `noteLineEnd`.
  package func writePrompt(_ prompt: String) {
    onTerminal { terminal, stream in
      var prompt = prompt
      try prompt.withUTF8 { try terminal.write(UnsafeRawBufferPointer($0), to: stream) }
      try terminal.endUnit(endsLine: false)
    }
  }

  /// Ends the line of the prompt, which the terminal has not echoed.
  package func endPromptLine() {
    onTerminal { terminal, stream in
      try terminal.endLine(on: stream)
      try terminal.endUnit()
    }
  }

  /// Tells that the cursor is at the left margin: Enter was typed, or something else has written.
  package func noteLineEnd() {
    state.withLock { $0.terminal?.noteLineEnd() }
  }

  /// Draws on a terminal, and notes whether the status line is there then.
  ///
  /// That it may be there is noted before: who sees it may press Ctrl-C before this thread comes to say so, and the
  /// last words would stand behind it.
  func drawing(
    _ terminal: TerminalWriter, mayShow: Bool = false, _ body: () throws -> Void
  ) rethrows {
    if mayShow || terminal.hasStatus { isStatusShown.store(true, ordering: .releasing) }
    defer { isStatusShown.store(terminal.isStatusShown, ordering: .releasing) }
    try body()
  }

  private func onTerminal(_ body: (TerminalWriter, Stream) throws -> Void) {
    let stream: Stream = streams.isOutputTerminal ? .output : .error
    guard streams.isTerminal(stream) else { return }
    func write(_ state: inout State) throws {
      defer { afterWrite() }
      guard let terminal = state.terminal else { return }
      try drawing(terminal) { try body(terminal, stream) }
    }
    switch stream {
    case .output: writing(write)
    case .error: state.withLock { try? write(&$0) }  // whatever has become of standard output
    }
  }
}
