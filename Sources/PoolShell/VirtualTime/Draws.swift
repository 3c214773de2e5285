import ConcurrentFutures

/// The random numbers of one thread of commands, under `set seed N`.
///
/// They depend on the seed and on whose they are, the session's or those of a future, and on nothing that happens at
/// the same time.
struct Draws: Sendable {
  /// Whose commands draw.
  enum Source: UInt64, Sendable {
    case session, task, callback, initializer
  }

  private let source: Source
  /// Of the future, or of the worker.
  private let number: Int
  /// Which run of the task it is; each draws anew.
  var attempt = 0
  private var seed: UInt64?
  private var numbers = SplitMix(state: 0)

  init(_ source: Source = .session, number: Int = 0) {
    self.source = source
    self.number = number
  }

  /// Those of a callback or an initializer.
  ///
  /// - Parameters:
  ///   - role: Which of the two.
  ///   - number: Of the future.
  ///   - worker: Whose initializer it is.
  init(_ role: Context.Role, number: Int, worker: String) {
    guard case .initializer = role else {
      self.init(.callback, number: number)
      return
    }
    let hash = worker.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    self.init(.initializer, number: Int(truncatingIfNeeded: hash))
  }

  /// A number of a range.
  ///
  /// - Parameters:
  ///   - range: Both ends included.
  ///   - seed: What `set seed` says; without it, nobody can tell the number.
  /// - Returns: The next one.
  mutating func next(in range: ClosedRange<Double>, seed: UInt64?) -> Double {
    guard let seed else { return .random(in: range) }
    if self.seed != seed { begin(seed) }
    return .random(in: range, using: &numbers)
  }

  /// Begins again, as `set seed` does at the session.
  mutating func reset() { seed = nil }

  private mutating func begin(_ seed: UInt64) {
    self.seed = seed
    numbers = SplitMix(state: seed)
    for part in [source.rawValue, UInt64(bitPattern: Int64(number)), UInt64(attempt)] {
      numbers = SplitMix(state: numbers.next() ^ part)
    }
  }
}

/// Random numbers that are the same in every run: SplitMix64.
private struct SplitMix: RandomNumberGenerator, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Context {
  /// A random length of time.
  func randomDuration(_ least: Duration, _ most: Duration) -> Duration {
    let range = (least / .seconds(1))...(most / .seconds(1))
    let seconds = draws.next(in: range, seed: session.settings.current.seed)
    return .nanoseconds(Int64(seconds * 1e9))
  }
}
