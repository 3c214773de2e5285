import Glibc
import TestSupport
import Testing

/// What once went wrong between poolsh and its terminal, one test for each.
@Suite(.serialized, .fewAtOnce) struct TerminalRegressionTests {
  private static let dash = "/bin/dash"

  /// Where standard output is full the end of the input was an error, after which the next command was read, for ever.
  @Test(arguments: ["xterm", "dumb"])
  func theEndOfTheInputIsTheEndThoughNothingCanBeWritten(terminalType: String) async throws {
    try await onThread {
      let terminal = try ScreenTerminal {
        $0.program = "/bin/sh"
        $0.arguments = ["-c", "exec \(PoolshBinary.path) --quiet > /dev/full"]
        $0.environment = ["TERM": terminalType]
      }
      try terminal.waitForPrompt()
      // A task is the first to fail, and says nothing.
      try terminal.type("submit { print a }\n")
      try terminal.press(.control("d"))
      _ = try terminal.waitForEnd()
      #expect(terminal.screen.transcript.count { $0.contains("cannot write") } == 1)
    }
  }

  /// A thread that writes to such a terminal kept the lock that the end needs to leave it.
  @Test func aTerminalThatNobodyReadsDoesNotHoldUpTheEnd() async throws {
    try await onThread {
      let modes = try PseudoTerminal().modes
      let terminal = try ScreenTerminal()
      try terminal.waitForPrompt()
      try terminal.type("submit { print $(exec seq 1 100000) }; sleep 1000\n")
      try eventually("the terminal to be full") {
        var count: CInt = 0
        return ioctl(terminal.terminal.descriptor, UInt(FIONREAD), &count) == 0 && count > 4000
      }
      terminal.program.send(SIGTERM)
      #expect(try terminal.program.wait().status == 143)
      #expect(try terminal.terminal.modes == modes)
    }
  }

  /// The terminal is another program's then: its modes were set all the same.
  @Test(.enabled(if: access(dash, X_OK) == 0, "needs a shell that leaves the modes alone"))
  func aWaitThatGoesOnInTheBackgroundLeavesTheModes() async throws {
    try await onThread {
      let folder = try Folder()
      let terminal = try ScreenTerminal {
        $0.program = Self.dash
        $0.arguments = ["-i"]
        $0.environment = ["PS1": "$ "]
      }
      try terminal.waitForCursor(after: "$ ")
      try terminal.type("\(PoolshBinary.path)\n")
      try terminal.waitForPrompt()
      let loop = "until test -e \(folder("go")); do sleep 0.01; done"
      try terminal.run("submit sh '\(loop)'")
      try terminal.type("wait\n")
      try terminal.wait(for: "the wait to begin") { $0.cursor.column == 0 }
      try terminal.settle()
      try terminal.press(.control("z"))
      try terminal.waitForCursor(after: "$ ")
      // It goes on, and stops where it wants to read.
      let jobs = folder("jobs")
      try terminal.type(
        "bg; touch \(folder("go")); until jobs >\(jobs); grep output \(jobs); do sleep 0.1; done\n")
      try terminal.waitFor("(tty output)")
      try terminal.waitForCursor(after: "$ ")
      try terminal.type("stty -a | grep -o -- '-*icanon'\n")
      try terminal.waitFor("icanon\n$")
      #expect(!terminal.screen.text.contains("-icanon\n"))
    }
  }
}
