/// Lines from a terminal, with a prompt before each; the terminal itself does the editing.
package final class TerminalSource: LineSource {
  package let name = "stdin"
  private let prompt: String
  private let continuationPrompt: String
  private let output: Output
  private let terminal: TerminalInput
  private let interrupt: Interrupt
  private var buffer: [UInt8] = []

  /// - Parameters:
  ///   - prompt: Before the first line of a command.
  ///   - continuationPrompt: Before its other lines.
  ///   - output: Where the prompts go.
  ///   - interrupt: Gives up the line being typed.
  ///   - onResume: Shows the prompt again: what was typed is lost, and the parent's shell has written something.
  /// - Throws: `FileSystem.Failure` if the system has no descriptors left.
  package init(
    prompt: String = "> ", continuationPrompt: String = ". ", output: Output, interrupt: Interrupt,
    onResume: Listeners = Listeners()
  ) throws {
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
    self.output = output
    self.interrupt = interrupt
    terminal = try TerminalInput()
    interrupt.onInterrupt { [terminal] in terminal.wake(.interrupted) }
    onResume.add { [terminal] in terminal.wake(.resumed) }
  }

  package func nextLine(continuing: Bool) throws -> [UInt8]? {
    buffer = []
    if !continuing { interrupt.clear() }  // what came before the prompt was for something else
    terminal.forgetWake()
    output.writePrompt(continuing ? continuationPrompt : prompt)
    while true {
      switch try terminal.read() {
      case .bytes(let bytes):
        buffer += bytes
        guard buffer.last == UInt8(ascii: "\n") else { continue }
        buffer.removeLast()
        output.noteLineEnd()  // the terminal has echoed it
        return buffer
      case .end:
        output.endPromptLine()
        return buffer.isEmpty ? nil : buffer
      case .woken(.resumed):
        buffer = []
        output.noteLineEnd()  // by whoever has continued us
        output.writePrompt(continuing ? continuationPrompt : prompt)
      case .woken(.interrupted):
        output.endPromptLine()
        throw InputInterrupted()
      }
    }
  }
}
