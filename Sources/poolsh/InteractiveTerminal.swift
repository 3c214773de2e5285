import LineEditing
import PoolShell

/// The terminal of somebody who sits there: its editor, and the output that goes above the line being edited.
final class InteractiveTerminal {
  let output: Output
  private let editor: LineEditor

  /// What other threads have for the editor.
  var inbox: EditorInbox { editor.inbox }

  /// Takes over the terminal; `nil` if lines cannot be edited on it.
  init?() {
    guard Output.streams(isInteractive: true).understandsEscapes, TerminalDevice.remember(),
      let editor = LineEditor(program: "poolsh")
    else { return nil }
    self.editor = editor
    let inbox = editor.inbox
    output = Output.process(onTerminal: { inbox.show($0) }, afterWrite: { inbox.flush() })
    HeldBytes.watch { TerminalDevice.noteHeld(descriptor: $0, from: $1) }
    HostProcess.beforeExit {
      inbox.close()
      TerminalDevice.restore()
    }
  }

  /// Where the shell gets its lines from.
  func source(for session: Session) -> EditorSource {
    let inbox = editor.inbox
    session.interrupt.onInterrupt { inbox.post(.interrupt) }
    editor.stopProcess = { session.stopProcess() }
    return EditorSource(editor: editor, session: session)
  }
}
