import ConcurrentFutures
import ChildProcess
import Synchronization

/// The main loop: reads a command, runs it, and so on until the end.
package final class Shell {
  let session: Session
  let context: Context
  private let source: any LineSource
  @exclusivity(unchecked) var parser: Parser
  private let isInteractive: Bool
  /// Tells whose prompt it is; `nil` where nobody is prompted.
  let attended: AttendedSource?
  /// The loop of the lesson that goes on; it reads the same lines.
  var inner: Shell?
  /// Where the line of the last command began.
  private var lastLine = 0
  /// How the session ended before its first command was read.
  var endingAtStartup: LoopEnd?
  /// Whether the end is that of a script, though somebody types: nobody is there who could hasten it.
  var endsAsScript = false
  /// How many errors were told.
  private(set) var errorCount = 0
  /// Whether an error has said that standard output cannot be written.
  private var hasToldOutputFailure = false

  /// - Parameters:
  ///   - session: What the commands share.
  ///   - source: Where they come from.
  ///   - arguments: `$1`, `$2`, …
  ///   - isInteractive: Whether an error is told and passed over, because a person is there to see it.
  package init(
    session: Session, source: any LineSource, arguments: [String] = [], isInteractive: Bool = false
  ) {
    self.session = session
    self.source = source
    self.isInteractive = isInteractive
    attended = isInteractive ? AttendedSource(source, session) : nil
    session.notices.set(on: session.settings.current.notifies, in: session)
    parser = Parser(source: attended ?? source) { [output = session.output] in output.endGathering()
    }
    var scope = Scope()
    scope.arguments = arguments
    scope.scriptName = source.name
    context = Context(
      session: session, role: .session, scope: scope,
      unit: SourceUnit(name: source.name, firstLine: 1, bytes: []))
    context.isInteractive = isInteractive
  }

  /// The loop of a lesson, which goes on with what another one reads.
  init(_ session: Session, goingOnWith outer: Shell) {
    self.session = session
    source = outer.source
    parser = outer.parser
    isInteractive = outer.isInteractive
    attended = outer.attended
    lastLine = outer.lastLine
    session.notices.set(on: session.settings.current.notifies, in: session)
    var scope = Scope()
    scope.scriptName = source.name
    context = Context(session: session, role: .session, scope: scope, unit: outer.context.unit)
    context.isInteractive = isInteractive
  }

  /// Why the loop ended.
  enum LoopEnd {
    case endOfInput
    case exit(Int32?)
    case error
    case outputClosed
    /// Another lesson is to begin.
    case lesson(LessonStart)
  }

  /// Runs everything.
  ///
  /// - Returns: The exit status.
  package func run() -> Int32 {
    let ending = endingAtStartup ?? readAndRun()
    session.output.endGathering()
    // A terminal that is gone fails a moment before the signal comes that says so.
    if isInteractive, session.output.failureText != nil { session.waitForAbort() }
    // What a signal stops can be why we are here: it alone counts what there was.
    session.leaveTheEndToAbort()
    let status = end(ending)
    session.leaveTheEndToAbort()
    return status
  }

  private func end(_ ending: LoopEnd) -> Int32 {
    switch ending {
    case .endOfInput: return finish(status: nil)
    case .exit(let status): return finish(status: status)
    case .error: return stop()
    case .outputClosed, .lesson: return finish(status: nil)
    }
  }

  func readAndRun() -> LoopEnd {
    while true {
      do {
        guard let parsed = try parser.next() else {
          if !isInteractive { try context.checkOutput() }  // of what was gathered
          return .endOfInput
        }
        if isInteractive { source.commandBegins() }
        note(parsed)
        context.unit = parsed.unit
        try heedInterrupt(before: parsed)
        try gather(before: parsed.chain)
        _ = try context.run(parsed.chain)
        session.lesson?.commandEnded(nil, in: context)
      } catch ControlFlow.exit(let status) {
        return .exit(status)
      } catch ControlFlow.lesson(let request) {
        if let end = heed(request) { return end }
      } catch ControlFlow.outputClosed {
        return .outputClosed
      } catch {
        guard goOn(after: error) else { return .error }
        session.lesson?.commandEnded(error, in: context)
      }
    }
  }

  /// Has the lines of one `submit` after the other written together, and all lines before anything else begins.
  private func gather(before chain: Chain) throws {
    if !isInteractive, chain.isPlainSubmit, context.scope.definitions.isEmpty {
      session.output.gather()
    } else {
      session.output.endGathering()
      try context.checkOutput()
    }
  }

  /// Ctrl-C between two commands of a line drops the rest of the line; before a line it was for something else.
  private func heedInterrupt(before parsed: ParsedChain) throws {
    let isSameLine = parsed.line == lastLine
    lastLine = parsed.line
    guard isSameLine else { return session.interrupt.clear() }
    if session.interrupt.hasHappened { throw ControlFlow.interrupted }
  }

  /// Keeps the command for `history`, and shows it under `--echo`.
  private func note(_ parsed: ParsedChain) {
    let last = parsed.chain.links.last?.command ?? parsed.chain.first
    let range = SourceRange(Int(parsed.chain.first.range.start), Int(last.range.end))
    session.history.append(parsed.unit, range)
    if session.settings.isEchoing { session.show(.echo(parsed.unit.text(range))) }
  }

  /// Tells of an error.
  ///
  /// - Returns: Whether to read the next command.
  private func goOn(after error: any Error) -> Bool {
    if error is InputInterrupted {
      parser.discardLine()
      return true
    }
    if case ControlFlow.return = error { return true }  // nothing around it that it could leave
    if error is SyntaxError { parser.discardLine() }
    if case ControlFlow.interrupted = error {
      session.interrupt.clear()
      if source.handsOverEntries { parser.discardAll() } else { parser.discardLine() }
    }
    tell(error)
    // But not without a terminal: nobody is there any more who could end the session.
    if isInteractive { return !(error is FileSystem.Failure) }
    // A lesson goes on: its learner is to see what is wrong, and try again.
    if session.lesson != nil { return !isFatal(error) }
    guard session.settings.current.onError == .continue, !isFatal(error) else { return false }
    session.hasPassedOverError.store(true, ordering: .relaxed)
    return true
  }

  /// After some errors there is nothing to go on with.
  private func isFatal(_ error: any Error) -> Bool {
    if hasToldOutputFailure { return true }
    if let error = error as? SyntaxError { return error.isIncomplete }
    return error is FileSystem.Failure
  }

  func tell(_ error: any Error) {
    if case ControlFlow.interrupted = error { return tellInterrupted() }
    errorCount += 1
    let error = ShellError(wrapping: error)
    if error.message == session.output.failureText { hasToldOutputFailure = true }
    if let errorOutput = error.errorOutput { session.output.writeError(errorOutput) }
    var diagnostic = Diagnostic.error(error)
    diagnostic.place = isInteractive ? nil : error.place
    diagnostic.showsSource = true
    session.complain(diagnostic)
  }

  /// Ctrl-C has ended a wait: the work goes on, and the user should know.
  private func tellInterrupted() {
    let unfinished = session.unfinished
    let parts = [("running", unfinished.running), ("queued", unfinished.queued)]
      .filter { !$0.1.isEmpty }.map { "\($0.0): \(IdList.text(IDSet($0.1.map(\.id))))" }
    guard !parts.isEmpty else { return session.complain(.notice("interrupted")) }
    let hint =
      unfinished.queued.isEmpty
      ? "cancel and shutdown stop only what is queued"
      : "cancel and shutdown --cancel-futures stop what is queued"
    session.complain(.notice("interrupted; still \(parts.joined(separator: "; ")) (\(hint))"))
  }

  // MARK: The end

  /// The end of the input, or `exit`: waits for the work, and lists the failures that nobody has looked at.
  private func finish(status: Int32?) -> Int32 {
    if isInteractive, !endsAsScript {
      session.beginAttendedEnd()
      guard waitForWork(with: session.drainAttended) else { return 130 }
      return finalStatus(status)
    }
    session.interrupt.clear()
    guard waitForWork(with: session.drain) else {
      let counts = session.stop()
      session.waitForChildren()
      session.complain(.notice(counts.text("interrupted", running: "abandoned") ?? "interrupted"))
      return 130
    }
    session.notices.tellRest(in: session)
    return finalStatus(status)
  }

  /// Waits, and shows how far it is.
  func waitForWork(with drain: (_ tick: () -> Void) -> Bool) -> Bool {
    let (futures, stopping) = (session.futures, session.stopping.future)
    return context.showingProgress({
      var lastID = 0
      return .futures(
        ProgressCount(isStopped: { stopping.isDone }, news: { futures.unfinished(after: &lastID) }))
    }) { drain(context.tick) }
  }

  private func finalStatus(_ status: Int32?) -> Int32 {
    let unseen = session.unseenFailures
    tellUnseen(unseen)
    if !hasToldOutputFailure, let reason = session.output.failureText {
      session.complain(.error(ShellError(reason)))
      return 3
    }
    if session.output.failure == .closed { return 141 }  // as if SIGPIPE had ended us
    let isClean = unseen.isEmpty && !session.hasPassedOverError.load(ordering: .relaxed)
    return status ?? (isClean ? 0 : 1)
  }

  /// A script's error: nothing new begins, what runs is ended or waited for.
  private func stop() -> Int32 {
    let unseen = session.unseenFailures
    let counts = session.stop()
    // Told before it is done: it may take a while.
    if let text = counts.text("stopped", running: "waited for") { session.complain(.notice(text)) }
    session.waitForRunning()
    tellUnseen(unseen)
    return 3
  }

  private func tellUnseen(_ ids: IDSet) {
    tellUnseenFailures(ids)
    let skipped = session.unseenSkipped
    guard !skipped.isEmpty else { return }
    let verb = skipped.count == 1 ? "was" : "were"
    session.complain(
      .notice(
        "\(Counted.text(skipped.count, "future")) \(verb) skipped: \(IdList.text(skipped))"))
  }

  private func tellUnseenFailures(_ ids: IDSet) {
    guard !ids.isEmpty else { return }
    let noun = ids.count == 1 ? "failure was" : "failures were"
    var notice = Diagnostic.notice("\(ids.count) \(noun) never looked at: \(IdList.text(ids))")
    notice.ids = ids
    session.complain(notice)
  }
}
