import LineEditing
import PoolShell

/// Lines from a terminal, edited by the user, with a history and completion.
final class EditorSource: LineSource {
  let name = "stdin"
  let handsOverEntries = true
  /// Knows what could stand where the cursor is; it exists only after its source.
  weak var shell: Shell?
  private let editor: LineEditor
  private let session: Session
  /// Where commands are kept for other sessions; `nil` if they cannot be.
  private var file: HistoryFile?
  /// What was typed of the command so far, and is not in the history yet.
  private var entry: [String] = []

  private static let prompt = "> "
  private static let continuationPrompt = ". "

  /// - Parameters:
  ///   - editor: Reads the lines.
  ///   - session: Its settings say which keys the editor has, and whether it uses colour.
  init(editor: LineEditor, session: Session) {
    self.editor = editor
    self.session = session
    if editor.keys == .vi { session.settings.update { $0.editor = .vi } }  // says .editrc
    editor.complete = { [unowned self] text, cursor in complete(text, cursor: cursor) }
  }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    if !continuing {
      commandBegins()  // one with a syntax error, which never ran: it can be recalled and put right
      session.interrupt.clear()  // what came before the prompt was for something else
    }
    heedSettings()
    switch editor.readLine(prompt: continuing ? Self.continuationPrompt : Self.prompt) {
    case .line(let text):
      entry.append(text)
      return Array(text.utf8)
    case .end: return nil
    case .interrupted:
      entry = []
      throw InputInterrupted()
    case .closed: HostProcess.waitForTheEnd()
    }
  }

  /// Puts what was typed into the history: it is whole.
  func commandBegins() {
    let command = entry.joined(separator: "\n")
    entry = []
    // A line that begins with a space is not to be kept, as in other shells.
    guard let first = command.first, first != " ", command.contains(where: { !$0.isWhitespace })
    else { return }
    editor.history.add(command)
    session.history.typed(command)
    attempt { try file?.append(command) }
  }

  /// Takes over what earlier sessions have kept, and keeps for others what is typed from now on.
  func useHistoryFile() {
    guard let path = HistoryFile.standardPath(HostProcess.environment) else { return }
    let file = HistoryFile(path: path)
    attempt {
      editor.history = HistoryList(try file.load())
      session.history.preload(editor.history.entries)
      self.file = file
    }
  }

  /// `set` has its effect from the next line on.
  private func heedSettings() {
    let settings = session.settings.current
    editor.keys = LineEditor.Keys(rawValue: settings.editor.rawValue) ?? .emacs
    editor.usesColor = session.output.streams.coloring(settings.color).output
  }

  /// After a failure, which is told once, nothing is kept.
  private func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      file = nil
      session.output.writeError("no history is kept: \(error)\n")
    }
  }

  private func complete(_ line: String, cursor: Int) -> LineEditing.Completion {
    let before = entry.map { $0 + "\n" }.joined()
    let offset = before.utf8.count
    guard let found = shell?.complete(before + line, cursor: offset + cursor),
      found.start >= offset
    else { return LineEditing.Completion(start: 0, candidates: []) }
    let candidates = found.candidates.map {
      Completion.Candidate(
        replacement: $0.replacement, display: $0.display, note: $0.note, endsWord: $0.endsWord)
    }
    return LineEditing.Completion(start: found.start - offset, candidates: candidates)
  }
}
