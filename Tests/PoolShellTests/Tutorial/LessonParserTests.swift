import Testing

@testable import PoolShell

/// What a lesson's file is read as, and what is said of one that is wrong.
@Suite("The file of a lesson")
struct LessonParserTests {
  private func read(_ text: String) throws -> Lesson {
    try LessonParser.lesson(named: "01-x", text.utf8)
  }

  private func expectFault(
    _ text: String, _ line: Int, _ message: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: LessonError.self, sourceLocation: sourceLocation) {
      try read(text)
    }
    #expect(error?.line == line, sourceLocation: sourceLocation)
    #expect(
      error?.message.contains(message) == true, "\(error?.message ?? "")",
      sourceLocation: sourceLocation)
  }

  private static let head = "# Title\n\nAbout.\n\n## Step\n\nText.\n\n"
  private static let answer = "```poolsh\n> print x\nx\n```\n\n"
  private static let goal = "```goal\nshown x\n```\n\n"
  private static let hint = "```hint\nprint\n```\n\n"

  @Test("all its parts") func parts() throws {
    let lesson = try read(FixtureLessons.first)
    #expect(lesson.title == "One future")
    #expect(lesson.introduction.plain == "What this is about, in a line and another.")
    #expect(lesson.steps.map(\.title) == ["Start something", "Look at it", "Define something"])
    #expect(lesson.steps[0].text.plain == "Submit something that returns `x`.")
    #expect(lesson.steps[0].answer == ["submit return x"])
    #expect(lesson.steps[0].goals == [.futures(1)])
    #expect(lesson.steps[0].hint.plain == "submit and a command")
    #expect(lesson.steps[0].closing.plain == "It has a number.")
    #expect(lesson.steps[1].line == 25)
    #expect(lesson.steps[2].answer == ["def greet name {\n  return \"hello $name\"\n}"])
    #expect(lesson.ending.isEmpty)
  }

  @Test("a last heading with only text ends the lesson") func ending() throws {
    let lesson = try read(FixtureLessons.second)
    #expect(lesson.steps.count == 1 && lesson.ending.plain == "Pools are made.")
  }

  @Test("several answers, goals, and code that is shown") func several() throws {
    let text =
      Self.head + "```python\nx = 1\n```\n\n" + Self.answer
      + "```poolsh continue\n> print y\ny\n```\n\n" + "```goal\nshown x\n\nshown y\n```\n\n"
      + Self.hint + "Seen.\n\n```poolsh skip\n> fetch url\n```\n"
    let step = try read(text).steps[0]
    #expect(step.answer == ["print x", "print y"])
    #expect(step.goals == [.shown(GoalPattern("x")), .shown(GoalPattern("y"))])
    #expect(step.text.plain == "Text.\n    x = 1")
    #expect(step.closing.plain == "Seen.\n    > fetch url")
  }

  @Test("what is wrong is told with its line") func faults() {
    let (head, answer, goal, hint) = (Self.head, Self.answer, Self.goal, Self.hint)
    expectFault("", 1, "begins with its title")
    expectFault("## Step\n\nText.\n\n" + answer + goal + hint, 1, "begins with its title")
    expectFault("# Title\n\nText.\n", 3, "has steps")
    expectFault(head + answer + goal, 5, "the step 'Step' has no hint")
    expectFault(head + answer + hint, 5, "has no goal")
    expectFault(head + goal + hint, 5, "has no answer")
    expectFault("# T\n\n## Step\n\n" + answer + goal + hint, 3, "has no text")
    expectFault(head + answer + "```goal\nshown x\nfutures many\n```\n" + hint, 16, "futures N")
    expectFault(head + answer + "```goal\nfurtures 1\n```\n" + hint, 15, "unknown goal furtures")
    expectFault(head + answer + goal + hint + "# Again\n", 22, "one title")
    expectFault(head + "```poolsh\n> print x\n", 9, "not closed")
    expectFault(head + "```goal\nshown x\n", 9, "not closed")
    expectFault(head + answer + answer + goal + hint, 14, "'continue'")
    expectFault(head + "```poolsh continue\n> print x\n```\n" + goal + hint, 9, "continue")
    expectFault("# T\n\n" + goal + head, 3, "a goal before the first step")
    expectFault("# T\n\n" + hint + head, 3, "a hint before the first step")
    expectFault("# T\n\n" + answer + head, 3, "an answer before the first step")
    expectFault(head + "```poolsh nonsense\n> print x\n```\n" + goal + hint, 9, "unknown word")
  }

  @Test("a file with a fault is told by name and line") func told() async throws {
    let files = LessonFiles([
      "en": [.init(name: "01-bad", text: Self.head + Self.answer), FixtureLessons.words]
    ])
    let run = try await runLessons("tutorial", files: files)
    #expect(
      run.output.contains("error: Lessons/en/01-bad.md:5: the step 'Step' has no goal\n"),
      "\(run.output)")
  }
}
