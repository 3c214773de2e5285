import Testing
import TestSupport

/// What a wait of more than a second says on a terminal, and that it says nothing anywhere else.
@Suite(.fewAtOnce) struct ProgressTests {
  /// Takes the line away.
  private static let erasing = "\r\u{1B}[K"

  private static func terminal(_ words: [String], _ type: String = "xterm") throws -> Terminal {
    try Terminal(Launch(words) { $0.environment["TERM"] = type })
  }

  /// Types a line for the editor, whose echo is not the line that was typed, and waits for what it prints.
  private static func enter(_ line: String, _ terminal: Terminal) throws {
    try terminal.type(line + "; print pas''sed\r")
    try terminal.expect("passed\n")
  }

  /// Waits for a line with one second in it, or with more of them: a loaded machine may draw it later.
  private static func expect(_ line: String, _ terminal: Terminal) throws {
    for part in line.split(separator: "1s") { try terminal.expect(String(part)) }
  }

  @Test func aWaitTellsHowFarItIs() async throws {
    try await onThread {
      let terminal = try Self.terminal(["-w", "1"])
      try terminal.expect("> ")
      try Self.enter("set notify off", terminal)
      try Self.enter("submit return x; submit fail boom; submit gate g; submit print p", terminal)
      try terminal.type("wait all\r")
      try Self.expect("]  2/4  1 running  1 failed  1s  ", terminal)
      try terminal.expect("  [3] gate g")
      try terminal.type(Terminal.controlC)
      try terminal.expect(Self.erasing)
      try terminal.expect("interrupted; ")
      try terminal.type("open g\r")
      try terminal.expect("p\n")
    }
  }

  @Test(
    arguments: [
      ("sleep 60", "]  sleep 60s  1s  ~"), ("gate g", "1s  gate g"),
      ("exec sleep 60", "1s  exec sleep 60"), ("sh 'sleep 60; :'", "1s  sh sleep 60; :"),
      ("result 1", "]  0/1  1 running  1s"), ("exception 1", "]  0/1  1 running  1s"),
      ("as_completed", "]  0/1  1 running  1s"), ("wait first", "]  0/1  1 running  1s"),
      ("shutdown", "]  0/1  1 running  1s"), ("map sleep ::: 0 61", "]  1/2  1 running  1s"),
      ("with pool { submit sleep 61 }", "]  0/1  1 running  1s  [2] sleep 61"),
    ])
  func everyWait(_ command: String, _ line: String) async throws {
    try await onThread {
      let terminal = try Self.terminal(["-w", "4"])
      try terminal.expect("> ")
      try Self.enter("submit sleep 60", terminal)
      try terminal.type(command + "\r")
      try Self.expect(line, terminal)
      try terminal.type(Terminal.controlC)
      try terminal.expect(Self.erasing)
      try terminal.expect("interrupted; ")
    }
  }

  @Test func aScriptAtATerminalTellsToo() async throws {
    try await onThread {
      // However long a busy machine takes to look: the work is over when the line was seen.
      let folder = try Folder()
      let terminal = try Self.terminal([
        "-c", "submit sh 'until [ -e \(folder("seen")) ]; do sleep 0.05; done'",
      ])
      try Self.expect("]  0/1  1 running  1s  [1] sh", terminal)
      try folder.write("seen", "")
      #expect(try terminal.program.wait().status == 0)
      #expect(terminal.rest.hasSuffix(Self.erasing))
    }
  }

  @Test(
    arguments: [
      (["-c", "sleep 1.3"], "dumb"), (["-c", "sleep 1.3"], ""),
      (["-q", "-c", "sleep 1.3"], "xterm"),
      (["--json", "-c", "sleep 1.3"], "xterm"), (["-c", "sleep 0.3"], "xterm"),
    ])
  func saysNothing(_ words: [String], _ type: String) async throws {
    try await onThread {
      let terminal = try Self.terminal(words, type)
      #expect(try terminal.program.wait().status == 0)
      #expect(terminal.rest == "")
    }
  }

  @Test func saysNothingWhereStandardErrorIsNoTerminal() async throws {
    let run = try await poolsh("-c", "sleep 1.3; submit sleep 1.2; wait; exec sleep 1.2") {
      $0.environment["TERM"] = "xterm"
    }
    #expect(run.status == 0 && run.errors == "")
  }

  /// Ctrl-C in a script: the last words stand in the place of the line.
  @Test func aScriptThatIsInterrupted() async throws {
    try await onThread {
      let terminal = try Self.terminal(["-c", "submit sleep 60; wait"])
      try Self.expect("1s  [1] sleep 60", terminal)
      try terminal.type(Terminal.controlC)
      try terminal.expect(Self.erasing + "interrupted: 1 running abandoned\n")
      #expect(try terminal.program.wait().status == 130)
    }
  }
}
