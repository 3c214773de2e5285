/// What is said of a wait while it goes on, in one line.
///
/// ASCII only, but for what the user wrote: it looks the same on every terminal, whatever its locale.
struct ProgressLine: Equatable {
  /// What is waited for.
  enum Subject: Equatable {
    case futures(Futures)
    /// A time that passes by itself.
    case time(String, Duration)
    /// Something that cannot be measured.
    case plain(String)
  }

  /// Futures, counted.
  struct Futures: Equatable {
    var done: Int
    /// How many there are; `nil` if that is not known yet.
    var total: Int?
    var running = 0
    var failed = 0
    /// An estimate of how long it will take; `nil` without one.
    var left: Duration?
    /// The one that has been running for the longest time, as `[7] sleep 5`.
    var longest: String?
  }

  var subject: Subject
  var elapsed: Duration

  /// The line, at most `columns` columns wide; empty if not even the most important part has room.
  func text(columns: Int) -> String {
    switch subject {
    case .futures(let futures): text(futures, columns)
    case .time(let name, let length):
      line(
        share: elapsed / max(length, .nanoseconds(1)), [.init(name, 2)],
        left: max(.zero, length - elapsed), tail: nil, columns)
    case .plain(let name): line(share: nil, [], left: nil, tail: name, columns)
    }
  }

  private func text(_ futures: Futures, _ columns: Int) -> String {
    var parts: [Part] = []
    if let total = futures.total {
      parts.append(.init("\(futures.done)/\(total)", 5))
    } else {
      parts.append(.init("\(futures.done) done", 5))
    }
    if futures.running > 0 { parts.append(.init("\(futures.running) running", 2)) }
    if futures.failed > 0 { parts.append(.init("\(futures.failed) failed", 4)) }
    let share = futures.total.map { $0 == 0 ? 1 : Double(futures.done) / Double($0) }
    return line(share: share, parts, left: futures.left, tail: futures.longest, columns)
  }

  // MARK: Fitting

  /// A part of the line; those of the least weight go first when there is not enough room.
  private struct Part {
    let text: String
    let weight: Int

    init(_ text: String, _ weight: Int) {
      self.text = text
      self.weight = weight
    }
  }

  /// Between two parts.
  private static let gap = "  "
  /// With less room than this, the tail is left out.
  private static let leastTail = 12

  private func line(
    share: Double?, _ parts: [Part], left: Duration?, tail: String?, _ columns: Int
  ) -> String {
    var parts = parts
    parts.append(.init(Durations.clock(elapsed), 3))
    if let left { parts.append(.init("~\(Durations.clock(Self.roundedUp(left))) left", 1)) }
    if let share { parts.insert(.init(Self.bar(share, columns: columns / 4), 0), at: 0) }
    while Self.width(of: parts) > columns {
      guard let index = parts.indices.min(by: { parts[$0].weight < parts[$1].weight }) else {
        break
      }
      parts.remove(at: index)
    }
    let line = parts.map(\.text).joined(separator: Self.gap)
    guard let tail else { return line }
    let room = columns - DisplayWidth.columns(line) - (line.isEmpty ? 0 : Self.gap.count)
    guard room >= Self.leastTail else { return line }
    return line + (line.isEmpty ? "" : Self.gap) + Self.shortened(tail, columns: room)
  }

  /// Whole seconds: what goes on for another half is not over now.
  private static func roundedUp(_ duration: Duration) -> Duration {
    let (seconds, attoseconds) = duration.components
    return .seconds(attoseconds > 0 ? seconds + 1 : seconds)
  }

  private static func width(of parts: [Part]) -> Int {
    parts.reduce(0) { $0 + DisplayWidth.columns($1.text) } + max(0, parts.count - 1) * gap.count
  }

  /// `[====>     ]`, as wide as it may be but for 10 to 30 columns inside.
  static func bar(_ share: Double, columns: Int) -> String {
    let width = min(30, max(10, columns - 2))
    let filled = Int(Double(width) * min(1, max(0, share)))
    let head = filled < width ? ">" : ""
    let rest = String(repeating: " ", count: width - filled - head.count)
    return "[" + String(repeating: "=", count: filled) + head + rest + "]"
  }

  /// A text on one line, cut where there is no more room for it.
  private static func shortened(_ text: String, columns: Int) -> String {
    let text = Printable.text(text).replacing("\n", with: " ").replacing("\t", with: " ")
    if DisplayWidth.columns(text) <= columns { return text }
    return DisplayWidth.prefix(text, columns: columns - 3) + "..."
  }
}

extension Durations {
  /// Whole seconds as people read them: `7s`, `1m05s`, `2h03m`, `3d04h`.
  static func clock(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    let two = { (number: Int64) in (number < 10 ? "0" : "") + "\(number)" }
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
    case ..<86400: return "\(seconds / 3600)h\(two(seconds / 60 % 60))m"
    default: return "\(seconds / 86400)d\(two(seconds / 3600 % 24))h"
    }
  }
}
