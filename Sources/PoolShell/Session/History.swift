import ConcurrentFutures

/// The commands typed or read so far, numbered; the last thousand of them.
///
/// A script's are kept command by command, at the session they are noted by the shell; where a person types,
/// whoever reads the lines keeps what was typed as a whole.
package final class History: Sendable {
  private enum Line {
    /// By its place in the text: cutting the text out is left to who asks.
    case read(SourceUnit, SourceRange)
    case typed(String)

    var text: String {
      switch self {
      case .read(let unit, let range): unit.text(range)
      case .typed(let text): text
      }
    }
  }

  private struct State {
    var lines: [Line] = []
    /// The number of the first of them.
    var first = 1
    var keepsTyped = false

    mutating func append(_ line: Line) {
      lines.append(line)
      if lines.count > 2 * limit { dropOldest(lines.count - limit) }
    }

    mutating func dropOldest(_ count: Int) {
      lines.removeFirst(count)
      first += count
    }
  }

  private static let limit = 1000
  private let state = Monitor(State())

  /// Keeps a command that was read, unless what is typed is kept as a whole.
  func append(_ unit: SourceUnit, _ range: SourceRange) {
    state.withLock { state in
      if !state.keepsTyped { state.append(.read(unit, range)) }
    }
  }

  /// Takes the entries of earlier sessions, numbered before all others.
  ///
  /// For the start of an interactive session, before anything is typed; from now on only `typed` adds entries.
  /// On any thread.
  ///
  /// - Parameter entries: The oldest first; each may have several lines.
  package func preload(_ entries: [String]) {
    state.withLock { state in
      state.keepsTyped = true
      state.lines = entries.map(Line.typed)
      state.first = 1
      if entries.count > Self.limit { state.dropOldest(entries.count - Self.limit) }
    }
  }

  /// Keeps what a person has typed, one entry however many commands and lines it has.
  ///
  /// To be called before its commands run, so that `history` lists itself. From now on the commands of which it
  /// consists are not kept one by one. On any thread.
  ///
  /// - Parameter entry: The lines without the newline at the end.
  package func typed(_ entry: String) {
    state.withLock { state in
      state.keepsTyped = true
      state.append(.typed(entry))
    }
  }

  /// The entries with their numbers, the oldest first.
  ///
  /// - Parameters:
  ///   - text: What they must contain; `nil` is anything.
  ///   - count: At most so many, the newest.
  /// - Returns: Number and text of each.
  func numbered(containing text: String? = nil, last count: Int = limit) -> [(Int, String)] {
    let (first, lines) = state.withLock { ($0.first, $0.lines) }
    var found: [(Int, String)] = []
    for (offset, line) in lines.enumerated().suffix(Self.limit).reversed() {
      if found.count >= count { break }
      let entry = line.text
      if text.map({ !entry.contains($0) }) ?? false { continue }
      found.append((first + offset, entry))
    }
    return found.reversed()
  }
}
