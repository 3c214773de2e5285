import ConcurrentFutures

/// What a session of a transcript has written so far, and what is wrong with it; shared by the session and by who waits for it.
final class TranscriptRecorder: Sendable {
  private struct State {
    /// Written since the last prompt.
    var written: [UInt8] = []
    /// What came, by the number of the exchange's first line.
    var answers: [Int: [String]] = [:]
    var problems: [Transcript.Problem] = []
    /// The exchange that goes on; before the first, the block.
    var line: Int
    /// When the block must have ended.
    var deadline: Deadline
    /// Whether nobody waits for the session any more.
    var isGivenUp = false
    var isOver = false
  }

  private let state: Monitor<State>
  private let timeLimit: Duration

  /// - Parameters:
  ///   - line: The number of the first line of the blocks.
  ///   - timeLimit: For each block.
  init(line: Int, timeLimit: Duration) {
    self.timeLimit = timeLimit
    state = Monitor(State(line: line, deadline: Deadline(after: timeLimit)))
  }

  // MARK: The session

  func write(_ bytes: UnsafeRawBufferPointer) {
    state.withLock { $0.written.append(contentsOf: bytes) }
  }

  func note(_ problem: Transcript.Problem) { state.withLock { $0.problems.append(problem) } }

  /// An exchange begins.
  ///
  /// - Parameter line: The number of its first line.
  /// - Returns: False if the session is to end instead.
  func begins(_ line: Int) -> Bool {
    state.withLock { state in
      if !state.isGivenUp { state.line = line }
      return !state.isGivenUp
    }
  }

  /// What was written belongs to the exchange that began last.
  func endExchange() { state.withLock { Self.keep(&$0) } }

  /// The next block has all its time.
  func blockEnds() { state.withLock { $0.deadline = Deadline(after: timeLimit) } }

  /// The session has ended: what it has written last belongs to its last exchange.
  func sessionEnds() {
    state.withLock { state in
      if state.answers[state.line] == nil || !state.written.isEmpty { Self.keep(&state) }
      state.isOver = true
    }
    state.wakeAll()
  }

  private static func keep(_ state: inout State) {
    guard !state.isGivenUp else { return }
    let text = Printable.text(String(decoding: state.written, as: UTF8.self))
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    state.answers[state.line, default: []] += lines
    state.written = []
  }

  // MARK: Who waits for it

  /// Waits until the session has ended.
  ///
  /// - Returns: False if one of its blocks takes too long.
  func waitForEnd() -> Bool {
    while true {
      let deadline = state.withLock { $0.deadline }
      if waitForEnd(until: deadline) { return true }
      if state.withLock({ $0.deadline == deadline }) { return false }
    }
  }

  func waitForEnd(until deadline: Deadline) -> Bool {
    state.wait(until: deadline) { $0.isOver ? true : nil } ?? false
  }

  /// Nothing that comes from now on counts.
  func giveUp() {
    state.withLock { state in
      state.isGivenUp = true
      let limit = Durations.text(timeLimit)
      let isAtEnd = state.answers.removeValue(forKey: state.line) != nil
      let message =
        isAtEnd
        ? "the session does not end within \(limit) after this"
        : "the block takes more than \(limit); it had come to this"
      state.problems.append(.init(line: state.line, message: message))
    }
  }

  /// What has come of it.
  var record: SessionRecord {
    state.withLock {
      SessionRecord(answers: $0.answers, problems: $0.problems, isGivenUp: $0.isGivenUp)
    }
  }
}

/// What has come of the session of some blocks.
struct SessionRecord {
  /// What came, by the number of the exchange's first line.
  var answers: [Int: [String]]
  /// What is wrong beside that.
  var problems: [Transcript.Problem]
  /// Whether it took too long.
  var isGivenUp: Bool
}
