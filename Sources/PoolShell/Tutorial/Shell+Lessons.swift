import ConcurrentFutures

/// A lesson to begin, or to go on with.
struct LessonStart: Sendable {
  /// From 1.
  var number: Int
  var shelf: LessonShelf
  /// Whether it begins with its first step, wherever it was left.
  var isAnew = false
}

/// What a command of the tutorial has the session's loop do.
enum LessonRequest: Sendable {
  case start(LessonStart)
  /// Enter the answer of the step.
  case answer
  case skip
}

/// Lessons in the loop: each has a session and a loop of its own, which goes on with the same lines.
extension Shell {
  /// Does what a command of the tutorial wants.
  ///
  /// - Returns: How this loop ends by it; `nil` if it goes on.
  func heed(_ request: LessonRequest) -> LoopEnd? {
    switch request {
    case .start(let start): return session.lesson == nil ? runLessons(start) : .lesson(start)
    case .answer: enterAnswer()
    case .skip:
      if enterCommands() { session.lesson?.skip(in: session) }
    }
    return nil
  }

  /// Runs a lesson, and those that are started from it.
  private func runLessons(_ first: LessonStart) -> LoopEnd? {
    var next: LessonStart? = first
    while let start = next {
      next = nil
      switch runLesson(start) {
      case .lesson(let another): next = another
      case .outputClosed: return .outputClosed
      case .error: return .error
      case .endOfInput, .exit: break
      }
    }
    return nil
  }

  private func runLesson(_ start: LessonStart) -> LoopEnd {
    let values = session.settings.current
    session.settings.update { $0.beginLesson() }
    let end = enterLesson(start)
    attended?.session = session
    if let inner { parser = inner.parser }
    inner = nil
    // What was set in a lesson was set for it.
    session.settings.update { $0 = values }
    // At a terminal Ctrl-D has ended the lesson, not the input.
    if case .endOfInput = end { parser.discardLine() }
    return end
  }

  /// Runs a lesson to where it is left.
  private func enterLesson(_ start: LessonStart) -> LoopEnd {
    let step = firstStep(of: start)
    // What steps before it have slept, nobody need sleep again; but what still sleeps then can only be slept.
    let isQuick = step > 0 && session.settings.current.clock == .real
    for isVirtual in isQuick ? [true, false] : [false] {
      let inner = makeInner(start)
      let entered = inner.enterSteps(before: step, inVirtualTime: isVirtual)
      if entered == .notThere {
        inner.endLesson()
        session.settings.update { $0.clock = .real }
        continue
      }
      var end = LoopEnd.exit(nil)
      if entered == .there {
        inner.session.lesson?.begin(at: step, in: inner.context)
        end = inner.readAndRun()
      }
      session.output.endGathering()
      inner.leaveLesson(end)
      return end
    }
    return .exit(nil)
  }

  private func makeInner(_ start: LessonStart) -> Shell {
    let lesson = LessonRun(start, of: session.tutorial)
    let inner = Shell(Session(of: lesson, in: session), goingOnWith: self)
    self.inner = inner
    attended?.session = inner.session
    return inner
  }

  /// The step to go on with, from 0.
  private func firstStep(of start: LessonStart) -> Int {
    let lesson = start.shelf.lessons[start.number - 1]
    let tutorial = session.tutorial
    if start.isAnew { tutorial.update { $0[lesson.name]?.step = 1 } }
    let step = tutorial.progress[lesson.name]?.step ?? 1
    if let complaint = tutorial.takeComplaint() { session.complain(.notice(complaint)) }
    return min(step, lesson.steps.count) - 1
  }

  // MARK: In the loop of a lesson

  /// What has become of the steps before the one to go on with.
  private enum Entered {
    case there
    /// Something goes on that has begun in virtual time.
    case notThere
    case interrupted
  }

  /// Makes the session what it would be if the steps before one had been done here.
  private func enterSteps(before step: Int, inVirtualTime isVirtual: Bool) -> Entered {
    guard step > 0, let lesson = session.lesson else { return .there }
    lesson.watch.mute(true)
    session.notices.set(on: false, in: session)
    if isVirtual { session.use(.virtual) }
    let isWhole = lesson.lesson.steps[..<step].allSatisfy { step in
      step.answer.allSatisfy { enter($0, isShown: false) }
    }
    if isVirtual, isWhole, session.whatKeepsClock() != nil { return .notThere }
    if isVirtual, isWhole { session.use(.real) }
    session.notices.set(on: session.settings.current.notifies, in: session)
    lesson.watch.mute(false)
    if isWhole { return .there }
    session.complain(.notice("interrupted"))
    lesson.state.withLock { $0.phase = .left }  // where it was left before
    return .interrupted
  }

  private func enterAnswer() {
    guard let lesson = session.lesson, enterCommands() else { return }
    // A callback may still be on its way, and what was just woken, too.
    let deadline = Deadline(after: .milliseconds(400))
    while !lesson.isReached(in: session), !deadline.hasPassed {
      HostProcess.pause(.milliseconds(5))
    }
    if !lesson.check(in: session) { lesson.tellUnreached(in: session) }
  }

  /// Enters the answer of the step as if it had been typed.
  ///
  /// - Returns: False if the user has interrupted it.
  private func enterCommands() -> Bool {
    guard let lesson = session.lesson, let commands = try? lesson.commands() else { return false }
    lesson.state.withLock { if $0.phase == .playing { $0.phase = .working } }
    defer { lesson.state.withLock { $0.definitions = Set(context.scope.definitions.keys) } }
    return commands.enumerated().allSatisfy { index, command in
      // As long as somebody who types takes at least: an answer may rely on it that a worker has come to rest.
      if index > 0 { HostProcess.pause(.milliseconds(30)) }
      return enter(command, isShown: true)
    }
  }

  private func enter(_ command: String, isShown: Bool) -> Bool {
    if isShown { session.show(.echo(command)) }
    do {
      var parser = Parser(source: TextSource(name: "answer", text: command))
      while let parsed = try parser.next() {
        context.unit = parsed.unit
        _ = try context.run(parsed.chain)
      }
    } catch ControlFlow.interrupted {
      session.interrupt.clear()
      tell(ControlFlow.interrupted)
      return false
    } catch let flow as ControlFlow {
      if case .return = flow { return true }
      return false
    } catch {
      session.lesson?.watch.refused(ShellError(wrapping: error).message)
      if isShown { tell(error) }
    }
    return true
  }

  /// Ends what the lesson has begun; the session around stays as it is.
  private func leaveLesson(_ end: LoopEnd) {
    guard let lesson = session.lesson else { return }
    if case .lesson = end {
      lesson.state.withLock { $0.phase = .left }
    } else {
      lesson.leave(in: session)
    }
    endLesson()
  }

  private func endLesson() {
    session.lesson?.watch.mute(true)
    session.notices.set(on: false, in: session)
    session.interrupt.clear()
    session.endAll()
    // Somebody who does not wait for it leaves a task to itself.
    _ = waitForWork(with: session.drain)
    session.interrupt.clear()
    session.lesson?.checker?.shutdown(wait: false, cancelFutures: true)
  }
}

extension Session {
  /// Cancels what is queued, and ends what runs, as far as it can be ended.
  ///
  /// Not `stop`, after which no programs are started any more: they are shared with the session around.
  fileprivate func endAll() {
    try? stopping.setResult()  // not for the first time
    gates.close()
    cancelAllQueued()
    gates.failClosed()
    for record in futures.all where record.future.isRunning {
      record.progress.makeJob().kill(.usual)
    }
  }
}

extension Settings.Values {
  /// What a lesson says about the size of pools, and shows, must be so for everybody.
  fileprivate mutating func beginLesson() {
    workers = nil
    isQuiet = false
  }
}
