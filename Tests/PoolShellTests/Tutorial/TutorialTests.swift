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
    #expect(second.output.contains("`tutorial 1` begins this step anew"))
    let third = try await runLessons("tutorial 1\nanswer --run\ntutorial 1\nskip", files: files)
    #expect(third.output.ranges(of: "\n[1] print x\n").count == 2)
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

  @Test("Ctrl-C while a lesson is brought to where it was left does not begin it")
  func interrupted()
    async throws
  {
    let text = FixtureLessons.waiting.replacing("> sleep 0.1", with: "> sleep 3600")
    let shell = ShellUnderTest(isMerged: true)
    shell.session.tutorial.use(
      LessonFiles(["en": [.init(name: "01-gate", text: text), FixtureLessons.words]]))
    shell.session.tutorial.update { $0["01-gate"] = .init(step: 2) }
    let run = try await runShell("tutorial 1\nhint\nprint out", in: shell, isInteractive: true) {
      shell in
      try eventually("it to be interrupted") {
        if shell.output.text.isEmpty { shell.session.userInterrupts() }
        return !shell.output.text.isEmpty
      }
    }
    #expect(
      run.output == "interrupted\nerror: no lesson is running (tutorial lists them)\nout\n")
  }

  @Test("all of them afresh") func afresh() async throws {
    let run = try await runLessons("tutorial 1\nskip\nexit\ntutorial --reset\ntutorial")
    #expect(run.output.contains("All lessons begin afresh.\n1  One future\n"))
  }
}
