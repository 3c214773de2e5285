import Glibc
import Testing
import TestSupport

/// Signals to the process: it ends its children, says what it has stopped, and tells by its status.
@Suite(.serialized, .fewAtOnce) struct SignalTests {
  static let signals: [(CInt, String, Int32)] = [
    (SIGINT, "interrupted", 130), (SIGTERM, "terminated", 143), (SIGHUP, "hung up", 129),
  ]

  /// Where the session is when the signal comes.
  static let places = [
    "wait", "sleep 1000", "gate never", "result 1", "as_completed", "shutdown",
    "map gate ::: never", "with pool { submit gate never }",
  ]

  @Test(arguments: signals)
  func endsItsChildren(_ signal: CInt, _ word: String, _ status: Int32) async throws {
    try await checkEnd(at: "wait", signal, word, status)
  }

  @Test(arguments: places)
  func wherever(_ place: String) async throws {
    try await checkEnd(at: place, SIGTERM, "terminated", 143)
  }

  private func checkEnd(
    at place: String, _ signal: CInt, _ word: String, _ status: Int32
  ) async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let program = try RunningProgram(
        Launch([
          "-w", "2", "-c",
          "repeat 2 submit exec \(sleeper.command); submit print queued; print ready; \(place)",
        ]))
      try sleeper.waitUntilRunning(2)
      try program.waitForOutput("ready\n")
      program.send(signal)
      let run = try program.wait()
      #expect(run.errors.hasPrefix("\(word): "), "\(run.errors)")
      #expect(run.errors.contains(" queued cancelled, 2 children terminated"), "\(run.errors)")
      #expect(run.errors.lines.count == 1)
      #expect(!run.lines.contains("queued"))
      #expect(run.status == status)
      #expect(sleeper.processIDs == [])
    }
  }

  /// A program that the session itself runs is a child like any other.
  @Test func endsTheSessionsOwnChild() async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let program = try RunningProgram(Launch(["-c", "exec \(sleeper.command); print never"]))
      try sleeper.waitUntilRunning(1)
      program.send(SIGINT)
      let run = try program.wait()
      #expect(run.outputBytes == [])
      #expect(run.errors == "interrupted: 1 child terminated\n")
      #expect(run.status == 130)
      #expect(sleeper.processIDs == [])
    }
  }

  /// What a child has started belongs to its group, and ends with it.
  @Test func endsGrandchildren() async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let line = "\(sleeper.command) & \(sleeper.command) | cat"
      let program = try RunningProgram(Launch(["-c", "submit sh '\(line)'; wait"]))
      try sleeper.waitUntilRunning(2)
      program.send(SIGTERM)
      #expect(try program.wait().status == 143)
      try sleeper.waitUntilRunning(0)
    }
  }

  /// A child that takes no notice of TERM gets KILL.
  @Test func endsStubbornChildren() async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let line = "trap \"\" TERM; while :; do \(sleeper.command); done"
      let program = try RunningProgram(Launch(["-c", "submit sh '\(line)'; wait"]))
      try sleeper.waitUntilRunning(1)
      program.send(SIGTERM)
      #expect(try program.wait().status == 143)
      try sleeper.waitUntilRunning(0)
    }
  }

  /// A terminal that is closed hangs up twice, by its shell and by the system; somebody impatient sends a signal again.
  @Test(arguments: [(SIGHUP, 129), (SIGTERM, 143)] as [(CInt, Int32)])
  func aSecondSignalLeavesNoChildren(_ signal: CInt, _ status: Int32) async throws {
    try await onThread {
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let folder = try Folder()
      let line = "trap \"echo > \(folder("heard"))\" TERM; while :; do \(sleeper.command); done"
      let program = try RunningProgram(Launch(["-c", "submit sh '\(line)'; wait"]))
      try sleeper.waitUntilRunning(1)
      program.send(signal)
      try eventually("the child to hear it") { try Folder.names(in: folder.path) == ["heard"] }
      program.send(signal)
      #expect(try program.wait().status == status)
      try sleeper.waitUntilRunning(0)
    }
  }

  /// A task that nothing can interrupt is left alone: the process does not wait for it.
  @Test func doesNotWaitForTasksThatSleep() async throws {
    try await onThread {
      let program = try RunningProgram(
        Launch(["-c", "submit { open on; sleep 1000 }; gate on; print ready; wait"]))
      try program.waitForOutput("ready\n")
      program.send(SIGINT)
      let run = try program.wait()
      #expect(run.errors == "interrupted: 1 running abandoned\n")
      #expect(run.status == 130)
    }
  }

  /// What was ignored at the start stays ignored, as `nohup` wants it.
  @Test(arguments: [(SIGHUP, "HUP"), (SIGINT, "INT")])
  func heedsNohup(_ signal: CInt, _ name: String) async throws {
    try await onThread {
      let program = try RunningProgram(
        .shell("trap '' \(name); exec poolsh -c 'print ready; sleep 1000'"))
      try program.waitForOutput("ready\n")
      program.send(signal)
      program.send(SIGTERM)
      let run = try program.wait()
      #expect(run.errors.hasPrefix("terminated"))
      #expect(run.status == 143)
    }
  }
}
