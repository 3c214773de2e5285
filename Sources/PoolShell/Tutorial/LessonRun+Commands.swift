import ConcurrentFutures

/// What the commands of a lesson do to it.
extension LessonRun {
  /// Says something in the session.
  func say(
    _ kind: LessonMessage.Kind, in session: Session, step: Int? = nil, title: String? = nil,
    heading: String? = nil, _ text: LessonText, isApart: Bool = true
  ) {
    session.show(
      .lesson(
        .message(message(kind, step: step, title: title, heading: heading, text, isApart: isApart)))
    )
  }

  private func message(
    _ kind: LessonMessage.Kind, command: String = "tutorial", step: Int? = nil,
    title: String? = nil, heading: String? = nil, _ text: LessonText, isApart: Bool = true
  ) -> LessonMessage {
    let current = state.withLock { $0.phase == .finished ? nil : $0.step }
    let isWhole = kind == .lesson || kind == .finished
    return LessonMessage(
      command: command, kind: kind, lesson: number, name: lesson.name,
      step: isWhole ? nil : (step ?? current).map { $0 + 1 }, title: title, heading: heading,
      text: text, isApart: isApart)
  }

  /// The step that goes on.
  ///
  /// - Throws: `ShellError` if all are over.
  private func current() throws -> Lesson.Step {
    let (phase, step) = state.withLock { ($0.phase, $0.step) }
    guard phase == .working || phase == .playing else {
      throw ShellError("this lesson is done", hint: "next starts the next one, exit leaves it")
    }
    return lesson.steps[step]
  }

  /// `hint`.
  func hint() throws -> LessonReport {
    .message(message(.hint, command: "hint", try current().hint, isApart: false))
  }

  /// `answer`: what could be typed, as it is typed.
  func answer() throws -> LessonReport {
    var text = LessonText(words.sentence(.answer))
    text.append(
      code: try current().answer.flatMap {
        $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      })
    return .message(message(.answer, command: "answer", text, isApart: false))
  }

  /// The commands that reach the goal.
  func commands() throws -> [String] { try current().answer }

  /// `play`.
  func play() throws -> LessonReport {
    _ = try current()
    state.withLock { $0.phase = .playing }
    return .message(
      message(.play, command: "play", LessonText(words.sentence(.play)), isApart: false))
  }

  /// `next`: goes on after playing, or with the next lesson.
  ///
  /// - Throws: `ControlFlow.lesson` for another lesson; `ShellError` if there is none, or the step is not done.
  func next(in session: Session) throws {
    switch state.withLock({ $0.phase }) {
    case .playing: beginStep(in: session)
    case .finished:
      guard shelf.next(after: number) != nil else {
        throw ShellError("this was the last lesson", hint: "exit leaves it; tutorial lists all")
      }
      throw ControlFlow.lesson(.start(LessonStart(number: number + 1, shelf: shelf)))
    default:
      throw ShellError(
        "this step is not done yet", hint: "hint says more, answer shows what to type, skip goes on"
      )
    }
  }

  /// `progress`.
  var steps: LessonReport {
    let (phase, current, skipped) = state.withLock { ($0.phase, $0.step, $0.skipped) }
    let steps = lesson.steps.enumerated().map { index, step -> StepList.Step in
      let (state, key): (String, LessonWords.Key?) =
        skipped.contains(index)
        ? ("skipped", .skippedStep)
        : index < current ? ("done", .done) : index == current ? ("now", .now) : ("open", nil)
      return StepList.Step(
        title: step.title, state: state, note: key.map { words.sentence($0) } ?? "")
    }
    return .steps(
      StepList(
        lesson: number, name: lesson.name,
        heading: words.sentence(.progress, ["lesson": "\(number)", "title": lesson.title]),
        step: phase == .finished ? nil : current + 1, steps: steps))
  }

  /// The answer was entered, but did not reach the goal.
  func tellUnreached(in session: Session) {
    say(.unreached, in: session, LessonText(words.sentence(.unreached, ["lesson": "\(number)"])))
  }

  /// The learner leaves.
  func leave(in session: Session) {
    let (former, step) = state.withLock { state in
      defer { state.phase = .left }
      return (state.phase, state.step)
    }
    guard former != .finished, former != .left else { return }
    let text = words.sentence(.left, ["lesson": "\(number)", "step": "\(step + 1)"])
    say(.left, in: session, step: step, LessonText(text), isApart: false)
  }
}
