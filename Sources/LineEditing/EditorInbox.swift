import ConcurrentFutures

/// What other threads have for the terminal while somebody edits a line: text to be shown above it, and signals.
///
/// They never write to the terminal then: the editor alone does, between two keys. While no line is edited text goes
/// straight to the terminal.
package final class EditorInbox: Sendable {
  /// What the process was told by a signal.
  package enum Signal: Sendable {
    /// Ctrl-C: the line is given up.
    case interrupt
    /// Ctrl-Z.
    case suspend
    /// The process goes on after it was stopped.
    case resume
    /// The terminal has another size.
    case resize
    /// The process is about to end: the editor leaves the terminal.
    case close
  }

  /// What has come since the last look.
  struct Mail {
    var text: [UInt8] = []
    var signals: [Signal] = []
  }

  private struct State {
    var isEditing = false
    /// Whether the line is done, and only what has come for it is still being shown.
    var isEnding = false
    /// How many threads write to the terminal themselves.
    var writers = 0
    /// Whether the process ends: nothing is edited any more.
    var isClosed = false
    var text = LineQueue()
    var signals: [Signal] = []
    /// Whether somebody else may have changed the modes of the terminal.
    var areModesStale = false
    /// Stops of our own doing, whose `resume` is no news.
    var resumesToIgnore = 0

    /// Whether who has text must wait until some was shown, of which there must be whole lines.
    var isFull: Bool {
      isEditing && !isClosed && (isEnding || text.count > mostText && text.hasLine)
    }
  }

  /// So much text may wait to be shown; who has more waits.
  private static let mostText = 1 << 20

  private let state = Monitor(State())
  private let input: KeyboardInput

  init(waking input: KeyboardInput) { self.input = input }

  // MARK: Other threads

  /// Shows whole lines: above the line that is edited, or at once.
  ///
  /// One thread at a time. Waits if the terminal is slow and much is to be shown.
  package func show(_ text: UnsafeRawBufferPointer) {
    let (isEditing, isFull) = state.withLock { state in
      if state.isEditing { state.text.append(text) } else { state.writers += 1 }
      return (state.isEditing, state.isFull)
    }
    if isFull { waitForRoom() }
    if isEditing { return }
    // Not under the lock: nobody may be reading the terminal, and the process can end all the same.
    TerminalDevice.write(text)
    state.withLock { $0.writers -= 1 }
    state.wakeAll()
  }

  /// What was shown is whole: the editor draws it, as lines.
  ///
  /// Waits as `show` does.
  package func flush() {
    let hasText = state.withLock { state in
      guard state.isEditing, state.text.count > 0 else { return false }
      state.text.endLine()
      return true
    }
    if hasText { waitForRoom() }
  }

  private func waitForRoom() {
    input.wake()
    _ = state.wait { $0.isFull ? nil : true }
  }

  /// Tells the editor of a signal.
  ///
  /// Ctrl-C and a new size are of no interest while no line is edited.
  package func post(_ signal: Signal) {
    state.withLock { state in
      if case .close = signal { state.isClosed = true }
      if case .resume = signal, state.resumesToIgnore > 0 {
        state.resumesToIgnore -= 1
        return
      }
      if state.isEditing { state.signals.append(signal) }
      if case .resume = signal { state.areModesStale = true }
    }
    input.wake()
  }

  /// Asks the editor to stop the process, on Ctrl-Z.
  ///
  /// - Returns: False if no line is being edited: then it is left to the caller.
  package func suspend() -> Bool {
    let isEditing = state.withLock { state in
      if state.isEditing { state.signals.append(.suspend) }
      return state.isEditing
    }
    if isEditing { input.wake() }
    return isEditing
  }

  /// Has the editor leave the terminal, for the end of the process; waits for it, a moment at most.
  ///
  /// Not on the thread that edits. Somebody may be writing to the terminal for ever, because nobody reads it.
  package func close() {
    post(.close)
    state.wakeAll()
    _ = state.wait(until: Deadline(after: .milliseconds(500))) { $0.isEditing ? nil : true }
  }

  // MARK: The editor

  /// How the reading of a line can begin.
  enum Beginning {
    case asEver
    /// The modes of the terminal may have been changed.
    case withStaleModes
    /// The process ends: no line is read any more.
    case no
  }

  /// A line is edited from now on; waits for those who are writing to the terminal.
  func begin() -> Beginning {
    let beginning = state.wait { state -> Beginning? in
      if state.isClosed { return .no }
      guard state.writers == 0 else { return nil }
      defer { state.areModesStale = false }
      state.isEditing = true
      return state.areModesStale ? .withStaleModes : .asEver
    }
    return beginning ?? .no
  }

  /// The line is done: what has come is shown, and everything from now on at once.
  func end() {
    while let text = takeLast() { text.withUnsafeBytes { TerminalDevice.write($0) } }
    state.wakeAll()
  }

  /// What is left to be shown when the line is done; `nil` if there is nothing: then it is not edited any more.
  private func takeLast() -> [UInt8]? {
    state.withLock { state in
      state.isEnding = state.text.count > 0
      if state.isEnding { return state.text.takeAll() }
      state.signals = []
      state.isEditing = false
      return nil
    }
  }

  /// About so much is drawn at once: keys that come meanwhile wait no longer than that takes.
  private static let someText = 1 << 14

  /// Takes what has come: of the text whole lines, not all at once if there is much.
  func take() -> Mail {
    let (mail, isMore) = state.withLock { state in
      let mail = Mail(text: state.text.takeLines(about: Self.someText), signals: state.signals)
      state.signals = []
      return (mail, state.text.hasLine)
    }
    if isMore { input.wake() }
    if !mail.text.isEmpty { state.wakeAll() }
    return mail
  }

  /// The process stops itself: the signal that it goes on is no news.
  func ignoreNextResume() { state.withLock { $0.resumesToIgnore += 1 } }
}
