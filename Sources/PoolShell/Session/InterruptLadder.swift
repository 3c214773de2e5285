/// What each Ctrl-C of somebody at the prompt does, as a pure value: moments in, steps out.
///
/// ```
///   at the prompt, during a command: ends that, the work goes on
///
///   at the end of the session:
///               Ctrl-C              Ctrl-C within 2 s          Ctrl-C
///     waiting ----------> warned ------------------> stopped ----------> left, with 130
///        \________________________________________/
///           the first one within 2 s of one that has ended a command
/// ```
///
/// After two seconds a warning is forgotten.
struct InterruptLadder: Equatable {
  /// What goes on when it comes.
  enum Phase: Equatable {
    case prompt
    case command
    case end
  }

  /// What is to be done.
  enum Step: Equatable {
    /// The line is dropped, or the waiting ends.
    case endsWaiting
    /// At the end: says what still goes on, and that another one stops it.
    case warns
    /// At the end: what is queued is cancelled, children are terminated.
    case stops
    /// The process ends at once.
    case leaves
  }

  var phase = Phase.command
  /// When the last one came that another can add to, in nanoseconds.
  private var last: UInt64?
  /// Whether it has come to `stops`.
  private(set) var hasStopped = false
  /// What the session's thread has to do and has not begun.
  private var pending: Step?

  /// How soon after one that warned, or ended a command, another one stops.
  static let window: UInt64 = 2_000_000_000

  /// Ctrl-C.
  ///
  /// - Parameter now: In nanoseconds.
  /// - Returns: What is to be done, on the thread that watches signals if it is `leaves`.
  mutating func interrupt(at now: UInt64) -> Step {
    if hasStopped { return .leaves }
    let isSoon = last.map { now &- $0 <= Self.window } ?? false
    last = phase == .prompt ? nil : now
    guard phase == .end else { return .endsWaiting }
    hasStopped = isSoon
    let step = isSoon ? Step.stops : .warns
    pending = step
    return step
  }

  /// What is to be done and was not taken yet.
  mutating func takePending() -> Step? {
    defer { pending = nil }
    return pending
  }
}
