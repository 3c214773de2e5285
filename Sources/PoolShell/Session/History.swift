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

    func isTyped(_ entry: String) -> Bool {
      if case .typed(entry) = self { true } else { false }
    }
  }

  private struct State {
    /// With their numbers, which are never given again.
    var lines: [(number: Int, line: Line)] = []
    var lastNumber = 0
    var keepsTyped = false

    mutating func append(_ line: Line) {
      lastNumber += 1
      lines.append((lastNumber, line))
      if lines.count > 2 * limit { lines.removeFirst(lines.count - limit) }
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
      (state.lines, state.lastNumber) = ([], 0)
      for entry in entries { state.append(.typed(entry)) }
    }
  }

  /// Keeps what a person has typed, one entry however many commands and lines it has.
  ///
  /// To be called before its commands run, so that `history` lists itself. From now on the commands of which it
  /// consists are not kept one by one. What was typed before and is typed again is there once, at the end, as Up and
  /// the file of the history have it (and readline with `erasedups`). On any thread.
  ///
  /// - Parameter entry: The lines without the newline at the end.
  package func typed(_ entry: String) {
    state.withLock { state in
      state.keepsTyped = true
      if let index = state.lines.lastIndex(where: { $0.line.isTyped(entry) }) {
        state.lines.remove(at: index)
      }
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
    let lines = state.withLock { $0.lines }
    var found: [(Int, String)] = []
    for (number, line) in lines.suffix(Self.limit).reversed() {
      if found.count >= count { break }
      let entry = line.text
      if text.map({ !entry.contains($0) }) ?? false { continue }
      found.append((number, entry))
    }
    return found.reversed()
  }
}
