import Testing
import TestSupport

/// A script that stops at an error: children are ended, what runs is waited for, all of it is counted.
@Suite(.serialized, .fewAtOnce) struct StopTests {
  @Test func endsRunningChildren() async throws {
    let run = try await stop(sleepers: 2) { sleeper in
      """
      repeat 2 submit exec \(sleeper.command)
      submit { open third; gate closed }
      submit print unreached ::: 1..5
      gate third
      sh 'until [ -e go ]; do sleep 0.01; done'
      fail boom
      print unreached
      """
    }
    #expect(
      run.errors.lines == [
        "-c:6:1: error: boom", "  fail boom", "  ^",
        "stopped: 5 queued cancelled, 2 children terminated, 1 running waited for",
      ])
    #expect(!run.lines.contains { $0.hasPrefix("unreached") })
  }

  /// The child has the time to end well; what it then says is not lost with it.
  @Test func givesChildrenTimeToEndWell() async throws {
    let folder = try Folder()
    let run = try await stop(in: folder, sleepers: 1) { sleeper in
      """
      submit sh 'trap "echo ended well > last-words; exit 0" TERM; \(sleeper.command) & wait'
      sh 'until [ -e go ]; do sleep 0.01; done'
      fail boom
      """
    }
    #expect(try folder.text("last-words") == "ended well\n")
    #expect(run.errors.lines.last == "stopped: 1 child terminated")
  }

  /// A child that takes no notice of TERM gets KILL.
  @Test func killsStubbornChildren() async throws {
    let run = try await stop(sleepers: 1) { sleeper in
      """
      submit sh 'trap "" TERM; while :; do \(sleeper.command); done'
      sh 'until [ -e go ]; do sleep 0.01; done'
      fail boom
      """
    }
    #expect(run.errors.lines.last == "stopped: 1 child terminated")
  }

  /// Inside `with`, the pool is left by the error, and not waited for before the children are ended.
  @Test func endsChildrenOfABlock() async throws {
    let run = try await stop(sleepers: 2) { sleeper in
      """
      with pool -w 2 {
        repeat 2 submit exec \(sleeper.command)
        submit print unreached
        sh 'until [ -e go ]; do sleep 0.01; done'
        fail boom
      }
      """
    }
    #expect(run.errors.lines.first == "-c:5:3: error: boom")
    #expect(run.errors.lines.last == "stopped: 1 queued cancelled, 2 children terminated")
    #expect(!run.lines.contains("unreached"))
  }

  /// An error that somebody catches ends nothing.
  @Test func aCaughtErrorEndsNothing() async throws {
    let run = try await poolsh(
      "--quiet", "-c",
      """
      submit { gate go; exec echo went }
      try { fail boom } catch { print "caught $error" }
      open go
      result 1
      """)
    #expect(run.output == "caught boom\nwent\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  /// A syntax error stops a script like any other.
  @Test func aSyntaxErrorEndsChildrenToo() async throws {
    let run = try await stop(sleepers: 1) { sleeper in
      """
      submit exec \(sleeper.command)
      sh 'until [ -e go ]; do sleep 0.01; done'
      print "unreached
      """
    }
    #expect(run.errors.lines.first == "-c:3:7: error: this quote is never closed")
    #expect(run.errors.lines.last == "stopped: 1 child terminated")
  }

  /// Runs a script that waits for a file `go` before its error, and is given it once its sleepers run.
  private func stop(
    in folder: Folder? = nil, sleepers: Int, _ commands: @escaping @Sendable (Sleeper) -> String
  ) async throws -> ProgramRun {
    try await onThread {
      let folder = try folder ?? Folder()
      let sleeper = Sleeper()
      defer { sleeper.endAll() }
      let program = try RunningProgram(
        Launch(["-w", "3", "-c", commands(sleeper)]) { $0.directory = folder.path })
      try sleeper.waitUntilRunning(sleepers)
      try folder.write("go", "")
      let run = try program.wait()
      #expect(run.status == 3)
      #expect(sleeper.processIDs == [])
      return run
    }
  }
}
