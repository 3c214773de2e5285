import ConcurrentFutures

/// The course of a lesson: which step it is at, and what is said.
///
/// The session's thread drives it; while the prompt is up, the end of a future may, too.
final class LessonRun: Sendable {
  /// What goes on.
  enum Phase: Sendable {
    case working
    /// Between two steps, and before the first.
    case turning
    /// The learner tries things; goals are not looked at.
    case playing
    /// All steps are over.
    case finished
    case left
  }

  struct State {
    var phase = Phase.turning
    /// From 0.
    var step = 0
    var skipped: Set<Int> = []
    var baseline = GoalBaseline()
    /// The names of the commands made by `def`, as of the last command.
    var definitions: Set<String> = []
    /// The commands of this step, and those that did not help.
    var commands = 0
    var misses = 0
    var hasOffered = false
    /// Whether the command that runs is one of the tutorial's own.
    var isSpokenTo = false
    var isAtPrompt = false
    /// The last future whose end is waited for, and whether somebody is about to look after one.
    var lastFollowed = 0
    var isToCheck = false
  }

  let number: Int
  let lesson: Lesson
  let shelf: LessonShelf
  let tutorial: Tutorial
  let watch = LessonWatch()
  let state = Monitor(State())
  /// Has no thread until the end of a future is to be looked at.
  let checker = try? ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "lesson")

  init(_ start: LessonStart, of tutorial: Tutorial) {
    number = start.number
    shelf = start.shelf
    lesson = start.shelf.lessons[start.number - 1]
    self.tutorial = tutorial
  }

  var words: LessonWords { shelf.words }

  // MARK: The course

  /// Begins.
  ///
  /// - Parameters:
  ///   - step: The first one, from 0.
  ///   - context: The session's.
  func begin(at step: Int, in context: Context) {
    state.withLock { state in
      state.step = step
      state.definitions = Set(context.scope.definitions.keys)
    }
    let session = context.session
    var text = LessonText()
    if step == 0 { text.append(lesson.introduction) }
    if tutorial.explains() { text.append(LessonText(words.sentence(.commands))) }
    if step > 0 { text.append(LessonText(words.sentence(.resumed, ["step": "\(step + 1)"]))) }
    say(
      .lesson, in: session, title: lesson.title,
      heading: words.sentence(
        .lesson,
        ["lesson": "\(number)", "lessons": "\(shelf.lessons.count)", "title": lesson.title]),
      text, isApart: false)
    beginStep(in: session)
  }

  /// Says what is to be done, and looks at what happens from now on.
  func beginStep(in session: Session) {
    let index = state.withLock { $0.step }
    let step = lesson.steps[index]
    watch.begin(step.goals)
    let baseline = GoalBaseline(of: session)
    state.withLock { state in
      state.baseline = baseline
      (state.commands, state.misses, state.hasOffered) = (0, 0, false)
      state.phase = .working
    }
    say(
      .step, in: session, title: step.title,
      heading: words.sentence(
        .step,
        ["step": "\(index + 1)", "steps": "\(lesson.steps.count)", "title": step.title]),
      step.text)
  }

  /// Whether the goals of the step hold now.
  func isReached(in session: Session) -> Bool {
    let (phase, step, baseline, definitions) = state.withLock {
      ($0.phase, $0.step, $0.baseline, $0.definitions)
    }
    guard phase == .working else { return false }
    let facts = GoalFacts(of: session, since: baseline, definitions: definitions)
    return lesson.steps[step].goals.enumerated().allSatisfy { index, goal in
      watch.hasSeen(index) || facts.holds(goal)
    }
  }

  /// Goes on with the next step if this one is done; if `onlyAtPrompt`, not while a command runs.
  ///
  /// - Returns: Whether it was.
  @discardableResult
  func check(in session: Session, onlyAtPrompt: Bool = false) -> Bool {
    guard isReached(in: session) else { return false }
    let step = state.withLock { state -> Int? in
      guard state.phase == .working, !onlyAtPrompt || state.isAtPrompt else { return nil }
      state.phase = .turning
      return state.step
    }
    guard let step else { return false }
    tellEnds(in: session)
    let closing = lesson.steps[step].closing.opened(with: words.praise(step))
    say(.done, in: session, step: step, closing)
    goOn(in: session)
    return true
  }

  /// Leaves the step as it is.
  func skip(in session: Session) {
    let step = state.withLock { state in
      state.phase = .turning
      state.skipped.insert(state.step)
      return state.step
    }
    tellEnds(in: session)
    let closing = lesson.steps[step].closing.opened(with: words.sentence(.skipped))
    say(.skipped, in: session, step: step, closing)
    goOn(in: session)
  }

  private func goOn(in session: Session) {
    let next = state.withLock { state in
      state.step += 1
      return state.step
    }
    let isOver = next == lesson.steps.count
    tutorial.update { progress in
      let wasDone = progress[lesson.name]?.isDone ?? false
      progress[lesson.name] = .init(step: isOver ? 1 : next + 1, isDone: isOver || wasDone)
    }
    if isOver { finish(in: session) } else { beginStep(in: session) }
    tellComplaint(in: session)
  }

  private func finish(in session: Session) {
    state.withLock { $0.phase = .finished }
    let titles = lesson.steps.map(\.title).joined(separator: "; ")
    var text = lesson.ending
    if text.isEmpty { text = LessonText(words.sentence(.learnt, ["titles": titles])) }
    let next = shelf.next(after: number).map { next in
      words.sentence(.next, ["lesson": "\(number + 1)", "title": next.title])
    }
    text.append(LessonText(next ?? words.sentence(.last)))
    say(
      .finished, in: session, title: lesson.title,
      heading: words.sentence(.finished, ["lesson": "\(number)", "title": lesson.title]), text)
  }

  /// What is wrong with the file of progress, if there is something, and it was not told.
  func tellComplaint(in session: Session) {
    if let complaint = tutorial.takeComplaint() { session.complain(.notice(complaint)) }
  }
}
