import ConcurrentFutures

/// When a map may start its next job, as a pure value: moments, jobs and loads in, an answer out.
///
/// It keeps a time between two starts (`--delay`), and starts nothing while the machine is busy (`--max-load`),
/// unless nothing of the map runs: it never starves.
struct StartGate: Equatable, Sendable {
  enum Answer: Equatable {
    case start
    /// Nothing changes before that moment, in nanoseconds, or before a job ends.
    case wait(until: UInt64)
    /// Nothing changes before a job ends.
    case waitForEnd
  }

  /// The time between two starts.
  let delay: Duration
  /// The highest one-minute load average at which a job is started.
  let maxLoad: Double?
  /// The moment before which no job starts.
  private var next: UInt64 = 0

  init(delay: Duration = .zero, maxLoad: Double? = nil) {
    self.delay = delay
    self.maxLoad = maxLoad
  }

  /// How long to wait before the load is looked at again; the system works it out every five seconds.
  static let interval: UInt64 = 1_000_000_000

  /// Whether the next job may start.
  ///
  /// - Parameters:
  ///   - now: In nanoseconds.
  ///   - running: How many jobs of the map have not ended.
  ///   - workers: How many can run at a time.
  ///   - load: The load average, asked for only if it matters.
  /// - Returns: What to do now.
  func answer(at now: UInt64, running: Int, workers: Int, load: () -> Double) -> Answer {
    if running >= workers { return .waitForEnd }
    if now < next { return .wait(until: next) }
    guard let maxLoad, running > 0, load() > maxLoad else { return .start }
    return .wait(until: now + Self.interval)
  }

  /// A job starts.
  mutating func started(at now: UInt64) {
    let seconds = delay.components.seconds
    // A delay beyond what the clock can hold is one that never ends.
    let nanoseconds =
      seconds < 1 << 32
      ? UInt64(seconds) * 1_000_000_000 + UInt64(delay.components.attoseconds / 1_000_000_000)
      : 1 << 62
    next = now + nanoseconds
  }
}

extension StartGate {
  /// Takes `--delay` and `--max-load`; `nil` if neither is there.
  static func take(_ arguments: Arguments) throws -> StartGate? {
    let delay = try arguments.duration(of: "--delay")
    let written = try arguments.text(of: "--max-load")
    if delay == nil, written == nil { return nil }
    let maxLoad = try written.map { text in
      guard let load = self.load(text, processors: Processor.usableCount) else {
        throw arguments.error(
          "--max-load is a load average such as 4 or 1.5, or 100% of the CPUs, not \(text)")
      }
      return load
    }
    return StartGate(delay: delay ?? .zero, maxLoad: maxLoad)
  }

  /// Reads a load; with `%` it is a part of what there are of processors.
  static func load(_ text: String, processors: Int) -> Double? {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast() : text[...]
    guard let first = digits.utf8.first, 48...57 ~= first,
      digits.utf8.allSatisfy({ 48...57 ~= $0 || $0 == UInt8(ascii: ".") }),
      let number = Double(digits)
    else { return nil }
    return isPercent ? number * Double(processors) / 100 : number
  }
}
