import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// What is said to who uses the tutorial's commands where they make no sense; languages, JSON, the prompt.
@Suite("The tutorial's commands", .timeLimit(.minutes(5)))
struct TutorialCommandTests {
  @Test(
    "outside of a lesson its commands say that there is none",
    arguments: [
      "hint", "answer", "answer --run", "skip", "reset", "play", "next", "progress",
      "tutorial quit",
    ])
  func outside(command: String) async throws {
    let run = try await runLessons(command)
    #expect(
      run.output == "-c:1:1: error: no lesson is running (tutorial lists them)\n  \(command)\n  ^\n"
    )
    #expect(run.status == 3)
  }

  @Test(
    "what is no lesson",
    arguments: [
      ("tutorial 3", "tutorial: no lesson 3 (tutorial lists them)"), ("tutorial 0", "no lesson 0"),
      ("tutorial nosuch", "no lesson nosuch"), ("tutorial o", "no lesson o"),
      ("tutorial 1 2", "tutorial: unexpected 2"),
      ("tutorial --lang xx", "no lessons in xx (there are: en, zh)"),
      ("submit tutorial 1; result 1", "tutorial works only in the session itself, not in a task"),
      ("tutorial 1\nskip\nskip\nskip\nskip", "this lesson is done (next starts the next one"),
      ("tutorial 2\nskip\nnext", "this was the last lesson"),
      ("tutorial 1\ntutorial 9\n", "no lesson 9"),
      ("tutorial 1\ndef next { }", "def: next is a command already"),
      ("def tutorial { }", "def: tutorial is a command already"),
    ])
  func refused(script: String, message: String) async throws {
    let run = try await runLessons(script)
    #expect(
      run.output.contains("error: \(message)") || run.output.contains(message), "\(run.output)")
  }

  @Test("outside of a lesson its words are free for defs") func words() async throws {
    let run = try await runLessons(
      "def next x { print $x }\nnext 1\ndef answer { print 42 }\nanswer")
    #expect(run.output == "1\n42\n")
  }

  @Test("the rest of a line is the lesson's") func restOfLine() async throws {
    let run = try await runLessons("tutorial 2; pool new -w 2; tutorial quit; print out; pools")
    #expect(run.output.contains("Lesson 2 is done") && run.output.hasSuffix("\nout\n"))
  }

  @Test("a lesson out of a lesson, and exit leaves only lessons") func another() async throws {
    let run = try await runLessons("tutorial 1\ntutorial 2\nexit 5\nprint out")
    #expect(run.output.contains("Lesson 2 of 2") && run.output.hasSuffix("\nout\n"))
    #expect(run.status == 0)
  }

  @Test("what is never closed ends the script in a lesson, too") func incomplete() async throws {
    let run = try await runLessons("tutorial 1\nsubmit {\nprint x\n")
    #expect(run.output.contains("never closed") && run.status == 3, "\(run.output)")
  }

  @Test("in another language, as far as it is translated") func languages() async throws {
    let run = try await runLessons(
      "tutorial 1 --lang zh\nsubmit return x\nnext\nexit\ntutorial --lang zh")
    #expect(run.output.hasPrefix("第 1 课（共 2 课）：一个期值\n\n这是关于什么的，就这些。\n"))
    #expect(run.output.contains("Right. 它有一个编号。"))
    #expect(run.output.contains("第 2 课（共 2 课）：Two of them"))
    #expect(run.output.contains("1  一个期值     done\n2  Two of them"))
  }

  @Test("the language is that of the locale")
  func locale() {
    let files = FixtureLessons.files
    for (variables, language) in [
      (["LANG": "zh_CN.UTF-8"], "zh"), (["LANG": "C.UTF-8"], "en"), ([:], "en"),
      (["LC_ALL": "zh", "LANG": "de_DE"], "zh"), (["LC_ALL": "", "LC_MESSAGES": "zh_TW"], "zh"),
      (["LC_ALL": "C", "LANG": "zh_CN"], "en"), (["LANG": "de_DE.UTF-8"], "en"),
    ] {
      #expect(files.language { variables[$0] } == language, "\(variables)")
    }
  }

  @Test("as JSON, one object a thing") func json() async throws {
    let run = try await runLessons(
      "tutorial\ntutorial 1\nhint\nanswer\nsubmit return x\nprogress\nskip\nskip\nexit"
    ) { $0.isJSON = true }
    let objects = try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let events = objects.compactMap { $0["event"] as? String }
    #expect(
      events == [
        "lesson", "step", "hint", "answer", "done", "step", "skipped", "step", "skipped",
        "finished",
      ])
    #expect(
      run.output.split(separator: "\n")[2]
        == #"{"command":"tutorial","event":"step","lesson":1,"name":"01-one-future","step":1,"#
        + #""title":"Start something","text":"Submit something that returns `x`."}"#)
    #expect(
      run.output.contains(
        #"{"command":"tutorial","lessons":[{"lesson":1,"name":"01-one-future","title":"One future","#
          + #""state":"new","steps":3},"#))
    #expect(
      run.output.contains(
        #"{"command":"progress","lesson":1,"name":"01-one-future","step":2,"steps":[{"step":1,"#
          + #""title":"Start something","state":"done"},"#))
  }

  @Test("at the prompt the end of a future, or of a callback, ends a step without another command")
  func atThePrompt() async throws {
    for goal in ["futures 1 finished", "callbacks 1"] {
      _ = try await atTheKeyboard { keyboard, shell in
        shell.session.tutorial.use(lesson(goal: goal))
        try keyboard.type("tutorial 1")
        try keyboard.type("submit { gate g; return x }")
        try keyboard.type("on_done 1 { print called }")
        try keyboard.type("submit { sleep 0.1; open g }")
        try shell.output.wait(for: "Lesson 1 is done")
        try keyboard.type("exit")
      }
    }
  }

  @Test("submit answers in a lesson though the session is quiet") func quiet() async throws {
    let run = try await runLessons("tutorial 1\nsubmit return x\nexit\nsubmit return y") {
      $0.isQuiet = true
    }
    #expect(run.output.contains("\n[1] return x\n") && !run.output.contains("return y"))
  }
}
