import Glibc
import TestSupport
import Testing

/// Lessons of somebody at a prompt, and in a pipe.
///
/// They go through lessons that are built in by their answers only, so that the texts may change.
@Suite(.serialized, .fewAtOnce) struct TutorialTests {
  private static let mark = "# poolsh tutorial: lesson, step to go on with, done\n"
  private static let offer = "says more about this step"
  private static let left = "is left at step"

  private static func progress(_ home: Home) -> String {
    (try? home.folder.text("home/.local/state/poolsh/tutorial")) ?? ""
  }

  private static func writeProgress(_ text: String, _ home: Home) throws {
    try home.folder.write("home/.local/state/poolsh/tutorial", text)
  }

  /// How often a heading such as `2 of ` has been shown.
  private static func count(_ heading: String, _ terminal: ScreenTerminal) -> Int {
    terminal.screen.transcript.count { $0.hasPrefix(heading) }
  }

  @Test func stepsAreDoneAndThePlaceIsRemembered() async throws {
    try await inAWindow { terminal in
      #expect(try terminal.run("tutorial").contains(" 2  Your first future"))
      try terminal.run("tutorial 2")
      #expect(Self.count("Lesson 2 of ", terminal) == 1 && Self.count("1 of ", terminal) == 1)
      try terminal.run("nosuch")
      #expect(!terminal.screen.text.contains(Self.offer))
      try terminal.run("nosuch either")
      #expect(terminal.screen.text.contains(Self.offer))
      let hint = try terminal.run("hint")
      #expect(!hint.isEmpty && !hint.contains("error"))
      #expect(try terminal.run("answer").contains("\n    submit "))
      #expect(Self.count("2 of ", terminal) == 0)
      try terminal.run("answer --run")
      #expect(Self.count("2 of ", terminal) == 1, "\(terminal.picture)")
      #expect(Self.progress(terminal.home) == Self.mark + "02-your-first-future 2\n")
      try terminal.run("skip")
      #expect(Self.count("3 of ", terminal) == 1)
      #expect(try terminal.run("progress").contains("skipped\n3  "))
      try terminal.run("exit")
      #expect(try terminal.leave().status == 0)

      let again = try ScreenTerminal { $0.home = terminal.home }
      #expect(try again.run("tutorial").contains("3 of 8"))
      try again.run("tutorial 2")
      #expect(Self.count("3 of ", again) == 1 && Self.count("1 of ", again) == 0)
      // What the steps before have made is there, and was not shown.
      #expect(try again.run("jobs").contains("\n 1 "), "\(again.picture)")
      #expect(!again.screen.text.contains("finished after"))
      try again.run("reset")
      #expect(Self.count("1 of ", again) == 1)
      #expect(try again.run("jobs") == "no futures" || !again.screen.text.contains("\n 1  "))
    }
  }

  @Test func playAndNextAndAnotherLesson() async throws {
    try await inAWindow { terminal in
      try terminal.run("tutorial 2")
      try terminal.run("play")
      try terminal.run("submit return x")
      #expect(Self.count("2 of ", terminal) == 0)
      try terminal.run("next")
      #expect(Self.count("1 of ", terminal) == 2)
      try terminal.run("submit return y")
      #expect(Self.count("2 of ", terminal) == 1)
      try terminal.run("tutorial 1")
      #expect(Self.count("Lesson 1 of ", terminal) == 1)
      #expect(try terminal.run("tutorial quit").contains(Self.left))
      #expect(try terminal.run("hint") == "error: no lesson is running (tutorial lists them)")
    }
  }

  @Test func controlDLeavesTheLessonAndThenTheSession() async throws {
    try await inAWindow { terminal in
      try terminal.run("submit return outside")
      try terminal.run("tutorial 2")
      try terminal.run("submit { sleep 1000 }")
      try terminal.press(.control("d"))
      try terminal.waitFor(Self.left)
      try terminal.settle()
      #expect(try terminal.run("result 1") == "outside")
      #expect(try terminal.run("state 2").contains("no future 2"))
      #expect(try terminal.leave().status == 0)
    }
  }

  @Test func controlCEndsAWaitInALesson() async throws {
    try await atThePrompt { terminal in
      try terminal.run("set notify off")
      try terminal.type("tutorial 2\n")
      try terminal.expect("1 of ")
      try terminal.expect("> ")
      try terminal.type("play\n")
      try terminal.expect("\n> ")
      try terminal.run("submit { open on; gate g; return value }")
      try terminal.run("submit sleep 1000")
      try terminal.run("gate on")
      try terminal.type("print now && result 1\n")
      try terminal.expect("\nnow\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("interrupted; still running: 1")
      try terminal.expect("> ")
      try terminal.run("open g")
      try terminal.check("result 1", answers: "value\n")
      // At the prompt it drops the line, and is no try.
      try terminal.type("print unfinished")
      try terminal.expect("print unfinished")
      try terminal.type(Terminal.controlC)
      try terminal.expect("\n> ")
      #expect(try terminal.run("exit").contains(Self.left))
      try terminal.check("print outside", answers: "outside\n")
    }
  }

  @Test func completionIsAboutTheLesson() async throws {
    try await inAWindow { terminal in
      try terminal.run("let outside = x")
      try terminal.run("tutorial 2")
      try terminal.run("let inside = x")
      try terminal.type("print $ins")
      try terminal.press(.tab)
      try terminal.wait(for: "the name") { $0.textBeforeCursor.hasPrefix("> print $inside") }
      try terminal.press(.control("u"))
      try terminal.type("print $outs")
      try terminal.press(.tab)
      try terminal.settle()
      #expect(terminal.screen.textBeforeCursor == "> print $outs")
    }
  }

  @Test func aDamagedFileIsToldOnce() async throws {
    let home = try Home()
    try Self.writeProgress("nonsense\n", home)
    try await inAWindow({ $0.home = home }) { terminal in
      let notice = "line 1 cannot be understood; the lessons begin afresh"
      try terminal.run("tutorial")
      #expect(terminal.screen.transcript.joined(separator: "\n").contains(notice))
      #expect(!(try terminal.run("tutorial")).contains(notice))
      #expect(Self.progress(home) == Self.mark)
    }
  }

  @Test func aScriptLeavesAPersonsProgressAlone() async throws {
    let home = try Home()
    try Self.writeProgress(Self.mark + "01-why-a-pool 3\n", home)
    let run = try await shell("printf 'tutorial 1\\nskip\\nexit\\ntutorial\\n' | poolsh") {
      $0.environment["HOME"] = home.path
    }
    #expect(run.status == 0 && run.output.contains("1 of 6") && run.output.contains("2 of 6"))
    #expect(Self.progress(home) == Self.mark + "01-why-a-pool 3\n")
  }

  @Test func inAPipeItGoesOnWithTheScript() async throws {
    let run = try await shell(
      "printf 'tutorial 2; answer --run\\nresult 1\\nnosuch\\nexit\\nprint out\\n' | poolsh")
    #expect(run.status == 0)
    #expect(run.output.contains("\n3 of 8: ") && run.output.hasSuffix("\nout\n"), "\(run)")
    #expect(run.errors.contains("stdin:3:1: error: unknown command nosuch"))
    let commands = try await poolsh(commands: "tutorial 2\nsubmit { sleep 100 }\nexit\nprint out")
    #expect(commands.output.hasSuffix("\nout\n") && commands.status == 0)
  }

  @Test func theLanguageIsThatOfTheLocale() async throws {
    let run = try await poolsh(commands: "tutorial 1") { $0.environment["LC_ALL"] = "zh_CN.UTF-8" }
    #expect(run.status == 0 && run.output.contains("1"))
    let english = try await poolsh(commands: "tutorial 1 --lang en") {
      $0.environment["LC_ALL"] = "zh_CN.UTF-8"
    }
    #expect(english.output.hasPrefix("Lesson 1 of "))
  }

  @Test func aNarrowWindowHasNarrowTexts() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (44, 24) }) { terminal in
      try terminal.run("tutorial 2")
      #expect(Self.count("1 of ", terminal) == 1)
      let rows = terminal.screen.scrolledBack + terminal.screen.lines
      #expect(!rows.contains { $0.wraps }, "\(rows.filter { $0.wraps }.map(\.text))")
    }
  }

  @Test func terminateEndsTheProcessInALesson() async throws {
    try await onThread {
      let program = try RunningProgram(
        Launch(["-c", "tutorial 2\nsubmit sh 'sleep 1000'\nprint ready\nresult 1"]))
      try program.waitForOutput("ready")
      program.send(SIGTERM)
      let run = try program.wait()
      #expect(run.status == 143, "\(run)")
    }
  }
}
