import Synchronization

/// What a pool knows about its queue and its workers, in one machine word and without any thread.
///
/// ```
/// starts ─▶ idle ─take─▶ busy ─nothing queued─▶ searching ─still nothing─▶ sleeping
///            ▲  closed    ▲────────take────────────┘  ▲────────wake───────────┘
/// ```
///
/// `idle` counts every worker without a task: starting, standing by, searching and sleeping ones. After every
/// event both rules hold, and `settle` is the only place that keeps them:
/// 1. `queued ≤ idle`, or there are as many threads as allowed, or more: who is queued has a worker on its way.
/// 2. `sleeping == 0`, or `queued ≤ searching`, or as many search as may: who sleeps is not needed.
///
/// How many threads are allowed is handed in, because it may change. When it goes down, workers that are too many
/// leave as soon as they ask for work, and those of them who sleep are woken for it by `shrink`; when it goes up,
/// `grow` starts what the first rule wants.
///
/// One word, because "one more is queued" and "I go to sleep, since nothing is queued" are then changes of the
/// same word: one of them sees the other, and no wake-up is lost. The counts are exact, where CPython's idle
/// semaphore over-counts and leaves tasks without a thread (TH-11).
struct ThreadPoolState: RawRepresentable, Equatable, Sendable, AtomicRepresentable {
  /// What a worker counts as; its own local variable, changed by the same transition as the word.
  enum Role: Equatable, Sendable {
    case busy
    /// Without a task, not looking: it starts, or it stands by.
    case idle
    /// Without a task, looking for one.
    case searching
  }

  /// What the caller must do after a transition.
  enum Effect: Equatable, Sendable { case none, startWorker, wakeWorker }

  /// What a worker does next.
  enum Next: Equatable, Sendable {
    /// Read one item from the queue, perform the effect, run the item.
    case run(Effect)
    /// Look at the word for a while; `first` is alone in looking.
    case search(first: Bool)
    /// Sleep until a ticket comes. It is then searching (or, when closed, idle).
    case sleep
    /// Perform the effect and end: the pool is closed and nothing is left to do, or there are more workers than allowed.
    case leave(Effect)
  }

  /// Limits of the word, checked where they enter.
  static let maxThreads = 2047
  static let maxQueued = (1 << 27) - 1
  /// How many may search at a time.
  ///
  /// The first spins, which makes a round trip 20 times shorter; a second that yields helps one
  /// producer feed two workers (measured 0.76 to 0.95 of Java). More burn CPU.
  static let maxSearching = 2

  var rawValue: UInt64 = 0

  init(rawValue: UInt64) { self.rawValue = rawValue }
  init() {}

  // MARK: Fields

  @inline(__always)
  private func field(_ shift: UInt64, _ bits: UInt64) -> Int {
    Int(rawValue >> shift & (1 << bits - 1))
  }

  @inline(__always)
  private mutating func setField(_ shift: UInt64, _ bits: UInt64, _ value: Int) {
    let mask: UInt64 = (1 << bits - 1) << shift
    rawValue = rawValue & ~mask | UInt64(value) << shift & mask
  }

  /// Items in the queue, cancelled ones included.
  private(set) var queued: Int {
    get { field(0, 27) }
    set { setField(0, 27, newValue) }
  }
  /// Workers started and not ended.
  private(set) var threads: Int {
    get { field(27, 11) }
    set { setField(27, 11, newValue) }
  }
  /// Workers without a task.
  private(set) var idle: Int {
    get { field(38, 11) }
    set { setField(38, 11, newValue) }
  }
  private(set) var sleeping: Int {
    get { field(49, 11) }
    set { setField(49, 11, newValue) }
  }
  private(set) var searching: Int {
    get { field(60, 2) }
    set { setField(60, 2, newValue) }
  }
  /// Nothing more is accepted; what is queued still runs.
  private(set) var isClosed: Bool {
    get { field(62, 1) == 1 }
    set { setField(62, 1, newValue ? 1 : 0) }
  }
  /// An initializer failed: nothing runs any more.
  ///
  /// Implies closed.
  private(set) var isBroken: Bool {
    get { field(63, 1) == 1 }
    set { setField(63, 1, newValue ? 1 : 0) }
  }

  // MARK: Events

  /// One more item is stored in the queue.
  mutating func enqueue(limit: Int) -> Effect {
    queued += 1
    return settle(limit: limit)
  }

  /// A worker asks what to do.
  mutating func next(_ role: inout Role, maySearch: Bool, limit: Int) -> Next {
    if isBroken { return leave(&role) }
    if threads > limit {
      _ = leave(&role)
      return .leave(settle(limit: limit))
    }
    if queued > 0 {
      queued -= 1
      leaveIdle(&role)
      return .run(settle(limit: limit))
    }
    if isClosed { return leave(&role) }
    return rest(&role, maySearch: maySearch)
  }

  /// A worker will run no user code any more before it asks again: it is idle already, though its
  /// task's outcome is not shown yet.
  ///
  /// So that submit, result, submit uses one thread (TH-02).
  mutating func standBy(_ role: inout Role) {
    guard role == .busy, queued == 0, idle == 0, !isClosed else { return }
    idle += 1
    role = .idle
  }

  /// It stood by, but has callbacks to run after all.
  mutating func stepBack(_ role: inout Role, limit: Int) -> Effect {
    guard role == .idle else { return .none }
    leaveIdle(&role)
    return settle(limit: limit)
  }

  /// The first worker is about to be started, before anything is queued.
  mutating func startFirst() -> Bool {
    guard threads == 0, !isClosed else { return false }
    threads += 1
    idle += 1
    return true
  }

  /// A worker that was counted as started could not be.
  ///
  /// The pool goes on with those it has.
  mutating func startFailed() {
    threads -= 1
    idle -= 1
  }

  /// The system refused the thread that the first rule wanted; somebody who sleeps must do instead.
  mutating func startRefused() -> Effect {
    startFailed()
    return wake()
  }

  /// Nothing more is accepted; those who sleep count as awake at once, and so many are to be woken.
  mutating func close() -> Int {
    isClosed = true
    defer { sleeping = 0 }
    return sleeping
  }

  /// An initializer failed on a worker that has not taken anything yet: as `close`, but `nil` if it is not
  /// the first.
  mutating func `break`() -> Int? {
    guard !isBroken else { return nil }
    isBroken = true
    return close()
  }

  /// More threads are allowed than before, or somebody may have gone by an old limit.
  ///
  /// To be called until it says that nothing is to be done.
  mutating func grow(limit: Int) -> Effect { isBroken ? .none : settle(limit: limit) }

  /// Fewer threads are allowed than before.
  ///
  /// - Returns: How many of those who sleep are to be woken, so that they leave; they are idle from now on.
  mutating func shrink(limit: Int) -> Int {
    let surplus = min(sleeping, max(0, threads - limit))
    sleeping -= surplus
    return surplus
  }

  /// Everything that was queued has been taken away by who cancels or fails it.
  mutating func drain() -> Int {
    defer { queued = 0 }
    return queued
  }

  // MARK: Parts

  private mutating func leaveIdle(_ role: inout Role) {
    if role == .searching { searching -= 1 }
    if role != .busy { idle -= 1 }
    role = .busy
  }

  private mutating func leave(_ role: inout Role) -> Next {
    leaveIdle(&role)
    threads -= 1
    return .leave(.none)
  }

  private mutating func rest(_ role: inout Role, maySearch: Bool) -> Next {
    if role == .busy { idle += 1 }
    if maySearch, role != .searching, searching < Self.maxSearching {
      searching += 1
      role = .searching
      return .search(first: searching == 1)
    }
    if role == .searching { searching -= 1 }
    sleeping += 1
    role = .searching  // what it will be when it is woken; until then it is counted as sleeping
    return .sleep
  }

  private mutating func settle(limit: Int) -> Effect {
    if queued > idle, threads < limit {
      threads += 1
      idle += 1
      return .startWorker
    }
    return wake()
  }

  private mutating func wake() -> Effect {
    guard queued > searching, sleeping > 0, searching < Self.maxSearching else { return .none }
    sleeping -= 1
    searching += 1
    return .wakeWorker
  }
}
