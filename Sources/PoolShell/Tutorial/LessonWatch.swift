import ConcurrentFutures

/// What happens in a lesson's session, as far as the goals of its step are about it; on any thread.
final class LessonWatch: Sendable {
  private struct State {
    var goals: [Goal] = []
    /// Which of them have come true; what has happened stays so.
    var met: Set<Int> = []
    var callbacks = 0
    var isMuted = false
  }

  private let state = Monitor(State())

  /// A step begins, or begins anew.
  func begin(_ goals: [Goal]) {
    state.withLock { state in
      (state.goals, state.met, state.callbacks) = (goals, [], 0)
    }
  }

  /// Whether a goal has come true that is about what happens.
  func hasSeen(_ index: Int) -> Bool { state.withLock { $0.met.contains(index) } }

  /// While it is muted, nothing that the session has to say is written.
  func mute(_ isMuted: Bool) { state.withLock { $0.isMuted = isMuted } }

  // MARK: Events

  /// Something is about to be written.
  ///
  /// - Parameter text: What, if it is an answer, and not what the tutorial itself says.
  /// - Returns: Whether it is to be written.
  func lets(_ text: @autoclosure () -> String?) -> Bool {
    let (isMuted, patterns) = state.withLock { ($0.isMuted, Self.patterns(in: $0)) }
    if isMuted { return false }
    guard !patterns.isEmpty, let text = text() else { return true }
    let found = patterns.filter { $0.pattern.isFound(in: text) }.map(\.index)
    if !found.isEmpty { state.withLock { $0.met.formUnion(found) } }
    return true
  }

  private static func patterns(in state: State) -> [(index: Int, pattern: GoalPattern)] {
    state.goals.enumerated().compactMap { index, goal in
      guard case .shown(let pattern) = goal, !state.met.contains(index) else { return nil }
      return (index, pattern)
    }
  }

  /// A command at the session has failed.
  func refused(_ message: String) {
    note { if case .refused(let text) = $0 { message.contains(text) } else { false } }
  }

  /// A command at the session has ended without an error.
  func ended(_ command: String) {
    let hasWaited = Goal.waiting.contains(command)
    note { $0 == .ran(command) || hasWaited && $0 == .waited }
  }

  /// A callback has run.
  func callbackRan() {
    let count = state.withLock { state in
      state.callbacks += 1
      return state.callbacks
    }
    note { if case .callbacks(let wanted) = $0 { count >= wanted } else { false } }
  }

  private func note(_ isMet: (Goal) -> Bool) {
    let goals = state.withLock { $0.goals }
    let found = goals.indices.filter { isMet(goals[$0]) }
    state.withLock { if $0.goals == goals { $0.met.formUnion(found) } }
  }
}
