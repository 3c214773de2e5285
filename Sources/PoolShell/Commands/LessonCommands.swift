import ConcurrentFutures

/// `hint`: says more about the step.
struct HintCommand: Command {
  static let declaration = Declaration(
    name: "hint", group: .learning, summary: "say more about the step of the lesson",
    usage: "hint", operands: [], isSessionOnly: true,
    example: .init(script: "tutorial 1\nhint\nexit", output: ""))

  private let report: LessonReport

  init(_ arguments: inout Arguments) throws { report = try arguments.runningLesson().hint() }

  func run(in context: Context) throws -> Outcome { .answer(.lesson(report)) }
}

/// `answer`: shows what could be typed.
struct AnswerCommand: Command {
  static let declaration = Declaration(
    name: "answer", group: .learning, summary: "show what to type in the step of the lesson",
    usage: "answer [--run]", operands: [],
    options: [.init("--run", "enter it, too")], isSessionOnly: true,
    details: "There are other ways: whatever reaches the goal of the step is right.",
    example: .init(script: "tutorial 1\nanswer\nanswer --run\nexit", output: ""))

  private let report: LessonReport
  private let isToRun: Bool

  init(_ arguments: inout Arguments) throws {
    report = try arguments.runningLesson().answer()
    isToRun = arguments.has("--run")
  }

  func run(in context: Context) throws -> Outcome {
    if isToRun { throw ControlFlow.lesson(.answer) }
    return .answer(.lesson(report))
  }
}

/// `skip`: goes on with the next step.
struct SkipCommand: Command {
  static let declaration = Declaration(
    name: "skip", group: .learning, summary: "go on with the next step of the lesson",
    usage: "skip", operands: [], isSessionOnly: true,
    details:
      "The answer of the step is entered for you, since later steps go on with what it makes.",
    example: .init(script: "tutorial 1\nskip\nexit", output: ""))

  init(_ arguments: inout Arguments) throws { _ = try arguments.runningLesson().commands() }

  func run(in context: Context) throws -> Outcome { throw ControlFlow.lesson(.skip) }
}

/// `reset`: begins the lesson anew.
struct ResetCommand: Command {
  static let declaration = Declaration(
    name: "reset", group: .learning, summary: "begin the lesson anew, with nothing in it",
    usage: "reset", operands: [], isSessionOnly: true,
    example: .init(script: "tutorial 1\nsubmit sleep 0.1\nreset\nexit", output: ""))

  private let start: LessonStart

  init(_ arguments: inout Arguments) throws {
    let lesson = try arguments.runningLesson()
    start = LessonStart(number: lesson.number, shelf: lesson.shelf, isAnew: true)
  }

  func run(in context: Context) throws -> Outcome { throw ControlFlow.lesson(.start(start)) }
}

/// `play`: leaves the learner alone.
struct PlayCommand: Command {
  static let declaration = Declaration(
    name: "play", group: .learning, summary: "try things in the lesson, until next",
    usage: "play", operands: [], isSessionOnly: true,
    details: "What you do is not looked at; what you make stays in the lesson's session.",
    example: .init(script: "tutorial 1\nplay\nsubmit sleep 0.1\nnext\nexit", output: ""))

  private let lesson: LessonRun

  init(_ arguments: inout Arguments) throws { lesson = try arguments.runningLesson() }

  func run(in context: Context) throws -> Outcome { .answer(.lesson(try lesson.play())) }
}

/// `next`: goes on.
struct NextCommand: Command {
  static let declaration = Declaration(
    name: "next", group: .learning, summary: "go on after play, or with the next lesson",
    usage: "next", operands: [], isSessionOnly: true,
    details: "A step that is done is left by itself, and one that is not by skip.",
    example: .init(script: "tutorial 1\nplay\nnext\nexit", output: ""))

  private let lesson: LessonRun

  init(_ arguments: inout Arguments) throws { lesson = try arguments.runningLesson() }

  func run(in context: Context) throws -> Outcome {
    try lesson.next(in: context.session)
    return .nothing
  }
}

/// `progress`: tells what is done of the lesson.
struct ProgressCommand: Command {
  static let declaration = Declaration(
    name: "progress", group: .learning, summary: "tell which steps of the lesson are done",
    usage: "progress", operands: [], isSessionOnly: true,
    details: "What is done of each lesson: tutorial.",
    example: .init(script: "tutorial 1\nprogress\nexit", output: ""))

  private let lesson: LessonRun

  init(_ arguments: inout Arguments) throws { lesson = try arguments.runningLesson() }

  func run(in context: Context) throws -> Outcome { .answer(.lesson(lesson.steps)) }
}

extension Arguments {
  /// The lesson that runs, which now knows that it is spoken to.
  ///
  /// - Throws: `ShellError` if none does.
  fileprivate func runningLesson() throws -> LessonRun {
    guard let lesson = context.session.lesson else { throw TutorialCommand.noLesson }
    lesson.isSpokenTo()
    return lesson
  }
}

extension LessonRun {
  /// The command that runs is one of the tutorial's own: it is no try.
  func isSpokenTo() { state.withLock { $0.isSpokenTo = true } }
}

extension Context {
  /// Whether a name is that of a command, and so not for `def`.
  ///
  /// Those of lessons are common words, and only lessons need them.
  func isTaken(_ name: String) -> Bool {
    guard let declaration = CommandTable.command(named: name)?.declaration else { return false }
    let isOfLessons = declaration.group == .learning && declaration.name != "tutorial"
    return !isOfLessons || session.lesson != nil
  }
}
