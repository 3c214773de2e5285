import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// Lessons in a script: the commands of the tutorial, and the session that a lesson has.
@Suite("The tutorial", .timeLimit(.minutes(5)))
struct TutorialTests {
  @Test("it lists the lessons") func list() async throws {
    let run = try await runLessons("tutorial")
    #expect(
      run.output == """
        1  One future
        2  Two of them

        `tutorial N` starts a lesson, or goes on where it was left.

        """)
  }

  @Test("a lesson from its beginning to its end") func whole() async throws {
    let run = try await runLessons(
      "tutorial 1\nsubmit return x\nresult 1\ndef greet who { print $who }\nexit\ntutorial")
    #expect(
      run.output == """
        Lesson 1 of 2: One future

        What this is about, in a line and another.

        In a lesson there are `hint`, `answer`, `skip`, `reset`, `progress`, `play`
        and `next`; `exit` leaves it.

        1 of 3: Start something

        Submit something that returns `x`.
        [1] return x

        Right. It has a number.

        2 of 3: Look at it

        Look at its value.
        x

        That is it. That was its value.

        3 of 3: Define something

        Define `greet`.

        Well done. Done with it.

        Lesson 1 is done: One future

        You have seen: Start something; Look at it; Define something.

        Next comes lesson 2: Two of them. `next` starts it, `exit` leaves, and until
        then you may try what you like.
        1  One future   done
        2  Two of them

        `tutorial N` starts a lesson, or goes on where it was left.

        """)
  }

  @Test("other commands that reach the goals do as well") func otherCommands() async throws {
    let run = try await runLessons(
      "tutorial one-future\nmap return ::: a b\ntutorial 2\nwith pool -w 2 { }")
    #expect(run.output.contains("2 of 3: Look at it"))
    #expect(run.output.contains("Lesson 2 is done: Two of them\n\nPools are made."))
    #expect(run.output.hasSuffix("That was the last lesson. `exit` leaves it.\n"))
  }

  @Test("a lesson has a session of its own, and the one around stays as it is")
  func session() async throws {
    let run = try await runLessons(
      """
      let x = before
      pool new mine -w 1
      submit { gate g; print "outside goes on" }
      tutorial 1
      play
      pools
      jobs
      submit return y
      set workers 3
      print ${x:-nothing}
      exit
      print $x
      pool
      submit return z
      set workers
      open g
      """)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("[1] return y"), "ids count from 1: \(run.output)")
    #expect(lines.contains("nothing"))
    #expect(lines.suffix(5).contains("[2] return z"))
    #expect(lines.contains("pool mine: 1 worker") && lines.contains("workers default"))
    #expect(lines.last == "outside goes on")
    #expect(run.status == 0)
  }

  @Test("what a lesson has begun ends with it") func leaving() async throws {
    let run = try await runLessons(
      """
      tutorial 1
      play
      pool new -w 1
      submit { open begun; sleep 3600; print never }
      submit print never
      submit sh 'sleep 3600'
      gate begun
      pool new -w 1
      submit sh 'sleep 3600'
      submit { gate closed; print never }
      exit
      print out
      """)
    #expect(run.output.hasSuffix("`tutorial 1` goes on there.\nout\n"), "\(run.output)")
    #expect(!run.output.contains("\nnever") && run.status == 0)
  }

  @Test("errors do not end it, and two of them have help offered") func errors() async throws {
    let run = try await runLessons(
      "tutorial 1\nnosuch\nfail 'on purpose'\nfail again\nresult 9\nsubmit return x\nexit\nprint out"
    )
    let offer = "`hint` says more about this step, `answer` shows what to type.\n"
    #expect(run.output.split(separator: offer, omittingEmptySubsequences: false).count == 2)
    let place = try #require(run.output.firstRange(of: offer)).lowerBound
    #expect(run.output[..<place].contains("on purpose") && !run.output[..<place].contains("again"))
    #expect(run.output.contains("Right. It has") && run.output.hasSuffix("\nout\n"))
    #expect(run.status == 0)
  }

  @Test("commands that do not help count as misses when they are more than the answer has")
  func misses() async throws {
    let run = try await runLessons("tutorial 1\nprint 1\nprint 2\nhint\nanswer\nprint 3\nprint 4")
    let parts = run.output.split(separator: "`hint` says more")
    #expect(parts.count == 2 && parts[0].hasSuffix("3\n\n") && parts[1].contains("\n4\n"))
  }

  @Test("hint and answer") func help() async throws {
    let run = try await runLessons("tutorial 1\nhint\nskip\nanswer\nskip\nanswer\nexit")
    #expect(run.output.contains("\nsubmit and a command\n"))
    #expect(run.output.contains("One way to do it:\n\n    result 1\n"))
    #expect(
      run.output.contains(
        "\n    def greet name {\n      return \"hello $name\"\n    }\nLesson 1 is left at step 3"))
  }

  @Test("answer --run enters it") func answerRuns() async throws {
    let run = try await runLessons(
      "tutorial 1\nanswer --run\nanswer --run\nanswer --run\ngreet you\nnext\nprogress")
    #expect(run.output.contains("\n> submit return x\n[1] return x\n\nRight. It has a number.\n"))
    #expect(run.output.contains("\n> result 1\nx\n\nThat is it."))
    #expect(
      run.output.contains("\n> def greet name {\n.   return \"hello $name\"\n. }\n\nWell done."))
    #expect(run.output.contains("\nhello you\nLesson 2 of 2: Two of them\n"))
  }

  @Test("an answer that does not help any more says so") func unreached() async throws {
    let run = try await runLessons(
      "tutorial 1\nsubmit fail no\nanswer --run\nskip\nprogress\nreset\nanswer --run\nanswer --run")
    // The failure is seen all the same: the goal is about that.
    #expect(run.output.contains("error: no"))
    let files = lesson(goal: "futures 2", answer: "submit print x")
    let second = try await runLessons("tutorial 1\nanswer --run\nskip", files: files)
    #expect(second.output.contains("That did not reach the goal"))
    #expect(second.output.contains("\n> submit print x\n[2] print x\n"))
    #expect(second.output.contains("Skipped.\n"))
  }

  @Test("skip enters the answer, and says so afterwards") func skip() async throws {
    let run = try await runLessons("tutorial 1\nskip\nresult 1\nprogress")
    #expect(run.output.contains("> submit return x\n[1] return x\n\nSkipped. It has a number.\n"))
    #expect(
      run.output.contains(
        """
        Lesson 1: One future
        1  Start something   skipped
        2  Look at it        done
        3  Define something  now

        """))
  }

  @Test("play, and next") func play() async throws {
    let run = try await runLessons(
      "tutorial 1\nnext\nplay\nsubmit return a\nnosuch\nresult 1\nprogress\nnext\nsubmit return b")
    #expect(run.output.contains("error: this step is not done yet (hint says more"))
    #expect(
      run.output.contains("Try what you like; `next` goes on with the lesson.\n[1] return a\n"))
    #expect(run.output.contains("1  Start something   now\n"))
    #expect(run.output.contains("[2] return b\n\nRight. It has a number."))
  }

  @Test("reset, and a lesson that is left and gone on with") func goingOn() async throws {
    let run = try await runLessons(
      """
      tutorial 1
      submit return x
      exit
      submit print outside
      tutorial
      tutorial 1
      result 1
      reset
      progress
      exit
      tutorial 1 --reset
      """)
    #expect(run.output.contains("1  One future   2 of 3\n"))
    let parts = run.output.split(
      separator: "Lesson 1 of 2: One future\n", omittingEmptySubsequences: false)
    #expect(parts.count == 5, "\(run.output)")
    #expect(parts[2].hasPrefix("\nIt goes on at step 2; what the steps before"))
    #expect(parts[2].contains("2 of 3: Look at it") && parts[2].contains("\nx\n\nThat is it."))
    // Nothing of what is entered again is shown.
    #expect(!parts[2].contains("[1] return x") && !parts[2].contains("Right."))
    #expect(parts[3].contains("1  Start something   now\n"))
    #expect(parts[4].contains("1 of 3: Start something"))
  }

  @Test("what is unfinished where a lesson was left is so again") func unfinished() async throws {
    let files = LessonFiles([
      "en": [.init(name: "01-gate", text: FixtureLessons.waiting), FixtureLessons.words]
    ])
    let run = try await runLessons(
      "tutorial 1\nanswer --run\nexit\ntutorial 1\nstate 1\nset clock\nanswer --run", files: files)
    #expect(run.output.contains("2 of 2: Open it\n\nOpen it.\nrunning\nclock real\n> open g\n"))
    #expect(run.output.contains("Lesson 1 is done: At a gate"), "\(run.output)")
  }

  @Test("all of them afresh") func afresh() async throws {
    let run = try await runLessons("tutorial 1\nskip\nexit\ntutorial --reset\ntutorial")
    #expect(run.output.contains("All lessons begin afresh.\n1  One future\n"))
  }

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
