public import Synchronization

/// The life of a future, in one machine word and without any thread.
///
/// ```
/// pending ─start─▶ running ─finish─▶ finished          cancelled and finished are "done"
///    ├─cancel─▶ cancelled
///    └─claim─▶ completing ─finish─▶ finished           the write end (Promise), a broken pool;
///                                                       claim also from running
/// ```
///
/// Every transition is a pure function of the word that returns what the caller must now do; the container
/// is an `Atomic`, and `Atomic.update` applies them. So exactly one thread wins each transition, and who
/// wins may touch the fields that the transition guards:
/// - `start`: takes the body, later writes the outcome. - `cancel`: drops the body.
/// - `claim`: writes the outcome, then says `finish`.
///
/// `completing` is there because two `setResult` may race: the outcome is written between `claim` and
/// `finish`, so only one of them writes. It looks like running to everybody else. There is one cancelled
/// state, at once visible to all (Python has two, and its waiters miss the first: WA-09, AC-09, SD-10).
@usableFromInline
struct FutureState: RawRepresentable, Equatable, Sendable, AtomicRepresentable {
  @usableFromInline var rawValue: UInt64

  @usableFromInline
  init(rawValue: UInt64) { self.rawValue = rawValue }

  @usableFromInline static var pending: FutureState { FutureState(rawValue: 0) }

  @usableFromInline
  enum Phase: UInt64 {
    case pending = 0
    case running = 1
    case completing = 2
    case cancelled = 3
    case finished = 4
  }

  /// What a `cancel` has met.
  enum Cancelling: Equatable {
    /// It is cancelled by this call; if it is observed, the observers must be told.
    case now(isObserved: Bool)
    /// It was cancelled before; nothing is to be done.
    case before
    /// It is running or finished; nothing has changed.
    case refused
  }

  private static let observedBit: UInt64 = 1 << 3

  var phase: Phase { Phase(rawValue: rawValue & 0b111) ?? .pending }

  /// Whether anybody registered to be told of the end.
  ///
  /// Never unset: a withdrawn registration costs one look.
  var isObserved: Bool { rawValue & Self.observedBit != 0 }

  /// Cancelled or finished: nothing will change any more.
  @inlinable
  var isDone: Bool { rawValue & 0b111 >= Phase.cancelled.rawValue }

  /// A worker takes the task up.
  ///
  /// False if it was cancelled meanwhile (or anything but pending).
  mutating func start() -> Bool {
    guard phase == .pending else { return false }
    set(.running)
    return true
  }

  mutating func cancel() -> Cancelling {
    switch phase {
    case .pending:
      set(.cancelled)
      return .now(isObserved: isObserved)
    case .cancelled:
      return .before
    case .running, .completing, .finished:
      return .refused
    }
  }

  /// Takes the right to write the outcome.
  ///
  /// False if somebody else has it or had it.
  mutating func claim() -> Bool {
    guard phase == .pending || phase == .running else { return false }
    set(.completing)
    return true
  }

  /// The outcome is written.
  ///
  /// True if somebody is to be told.
  mutating func finish() -> Bool {
    precondition(phase == .running || phase == .completing, "finish while \(phase)")
    set(.finished)
    return isObserved
  }

  /// Somebody wants to be told of the end.
  ///
  /// False: too late, it is done.
  mutating func observe() -> Bool {
    guard !isDone else { return false }
    rawValue |= Self.observedBit
    return true
  }

  private mutating func set(_ phase: Phase) {
    rawValue = rawValue & ~0b111 | phase.rawValue
  }
}
