package import ChildProcess

/// What a command answers: a closed set of facts, which renderers turn into text or JSON.
package enum Report: Sendable {
  /// A future was submitted.
  case submitted(SubmittedFuture)
  /// One for each item was.
  case submittedAll([SubmittedFuture])
  /// `map --no-wait`.
  case mapped(ids: [Int])
  /// The turn of one item of a `map`.
  case mapItem(id: Int, index: Int, FutureEnding)
  /// The same, or what the item has printed, with the item before each line.
  indirect case tagged(String, Report)
  case waited(done: IDSet, notDone: IDSet)
  /// A future has come out of `as_completed`.
  case completed(id: Int, FutureEnding)
  case result(id: Int, Value)
  /// What a task threw; `nil` if it succeeded.
  case exception(id: Int, String?)
  /// `running 3` and the like.
  case predicate(command: String, id: Int, Bool)
  case state(id: Int, FutureRecord.State)
  case cancelled([CancelAnswer])
  case killed([KillAnswer])
  /// What the programs of a job have written up to this moment.
  case log(id: Int, JobOutput)
  /// What they have written since the last one of these.
  case followed(id: Int, ChildStream, [UInt8])
  /// Lines of a job under `map --live`.
  case liveLines(LiveOutput)
  case shutDown(pool: String, cancelled: Int?)
  /// `pause` and `resume`.
  case paused(command: String, pool: String)
  /// The first one of `race`.
  case won(id: Int, Value)
  case pool(command: String, PoolSummary)
  case pools([PoolSummary])
  case workers([String])
  case jobs([JobSummary])
  case info(JobDetails)
  case explained([Explanation])
  /// What `print` writes.
  case printed(String)
  /// What a child of a task wrote where that is not the task's value.
  case dropped(ProgramOutput)
  /// The value of a command that only has one.
  case value(command: String, Value)
  case settings([(name: String, value: String)])
  case history([(number: Int, line: String)])
  /// Text for people, such as help.
  case page(command: String, String)
  /// A command that is about to run, under `--echo`.
  case echo(String)
  /// What the tutorial says.
  case lesson(LessonReport)

  /// Whether `--quiet` drops it.
  var isDroppedWhenQuiet: Bool {
    switch self {
    case .submitted, .submittedAll, .mapped, .shutDown: true
    case .pool(let command, _): command != "pool" && command != "pool resize"
    default: false
    }
  }
}

/// A future that was submitted.
package struct SubmittedFuture: Sendable {
  let id: Int
  let task: String
}

/// How a future ended.
package enum FutureEnding: Sendable {
  case finished(Value)
  case failed(ShellError)
  case cancelled
  /// With the reason.
  case skipped(String)

  init(_ outcome: FutureRecord.Outcome) {
    switch outcome {
    case .finished(let value): self = .finished(value)
    case .failed(let error): self = .failed(error)
    case .cancelled: self = .cancelled
    case .skipped(let reason): self = .skipped(reason)
    }
  }

  var state: FutureRecord.State {
    switch self {
    case .finished: .finished
    case .failed: .failed
    case .cancelled: .cancelled
    case .skipped: .skipped
    }
  }
}

/// What `cancel` says of one future.
package struct CancelAnswer: Sendable {
  let id: Int
  let isCancelled: Bool
  let state: FutureRecord.State
  /// Who runs it, if it is running.
  let worker: String?
}

/// One pool.
package struct PoolSummary: Sendable {
  let name: String
  let workers: Int
  let started: Int
  let idle: Int
  let queued: Int
  let isShutDown: Bool
  let isPaused: Bool
  let isCurrent: Bool
}

/// One line of `jobs`.
package struct JobSummary: Sendable {
  let id: Int
  let state: FutureRecord.State
  let worker: String?
  /// Seconds in the queue.
  let waited: Double
  /// Seconds on its worker; `nil` if it has not begun.
  let ran: Double?
  let task: String

  /// Describes a future at a moment of the session's clock.
  init(_ record: FutureRecord, at now: UInt64) {
    id = record.id
    state = record.state
    worker = record.progress.start?.worker
    waited = record.progress.waited(at: now)
    ran = record.progress.start == nil ? nil : record.progress.ran(at: now)
    task = record.task
  }
}

/// Everything about one future.
package struct JobDetails: Sendable {
  let job: JobSummary
  let pool: String
  let label: String?
  let item: String?
  /// How it ended; `nil` if it has not.
  let ending: FutureEnding?
  /// Its runs, if it may have more than one; else none.
  let attempts: [Attempt]
  /// The futures that it had to wait for, and those that it still waits for.
  var after = IDSet()
  var waitsFor = IDSet()
  var priority: Int?
}

/// A line on standard error.
package struct Diagnostic: Sendable {
  /// What kind of line.
  enum Kind { case error, notice }

  var kind: Kind
  var message: String
  var hint: String?
  var place: Place?
  /// The future that it is about.
  var id: Int?
  /// The futures that it is about, if there may be several.
  var ids: IDSet?
  /// The state that is the message's first word.
  var state: FutureRecord.State?
  /// Whether to point at the place with the source line and a caret.
  var showsSource = false

  static func notice(_ message: String) -> Diagnostic {
    Diagnostic(kind: .notice, message: message)
  }

  static func error(_ error: ShellError, id: Int? = nil) -> Diagnostic {
    Diagnostic(kind: .error, message: error.message, hint: error.hint, id: id)
  }
}
