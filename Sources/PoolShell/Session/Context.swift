import ConcurrentFutures

/// One thread of commands: the session itself, a task on a worker, a callback, an initializer.
///
/// It is used by one thread only. What threads share is the `Session`.
final class Context {
  /// Whose commands these are.
  enum Role {
    case session
    /// A future's task.
    case task
    case callback
    case initializer
  }

  let session: Session
  let role: Role
  // Run-time access checks of the three that every command reads and sets took 6 % of a `submit`; they are plain
  // values that nothing is called back during the change of.
  @exclusivity(unchecked) var scope: Scope
  /// The text that the commands being run were read from.
  @exclusivity(unchecked) var unit: SourceUnit
  /// Where `submit` and `map` go; `nil` until one is needed.
  @exclusivity(unchecked) var pool: PoolRecord?
  /// What bare `wait` is about in the `with` blocks around, the innermost last.
  var enclosingBacklogs: [Backlog] = []
  /// Whether commands write their answers: at the session, outside of `$(…)`.
  var isAnswering: Bool
  /// What this task has submitted; the session's own is every future.
  private(set) lazy var submissions = isSession ? session.futures.group : FutureGroup()
  private(set) lazy var ownBacklog = backlog(of: submissions)
  /// When this task must have ended, and what it was given.
  var limit: JobLimit?
  /// Takes what is printed instead of the output: inside `map`.
  var collector: Collector?
  /// The future whose task this is; `nil` where it is none's.
  var progress: Progress?
  /// How its programs are run; `nil` is as always.
  var options: JobOptions?
  /// Takes what is printed and what programs write, a line at a time: under `--live`.
  var live: LiveLines?
  /// Whether this is inside of `$(…)`.
  var isSubstituting = false
  /// Whether somebody would catch an error: `try`, or `||`.
  private var isCatching = false
  /// Whether a person sits there, who is told of an error and goes on.
  var isInteractive = false
  /// This run among those on the workers; `nil` on the session's thread.
  var activity: Activity.Token?
  /// What its waits without an end are known by.
  var endless = EndlessWaiting()
  /// Says how far a wait is; `nil` until the first one, and where nothing is ever said.
  private(set) var ticker: ProgressTicker?
  /// Its random numbers.
  var draws = Draws()
  /// How deep blocks, calls and `$(…)` are nested.
  private var depth = 0

  init(session: Session, role: Role, scope: Scope, unit: SourceUnit, pool: PoolRecord? = nil) {
    self.session = session
    self.role = role
    self.scope = scope
    self.unit = unit
    self.pool = pool
    if case .session = role { isAnswering = true } else { isAnswering = false }
  }

  var isSession: Bool { if case .session = role { true } else { false } }

  /// Whether this is the thread that reads commands.
  ///
  /// A callback runs there too if its future is done already.
  var isOnSessionThread: Bool { ThreadPoolExecutor.currentWorkerName == nil }

  var expander: Expander { Expander(context: self) }

  /// `$worker`: the name of the thread.
  var workerName: String { session.workerName }

  func place(of range: SourceRange) -> Place { unit.place(of: range.start) }

  /// The pool that the commands mean; `main` is made when it is first needed.
  func currentPool() throws -> PoolRecord {
    if let pool { return pool }
    let main = try session.pools.named(
      PoolTable.mainName, defaultWorkers: session.settings.current.workers)
    pool = main
    return main
  }

  /// Runs something one level deeper.
  func nested<R>(_ body: () throws -> R) throws -> R {
    guard depth < 200 else { throw ShellError("nested more than 200 deep") }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  /// Runs something whose errors are caught.
  func catching<R>(_ body: () throws -> R) rethrows -> R {
    let former = isCatching
    isCatching = true
    defer { isCatching = former }
    return try body()
  }

  /// Whether an error thrown now would stop the script, which then ends whatever is left.
  var wouldStopAtError: Bool {
    isSession && !isCatching && !isInteractive && session.lesson == nil
      && session.settings.current.onError == .stop
  }

  /// Runs something that waits, and says how far it is if it takes more than a second.
  ///
  /// - Parameters:
  ///   - subject: What is waited for; asked for when it is first shown.
  ///   - body: Waits with the functions of this context.
  /// - Returns: What `body` gives.
  @discardableResult
  func showingProgress<R>(
    _ subject: () -> ProgressTicker.Subject, _ body: () throws -> R
  ) rethrows -> R {
    guard session.output.streams.hasStatusLine, isOnSessionThread, !session.clock.isVirtual else {
      return try body()
    }
    let ticker = ticker ?? ProgressTicker(session)
    self.ticker = ticker
    return try ticker.during(subject, body)
  }

  /// Called now and then by what waits in another way: shows how far it is if it is time to.
  func tick() { ticker?.tick() }

  // MARK: Writing

  /// Writes what `print` says: at once, or with the item of a `map`.
  func emit(_ report: Report) {
    if let live { return live.show(report) }
    if let collector { collector.append(report) } else { session.show(report) }
  }

  /// Shows what a child wrote where it is not the value.
  func drop(_ value: Value) {
    guard !isAnswering, case .output(let output) = value, output.isPrintedWhenDropped else {
      return
    }
    emit(.dropped(output))
  }
}

/// The longest that a job may take.
struct JobLimit: Sendable {
  let deadline: Deadline
  let duration: Duration

  var error: ShellError { ShellError("timed out after \(Durations.text(duration))") }
}

/// What an item of a `map` prints, until its turn to be shown.
final class Collector: Sendable {
  private struct State {
    var reports: [Report] = []
    var isOpen = false
  }

  private let session: Session
  private let state = Monitor(State())

  init(_ session: Session) { self.session = session }

  /// Keeps a line; shows it at once if nobody waits for the item's turn any more.
  func append(_ report: Report) {
    let isOpen = state.withLock { state in
      if !state.isOpen { state.reports.append(report) }
      return state.isOpen
    }
    if isOpen { session.show(report) }
  }

  /// What was printed since the last call.
  func take() -> [Report] {
    state.withLock { state in
      defer { state.reports = [] }
      return state.reports
    }
  }

  /// The item's turn will not come: what it printed is shown now, and what it prints from here on at once.
  func open() {
    state.withLock { $0.isOpen = true }
    for report in take() { session.show(report) }
  }
}
