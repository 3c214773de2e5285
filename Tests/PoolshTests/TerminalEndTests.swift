import Testing
import TestSupport

/// The end of a session at the prompt while there is work, and how it is hastened.
@Suite(.serialized, .fewAtOnce) struct TerminalEndTests {
  @Test func saysWhatItWaitsForAndStopsByAndBy() async throws {
    try await onThread {
      let terminal = try Terminal("-w", "2")
      try terminal.expect("> ")
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      try terminal.run("submit exec \(sleeper.command)")
      try terminal.run("submit { open on; sleep 1000 }; submit print never; gate on")
      try sleeper.waitUntilRunning(1)
      try terminal.keepEverythingAtControlC()
      try terminal.type(Terminal.controlD)
      try terminal.expect(
        "waiting for 2 running, 1 queued; Ctrl-C twice cancels what is queued and ends programs\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("still waiting for 2 running, 1 queued; Ctrl-C again within two seconds")
      try terminal.type(Terminal.controlC)
      try terminal.expect(
        "interrupted: 1 queued cancelled, 1 child terminated, 1 running waited for")
      try sleeper.waitUntilRunning(0)
      #expect(!terminal.program.hasEnded)
      try terminal.type(Terminal.controlC)
      #expect(try terminal.program.wait().status == 130)
      try terminal.expect(" running abandoned\n")
    }
  }

  /// Whatever hangs: the third Ctrl-C leaves.
  @Test(
    arguments: [
      // The initializer of a pool.
      "pool new -w 1 --initializer { open on; sleep 1000 }; submit print never",
      // A callback on its worker.
      "submit print x; submit gate on; on_done 2 { sleep 1000 }; open on",
      // A callback of a future that the second Ctrl-C cancels, on the session's own thread.
      "pool new -w 1; submit { open on; sleep 1000 }; submit print never; on_done 2 { sleep 1000 }",
      // A child that does not heed TERM.
      "submit sh 'trap \"\" TERM; while :; do sleep 1000; done'; open on",
      "submit { open on; gate never }; submit sleep 1000",
    ])
  func theThirdLeaves(_ line: String) async throws {
    try await onThread {
      let terminal = try Terminal()
      try terminal.expect("> ")
      try terminal.run("set notify off; set quiet on")
      try terminal.run("\(line); gate on")
      try terminal.keepEverythingAtControlC()
      try terminal.type("exit\n")
      try eventually("the end") {
        try? terminal.type(Terminal.controlC)
        return terminal.program.hasEnded
      }
      #expect(try terminal.program.wait().status == 130)
      #expect(terminal.rest.contains("interrupted"))
    }
  }

  @Test func moreControlDsChangeNothing() async throws {
    try await atThePrompt { terminal in
      try terminal.run("set notify off")
      try terminal.run("submit { open on; gate g; print worked }")
      try terminal.run("submit exec sleep 0.3")
      try terminal.run("gate on; on_done 2 { open g }")
      try terminal.type(String(repeating: Terminal.controlD, count: 5))
      try terminal.expect("waiting for ")
      #expect(try terminal.program.wait().status == 0)
      #expect(terminal.rest.contains("worked\n"))
    }
  }
}
