import ConcurrentFutures

/// Runs the sessions of a transcript as if somebody typed them at the prompt.
///
/// An error is told and the session goes on, what is written is as wide and as clean as on a terminal; but nothing is
/// told of the ends of futures, which come in any order, there is no colour, and the session ends as a script does.
package struct TranscriptRunner: Sendable {
  /// With what settings a session begins.
  package var settings = Settings.Values()
  /// How long a block may take.
  package var timeLimit = Self.defaultTimeLimit

  package static let defaultTimeLimit = Duration.seconds(60)
  /// How long a session that is interrupted may take to end, before it is left alone.
  private static let grace = Duration.seconds(5)

  package init() {}

  /// Runs the blocks of one session to its end.
  func run(_ blocks: [Transcript.Block]) -> SessionRecord {
    let recorder = TranscriptRecorder(timeLimit: timeLimit)
    let session = makeSession(recorder)
    if blocks.first?.has(.virtual) == true { session.useVirtualTime() }
    let hasBegun = PlainThread.start { Self.run(blocks, session, recorder) }
    guard hasBegun else {
      recorder.note(.init(line: blocks.first?.line ?? 1, message: "there is no thread to be had"))
      return recorder.record
    }
    if !recorder.waitForEnd() { interrupt(session, recorder) }
    return recorder.record
  }

  private static func run(
    _ blocks: [Transcript.Block], _ session: Session, _ recorder: TranscriptRecorder
  ) {
    let source = TranscriptSource(blocks, session: session, recorder: recorder)
    let shell = Shell(session: session, source: source, isInteractive: true)
    shell.endsAsScript = true
    source.shell = shell
    _ = shell.run()
    source.sessionEnds()
  }

  private func makeSession(_ recorder: TranscriptRecorder) -> Session {
    var streams = Output.Streams()
    (streams.isOutputTerminal, streams.isErrorTerminal) = (true, true)
    (streams.isInteractive, streams.understandsEscapes, streams.avoidsColor) = (true, false, true)
    var settings = settings
    settings.notifies = false
    let output = Output(
      standardOutput: { recorder.write($0) }, standardError: { recorder.write($0) },
      canGather: false, streams: streams)
    // Our own standard input is not for the commands of a document.
    let session = Session(
      output: output, settings: Settings(settings), readsScriptFromStandardInput: true)
    session.terminalHandover.capture()
    return session
  }

  /// Has a session end that takes too long.
  private func interrupt(_ session: Session, _ recorder: TranscriptRecorder) {
    recorder.giveUp()
    session.interrupt.fire()
    _ = session.stop()
    let end = Deadline(after: Self.grace)
    // Again and again: a command may begin to wait after one.
    while !recorder.waitForEnd(until: Deadline(after: .milliseconds(50))), !end.hasPassed {
      session.interrupt.fire()
    }
  }
}

extension Session {
  /// Lets what runs go on as long as it takes to type the next line: so what a short task prints stands below the
  /// command that has submitted it.
  ///
  /// Until all tasks have ended, sleep or wait; a program, or a long computation, is given a moment.
  func settle() {
    if clock.isVirtual { return }  // whatever could go on has, between two commands
    let deadline = Deadline(after: .milliseconds(250))
    while !isAtRest, !deadline.hasPassed { HostProcess.pause(.milliseconds(1)) }
  }

  /// The picture moves while we look, so only two equal looks count.
  private var isAtRest: Bool {
    if isIdle { return true }
    guard rests else { return false }
    HostProcess.pause(.milliseconds(1))
    return rests
  }

  private var rests: Bool { activity.rests(in: pools.everyOne, pending: poolsWithPending) }
}
