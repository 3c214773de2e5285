import Glibc
import Testing
import TestSupport

/// Programs in the foreground have the whole terminal, and poolsh has it again afterwards.
@Suite(.serialized, .fewAtOnce) struct ForegroundTests {
  /// In `ps`: the process group, and the one in the foreground.
  private static let groups = "ps -o pgid= -o tpgid= -p $$"

  @Test func haveTheTerminalInAGroupOfTheirOwn() async throws {
    try await atThePrompt { terminal in
      let words = try terminal.run("! \(Self.groups)").split(whereSeparator: \.isWhitespace)
      #expect(words.count == 2 && words.first == words.last, "\(words)")
      #expect(words.first != "\(terminal.program.processID)")
      // A background job has not.
      let others = try terminal.run("sh '\(Self.groups)'").split(whereSeparator: \.isWhitespace)
      #expect(others.count == 2 && others.last == "\(terminal.program.processID)", "\(others)")
    }
  }

  /// As a crash of vim does.
  @Test func leaveTheModesOfTheTerminalAsTheyWere() async throws {
    try await atThePrompt { terminal in
      let before = try terminal.run("! stty -g")
      try terminal.check(
        "! stty raw -echo; kill -9 $$", answers: "error: ! killed by signal 9 (SIGKILL)\n")
      try terminal.check("! stty -g", answers: before)
    }
  }

  @Test func canBeStartedManyTimes() async throws {
    try await atThePrompt { terminal in
      for number in 1...50 {
        try terminal.type("! read line; echo \"$line \(number)\"\nyes\n")
        try terminal.expect("\nyes \(number)\n> ")
      }
    }
  }

  /// Nobody could continue poolsh: then it does not stop, and the program goes on.
  @Test func areNotLeftStoppedWhereNobodyContinuesThem() async throws {
    try await atThePrompt { terminal in
      try terminal.check("! kill -STOP $$; echo on", answers: "on\n")
      try terminal.type("\u{1A}")
      try terminal.check("! echo on", answers: "on\n")
    }
  }

  /// Whatever it does about it.
  @Test func areEndedWithTheProcess() async throws {
    try await atThePrompt { terminal in
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let modes = try terminal.modes
      try terminal.type(
        "! trap '' TERM HUP; stty raw -echo; while :; do \(sleeper.command); done\n")
      try sleeper.waitUntilRunning(1)
      terminal.program.send(SIGTERM)
      #expect(try terminal.program.wait().status == 143)
      try sleeper.waitUntilRunning(0)
      #expect(try terminal.modes == modes)
    }
  }

  /// Ctrl-Z stops the program, and poolsh with it; `fg` of the shell around continues both.
  @Test func areStoppedAndContinuedWithPoolsh() async throws {
    try await onThread {
      let terminal = try Self.shell()
      try terminal.type("poolsh\n")
      try terminal.expect("> ")
      // Itself the leader of its group: a shell around it may stop first, and cat read one more line.
      try terminal.type("! exec cat\n")
      try terminal.expect("! exec cat\n")
      for text in ["first", "second"] {
        try terminal.type("\(text)\n")
        try terminal.expect("\(text)\n\(text)\n")
        try terminal.type("\u{1A}")
        try terminal.expect("$ ")
        try terminal.type("echo here; fg\n")
        try terminal.expect("here\npoolsh\n")
      }
      try terminal.type("it has the terminal\n")
      try terminal.expect("it has the terminal\nit has the terminal\n")
      // In the background it does not take the terminal from the shell.
      try terminal.type("\u{1A}")
      try terminal.expect("$ ")
      try terminal.type("bg; echo still; fg\n")
      try terminal.expect("\nstill\npoolsh\n")
      try terminal.type("third\n")
      try terminal.expect("third\nthird\n")
      try terminal.type(Terminal.controlD)
      try terminal.expect("> ")
      try Self.leave(terminal)
    }
  }

  /// `fg` came after poolsh had seen that it was in the background and before it stopped for that: it stopped in the
  /// foreground.
  @Test func areNotStoppedInTheForegroundWhenFgFollowsBg() async throws {
    try await onThread {
      let terminal = try Self.shell()
      try terminal.type("poolsh\n")
      try terminal.expect("> ")
      try terminal.type("! exec cat\n")
      try terminal.expect("! exec cat\n")
      for round in 1...20 {
        try terminal.type("round \(round)\n")
        try terminal.expect("round \(round)\nround \(round)\n")
        try terminal.type("\u{1A}")
        try terminal.expect("$ ")
        try terminal.type("bg; fg\n")
        try terminal.expect("bg; fg\n")
        try terminal.expect("\npoolsh\n")
      }
      try terminal.type(Terminal.controlD)
      try terminal.expect("> ")
      try Self.leave(terminal)
    }
  }

  /// At the prompt it stops poolsh, and the prompt comes again.
  @Test func controlZAtThePrompt() async throws {
    try await onThread {
      let terminal = try Self.shell()
      try terminal.type("poolsh\n")
      try terminal.expect("> ")
      for _ in 1...3 {
        try terminal.type("print lost\u{1A}")
        try terminal.expect("$ ")
        try terminal.type("echo here; fg\n")
        try terminal.expect("here\n")
        try terminal.expect("> ")
        try terminal.check("print again", answers: "again\n")
      }
      // During a command too.
      try terminal.type("submit sleep 0.5; wait\n")
      try terminal.expect("[1] sleep 0.5\n")
      try terminal.type("\u{1A}")
      try terminal.expect("$ ")
      try terminal.type("fg\n")
      try terminal.expect("done: 1\n")
      try terminal.expect("> ")
      try Self.leave(terminal)
    }
  }

  /// A terminal with a shell that stops and continues jobs.
  private static func shell() throws -> Terminal {
    let launch = Launch.shell("") {
      $0.arguments = ["-i"]
      $0.environment["PS1"] = "$ "
      $0.environment["ENV"] = "/dev/null"
    }
    let terminal = try Terminal(launch)
    try terminal.expect("$ ")
    return terminal
  }

  private static func leave(_ terminal: Terminal) throws {
    try terminal.type(Terminal.controlD)
    try terminal.expect("$ ")
    try terminal.type("exit 7\n")
    #expect(try terminal.program.wait().status == 7)
  }
}
