import ConcurrentFutures

/// What a lesson hears of its session.
extension LessonRun {
  /// Something is about to be written: whether it is to be.
  func lets(_ report: Report) -> Bool { watch.lets(Self.answer(report)) }

  func lets(_ diagnostics: [Diagnostic]) -> Bool {
    watch.lets(diagnostics.map { TextRenderer().text(of: $0).plain }.joined())
  }

  /// What a command or a task has to say; `nil` if it is what was typed, or told of commands.
  private static func answer(_ report: Report) -> String? {
    switch report {
    case .lesson, .page, .echo, .history, .settings: nil
    default: report.text
    }
  }

  /// A command was run that the learner has entered; with the reason if it failed.
  func commandEnded(_ error: (any Error)?, in context: Context) {
    let definitions = Set(context.scope.definitions.keys)
    let isSpokenTo = state.withLock { state in
      state.definitions = definitions
      defer { state.isSpokenTo = false }
      return state.isSpokenTo
    }
    let isFault = error.map { !($0 is InputInterrupted || $0 is ControlFlow) } ?? false
    if isFault, let error { watch.refused(ShellError(wrapping: error).message) }
    if check(in: context.session) || isSpokenTo || error != nil && !isFault { return }
    if countsAsMiss(isFault) {
      say(.offer, in: context.session, LessonText(words.sentence(.offer)))
    }
  }

  /// Counts a command after which the step is not done.
  ///
  /// - Returns: Whether it is time to say that there is help: after two that failed, or were more than the answer has.
  private func countsAsMiss(_ isFault: Bool) -> Bool {
    state.withLock { state in
      guard state.phase == .working else { return false }
      state.commands += 1
      if isFault || state.commands > lesson.steps[state.step].answer.count { state.misses += 1 }
      guard state.misses >= 2, !state.hasOffered else { return false }
      state.hasOffered = true
      return true
    }
  }

  // MARK: The prompt

  /// What ends from now on is looked at as soon as it has ended: a step may be done by it.
  func promptIsUp(in session: Session) {
    let last = state.withLock { state in
      state.isAtPrompt = true
      return state.lastFollowed
    }
    let added = session.futures.all.filter { $0.id > last }
    guard let newest = added.last?.id else { return }
    state.withLock { $0.lastFollowed = newest }
    for record in added {
      record.future.addDoneCallback { [weak session] _ in
        if let session { self.futureEnded(in: session) }
      }
    }
  }

  func commandBegins() { state.withLock { $0.isAtPrompt = false } }

  /// Has the ends told that this step has brought, lest they stand under the text of the next one.
  func tellEnds(in session: Session) {
    guard session.notices.isOn else { return }
    // What a command has just woken ends a moment after it.
    HostProcess.pause(.milliseconds(30))
    session.notices.tellRest(in: session)
  }

  /// How long after the end of a future to look: its notice comes first, and its callbacks.
  private static let pause = Duration.milliseconds(150)

  private func futureEnded(in session: Session) {
    let isFirst = state.withLock { state in
      guard state.phase == .working, !state.isToCheck else { return false }
      state.isToCheck = true
      return true
    }
    guard isFirst else { return }
    _ = try? checker?.submit { [weak session] in
      HostProcess.pause(Self.pause)
      self.state.withLock { $0.isToCheck = false }
      if let session { self.check(in: session, onlyAtPrompt: true) }
    }
  }
}
