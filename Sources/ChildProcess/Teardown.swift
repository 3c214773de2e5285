/// How far the ending of a child has been forced, as a pure value: events in, effects out.
///
/// ```
///             timeout, request              grace over             linger over
///   running ------------------> terminating ----------> killed ------------------> abandoned
///                 SIGTERM                     SIGKILL           the pipes are given up
///      \_________________________________________________/
///                 request with no grace: SIGKILL
/// ```
///
/// The child may exit in any stage; then nothing more happens here. A child that was killed but
/// whose pipes stay open (a descendant left the process group and holds them) has its output given
/// up after a short linger.
struct Teardown: Equatable {
  enum Stage: Equatable {
    case running(timeoutAt: MonotonicTime?)
    case terminating(killAt: MonotonicTime)
    case killed(abandonAt: MonotonicTime)
    case abandoned
  }

  /// What the owner has to do.
  enum Effect: Equatable {
    case none
    case sendTerminate
    case sendKill
    case abandonOutput
  }

  /// How long after SIGKILL the end of the output is waited for.
  static let linger = Duration.milliseconds(100)

  private(set) var stage: Stage

  /// Why the child ends.
  private(set) var ending = ChildEnding.byItself

  /// Between SIGTERM and SIGKILL, unless a request says otherwise.
  private let grace: Duration

  init(timeoutAt: MonotonicTime?, grace: Duration) {
    stage = .running(timeoutAt: timeoutAt)
    self.grace = grace
  }

  /// Whether anything was done to end the child.
  var hasBegun: Bool {
    if case .running = stage { false } else { true }
  }

  /// When `advance` has to be called next; `nil` if time alone changes nothing.
  var nextMoment: MonotonicTime? {
    switch stage {
    case .running(let moment): moment
    case .terminating(let moment), .killed(let moment): moment
    case .abandoned: nil
    }
  }

  /// Somebody wants the child to end.
  ///
  /// A later request can only shorten the grace. The first reason stays, but for a failure, which
  /// replaces it: whoever reads the outcome must learn that the output is not whole.
  mutating func request(
    _ reason: ChildEnding, at now: MonotonicTime, grace: Duration? = nil
  ) -> Effect {
    if case .failed = reason { ending = reason } else if !hasBegun { ending = reason }
    let grace = grace ?? self.grace
    let killAt = now.advanced(by: grace)
    switch stage {
    case .running, .terminating:
      if grace <= .zero { return kill(at: now) }
    case .killed, .abandoned: return .none
    }
    return terminate(killAt: killAt)
  }

  /// Time has passed.
  ///
  /// To be called until it returns `none`.
  mutating func advance(to now: MonotonicTime) -> Effect {
    guard let nextMoment, nextMoment <= now else { return .none }
    switch stage {
    case .running: return request(.timedOut, at: now)
    case .terminating: return kill(at: now)
    case .killed:
      stage = .abandoned
      return .abandonOutput
    case .abandoned: return .none
    }
  }

  private mutating func terminate(killAt: MonotonicTime) -> Effect {
    if case .terminating(let before) = stage {
      stage = .terminating(killAt: min(before, killAt))
    } else {
      stage = .terminating(killAt: killAt)
    }
    return .sendTerminate
  }

  private mutating func kill(at now: MonotonicTime) -> Effect {
    stage = .killed(abandonAt: now.advanced(by: Self.linger))
    return .sendKill
  }
}
