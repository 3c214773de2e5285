/// `tutorial`: lists the lessons, and runs them.
struct TutorialCommand: Command {
  static let declaration = Declaration(
    name: "tutorial", group: .learning, summary: "learn executors and futures here, in lessons",
    usage: "tutorial [N | NAME | quit] [--reset] [--lang LANG]",
    operands: [.one(.oneOf(keywords))],
    options: [
      .init("--reset", "begin the lesson, or without one all of them, afresh"),
      .init("--lang", value: "LANG", "the language, such as en; else that of your locale"),
    ],
    isSessionOnly: true,
    details: """
      Without an argument it lists the lessons and what is done. A lesson has a session of its own: its futures
      count from 1, it has no pools yet, and what you do in it, and set in it, is gone when you leave it with exit,
      tutorial quit or Ctrl-D. Each step says what to do, and is done when that is reached, in whichever way. Where
      you are is remembered until you come back, if you sit at a prompt.
      """,
    example: .init(
      script: "tutorial 1\nsubmit sleep 0.1\nhint\nanswer\nskip\nexit", output: ""))

  /// What may stand behind it.
  private static var keywords: [Operand.Keyword] {
    let files = EmbeddedLessons.names.map { Operand.Keyword(word: $0, note: "lesson", next: nil) }
    return files + [Operand.Keyword(word: "quit", note: "leave the lesson", next: nil)]
  }

  private enum Action {
    case list, quit, forget
    case start(LessonStart)
  }

  private let action: Action
  private let shelf: LessonShelf

  init(_ arguments: inout Arguments) throws {
    let session = arguments.context.session
    session.lesson?.isSpokenTo()
    let language = try arguments.text(of: "--lang") ?? session.lesson?.shelf.language
    shelf = try session.tutorial.shelf(language)
    let isAnew = arguments.has("--reset")
    guard let word = try arguments.optionalWord() else {
      action = isAnew ? .forget : .list
      return
    }
    if word.text == "quit" {
      guard session.lesson != nil else { throw Self.noLesson }
      action = .quit
      return
    }
    guard let number = shelf.number(of: word.text) else {
      throw arguments.error(
        "no lesson \(word.text)", hint: "tutorial lists them", at: word.range)
    }
    action = .start(LessonStart(number: number, shelf: shelf, isAnew: isAnew))
  }

  func run(in context: Context) throws -> Outcome {
    let tutorial = context.session.tutorial
    switch action {
    case .quit: throw ControlFlow.exit(nil)
    case .start(let start): throw ControlFlow.lesson(.start(start))
    case .forget:
      tutorial.update { $0 = LessonProgress() }
      tellComplaint(in: context)
      return .answer(
        .lesson(
          .message(
            LessonMessage(
              kind: .reset, text: LessonText(shelf.words.sentence(.afresh)), isApart: false))))
    case .list:
      let progress = tutorial.progress
      tellComplaint(in: context)
      return .answer(
        .lesson(.list(summaries(progress), footer: .init(shelf.words.sentence(.list)))))
    }
  }

  private func tellComplaint(in context: Context) {
    guard let complaint = context.session.tutorial.takeComplaint() else { return }
    context.session.complain(.notice(complaint))
  }

  private func summaries(_ progress: LessonProgress) -> [LessonSummary] {
    shelf.lessons.enumerated().map { index, lesson in
      let place = progress[lesson.name] ?? .init()
      let isBegun = place.step > 1
      let values = ["step": "\(place.step)", "steps": "\(lesson.steps.count)"]
      let notes = [
        place.isDone ? shelf.words.sentence(.done) : nil,
        isBegun ? shelf.words.sentence(.place, values) : nil,
      ]
      return LessonSummary(
        number: index + 1, name: lesson.name, title: lesson.title, steps: lesson.steps.count,
        step: isBegun ? place.step : nil, isDone: place.isDone,
        note: notes.compactMap(\.self).joined(separator: ", "))
    }
  }

  /// What is said to who uses the commands of lessons outside of one.
  static var noLesson: ShellError {
    ShellError("no lesson is running", hint: "tutorial lists them")
  }
}
