/// Reads lines from the terminal that standard input and output are, with editing, history and completion.
///
/// One thread reads, and everything here is for that thread; what others have for the terminal meanwhile goes into the
/// `inbox`. Built on libedit, whose key maps, editing commands and drawing are used; keys are decoded, the history is
/// searched, and what has to be drawn again is found out here (notes beside each: libedit's own ways are wrong or
/// missing).
package final class LineEditor {
  /// How the reading of a line ended.
  package enum Outcome: Equatable {
    /// A line, or several with newlines between them; without the last newline.
    case line(String)
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
    /// Ctrl-C.
    case interrupted
    /// The process is about to end.
    case closed
  }

  /// Which keys the editor has.
  package enum Keys: String, Sendable {
    case emacs, vi
  }

  package let inbox: EditorInbox
  /// What Tab offers, for a text and the place of the cursor in it, in bytes of UTF-8.
  package var complete: (String, Int) -> Completion = { _, _ in Completion(start: 0, candidates: [])
  }
  /// The lines that Up, Ctrl-R and the hint look through.
  package var history = HistoryList()
  /// Whether notes and the hint may be grey; without, there is no hint: it would look like what was typed.
  package var usesColor = true
  /// Stops the process, and returns when it goes on.
  package var stopProcess: () -> Void = {}

  let line: EditLine
  let input: KeyboardInput
  var decoder = KeyDecoder()
  /// The caller's prompt.
  var linePrompt: [Unicode.Scalar] = []
  /// What the prompt is now: the caller's, or that of a search.
  var shownPrompt: [Unicode.Scalar] = []
  /// How the reading has ended, once it has: then there are no more keys.
  var outcome: Outcome?
  var walk: HistoryWalk?
  var hint = Hint()
  /// Columns of the hint on the screen, behind the cursor.
  var shownHint = 0
  /// Whether the terminal rewraps its lines when it gets another width.
  let rewrapsLines = Reflow.isDoneByTerminal(TerminalDevice.environment)
  /// The size of the screen as libedit knows it.
  var drawnSize = TerminalDevice.size
  /// What is processed before anything else is read.
  var pushedBack: KeyDecoder.Event?
  /// Whether libedit has not yet asked for the first key of the line.
  var isFirstKey = true
  /// When the last text was shown above the line.
  var lastShown: UInt64 = 0
  /// What Ctrl-C and Ctrl-Z send.
  let signalCharacters = TerminalDevice.signalCharacters
  /// The key before, for Ctrl-V, which takes the next one literally; 0 if it was taken so itself.
  var previousKey: UInt32 = 0
  /// What was pasted, until libedit asks for the command of the key that stands for it.
  var pasted: String?

  /// Takes over the terminal.
  ///
  /// The user's `.editrc` is read. `nil` if lines cannot be edited: no descriptors are left, or it says `edit off`.
  ///
  /// - Parameters:
  ///   - program: The name by which `.editrc` knows the program.
  ///   - keys: Those to begin with; `.editrc` may change them.
  package init?(program: String, keys: Keys = .emacs) {
    guard let input = KeyboardInput(), let line = EditLine(program: program, isVi: keys == .vi)
    else {
      return nil
    }
    self.input = input
    self.line = line
    inbox = EditorInbox(waking: input)
    line.delegate = self
    bindKeys()
  }

  /// The keys that are in force.
  package var keys: Keys {
    get { line.isVi ? .vi : .emacs }
    set {
      guard newValue != keys else { return }
      line.setEditor(vi: newValue == .vi)
      bindKeys()
    }
  }

  /// Reads a line.
  ///
  /// - Parameter prompt: Stands before it; no control characters.
  /// - Returns: How it ended.
  package func readLine(prompt: String) -> Outcome {
    switch inbox.begin() {
    case .asEver: break
    case .withStaleModes: refreshModes()
    case .no: return .closed
    }
    linePrompt = Array(prompt.unicodeScalars)
    shownPrompt = linePrompt
    (outcome, walk, isFirstKey, shownHint) = (nil, nil, true, 0)
    hint.forget()
    drawnSize = TerminalDevice.size  // libedit asks, too
    // Pastes are marked, as long as somebody is here who knows the marks.
    line.write("\u{1B}[?2004h")
    let isRead = line.read()
    line.write("\u{1B}[?2004l")
    inbox.end()
    // Not by a command of ours: vi's # makes the line a comment, and .editrc may bind a key to libedit's own newline.
    return outcome ?? (isRead ? .line(acceptedText) : .end)
  }

  /// Sets the terminal's modes, which libedit believes to know.
  func refreshModes() {
    line.setRaw(false)
    line.setRaw(true)
  }
}
