import ConcurrentFutures
import Synchronization

/// What all commands of one run of the shell share, on the session's thread and on workers.
package final class Session: Sendable {
  package let output: Output
  package let settings: Settings
  package let interrupt: Interrupt
  /// What time it is, and how commands wait.
  let clock = SessionClock()
  let futures = FutureTable()
  let pools = PoolTable()
  let gates = Gates()
  let activity = Activity()
  let waits = WaitGraph()
  let children: RunningChildren
  package let history: History
  let notices = Notices()
  let ladder: Monitor<InterruptLadder>
  /// How programs in the foreground get the terminal; they do not until `enable` was called.
  package let terminalHandover: TerminalHandover
  /// Told on the thread that watches signals when the process goes on after a stop.
  package let onResume: Listeners
  private let announcements = Announcements()
  /// Done once the session is being stopped: nothing is run again.
  let stopping = Promise<Void>()
  let trampoline = Trampoline()
  /// Whether anybody has paused a pool or waited for room in a queue: before that nobody looks at the pools for it.
  let mayBeHeldUp = Atomic(false)
  /// The ids of jobs that were not to run, because others did not finish; some were cancelled before.
  let skipped = Monitor(IDSet())
  /// Whether an error was printed and passed over, under `--on-error continue`.
  let hasPassedOverError = Atomic(false)

  /// The lessons.
  package let tutorial: Tutorial
  /// The lesson whose session this is; `nil` if it is nobody's.
  let lesson: LessonRun?

  /// Whether standard input is the script, and so not for commands to read.
  let readsScriptFromStandardInput: Bool

  package init(output: Output, settings: Settings, readsScriptFromStandardInput: Bool = false) {
    self.output = output
    self.settings = settings
    self.readsScriptFromStandardInput = readsScriptFromStandardInput
    interrupt = Interrupt()
    children = RunningChildren()
    history = History()
    ladder = Monitor(InterruptLadder())
    terminalHandover = TerminalHandover()
    onResume = Listeners()
    isAborting = SharedFlag()
    tutorial = Tutorial()
    lesson = nil
    if settings.current.clock == .virtual { useVirtualTime() }
  }

  /// A lesson's session: it shares the user, the terminal and the signals with the one around, and has futures, pools and
  /// gates of its own.
  init(of lesson: LessonRun, in outer: Session) {
    output = outer.output
    settings = outer.settings
    readsScriptFromStandardInput = outer.readsScriptFromStandardInput
    interrupt = outer.interrupt
    children = outer.children
    history = outer.history
    ladder = outer.ladder
    terminalHandover = outer.terminalHandover
    onResume = outer.onResume
    isAborting = outer.isAborting
    tutorial = outer.tutorial
    self.lesson = lesson
    if settings.current.clock == .virtual { useVirtualTime() }
  }

  /// The renderer of the format that is set now.
  var renderer: any Renderer {
    settings.isJSON ? JSONRenderer() : TextRenderer()
  }

  /// Whether a signal is ending the process: then nobody else says anything any more.
  let isAborting: SharedFlag

  /// Ctrl-Z: stops the process as any program's, and returns when it goes on.
  package func suspend() {
    output.showStatus(nil)
    terminalHandover.withProgramModes(stopProcess)
  }

  /// Stops the process as Ctrl-Z does, and returns when it goes on; the modes of the terminal are the caller's.
  package func stopProcess() { JobControl.stop() }

  /// Writes an answer.
  func show(_ report: Report) {
    if isAborting.isSet { return }
    if let lesson, !lesson.lets(report) { return }
    if settings.isQuiet, report.isDroppedWhenQuiet { return }
    if notices.isOn { notices.wasShown(report, in: self) }
    let renderer = renderer
    let coloring = output.streams.coloring(settings.color)
    // What can be is made into bytes before the lock is taken, which others wait for.
    let isWritten = !coloring.output && renderer.withBytes(of: report) { output.write($0) }
    if !isWritten { output.write(coloring) { try renderer.write(report, to: $0) } }
  }

  /// Writes a notice or an error to standard error.
  func complain(_ diagnostic: Diagnostic) {
    if isAborting.isSet { return }
    if let lesson, !lesson.lets([diagnostic]) { return }
    let text = renderer.text(of: diagnostic)
    output.writeError(output.streams.coloring(settings.color)) { $0.err(text) }
  }

  /// The same for several, together.
  func complain(_ diagnostics: [Diagnostic]) {
    if isAborting.isSet { return }
    if let lesson, !lesson.lets(diagnostics) { return }
    let renderer = renderer
    let text = diagnostics.map(renderer.text).joined()
    output.writeError(output.streams.coloring(settings.color)) { $0.err(text) }
  }

  /// Lets a task begin whose id is now told.
  func announce(_ record: FutureRecord) { announcements.announce(record) }

  /// Holds a task back until its id was told.
  func waitUntilAnnounced(_ progress: Progress) { announcements.wait(for: progress) }
}

/// What `set` and the options of the process say.
package final class Settings: Sendable {
  /// What an error does.
  package enum OnError: String, Sendable, CaseIterable {
    case stop
    case `continue`
  }

  /// Which keys the line editor has.
  package enum EditorKeys: String, Sendable, CaseIterable {
    case emacs, vi
  }

  /// The settings as one value.
  package struct Values: Sendable {
    package var workers: Int?
    package var isJSON = false
    package var isEchoing = false
    package var isQuiet = false
    package var onError = OnError.stop
    /// Whether the end of each future is told.
    package var notifies = false
    package var color = ColorChoice.auto
    package var editor = EditorKeys.emacs
    package var clock = SessionClock.Choice.real
    /// Where random numbers begin; `nil` is anywhere.
    package var seed: UInt64?

    package init() {}
  }

  private let values: Monitor<Values>
  /// Those that are asked for with every line, without the lock.
  private let flags: Atomic<UInt8>

  package init(_ values: Values) {
    self.values = Monitor(values)
    flags = Atomic(Self.flags(values))
  }

  private static func flags(_ values: Values) -> UInt8 {
    (values.isJSON ? 1 : 0) | (values.isQuiet ? 2 : 0) | (values.isEchoing ? 4 : 0)
      | (values.color == .always ? 8 : 0) | (values.color == .never ? 16 : 0)
  }

  /// All settings at this moment.
  package var current: Values { values.withLock { $0 } }

  package func update(_ change: (inout Values) -> Void) {
    values.withLock { values in
      change(&values)
      flags.store(Self.flags(values), ordering: .releasing)
    }
  }

  var isJSON: Bool { flags.load(ordering: .acquiring) & 1 != 0 }
  var isQuiet: Bool { flags.load(ordering: .acquiring) & 2 != 0 }
  var isEchoing: Bool { flags.load(ordering: .acquiring) & 4 != 0 }
  var color: ColorChoice {
    switch flags.load(ordering: .acquiring) & 24 {
    case 8: .always
    case 16: .never
    default: .auto
    }
  }
}
