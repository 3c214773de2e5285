import TestSupport
import Testing

@testable import ConcurrentFutures

/// Random walks over the future's machine, step by step against a model that is as plain as can be.
@Suite("FutureState, random walks")
struct FutureStateWalkTests {
  /// What the machine is to be, in words.
  private struct Model {
    var phase = FutureState.Phase.pending
    var isObserved = false
    var isDone: Bool { phase == .cancelled || phase == .finished }

    mutating func become(_ next: FutureState.Phase, from allowed: [FutureState.Phase]) -> Bool {
      guard allowed.contains(phase) else { return false }
      phase = next
      return true
    }

    mutating func cancel() -> FutureState.Cancelling {
      if phase == .cancelled { return .before }
      return become(.cancelled, from: [.pending]) ? .now(isObserved: isObserved) : .refused
    }
  }

  /// One random event on both; whether they agree on what it returned.
  private func step(
    _ state: inout FutureState, _ model: inout Model, _ random: inout SeededGenerator
  ) -> Bool {
    switch random.below(5) {
    case 0: return state.start() == model.become(.running, from: [.pending])
    case 1: return state.cancel() == model.cancel()
    case 2: return state.claim() == model.become(.completing, from: [.pending, .running])
    case 3:
      guard model.become(.finished, from: [.running, .completing]) else { return true }
      return state.finish() == model.isObserved
    default:
      if !model.isDone { model.isObserved = true }
      return state.observe() == !model.isDone
    }
  }

  @Test("FU-01..FU-05, FU-15, FU-16: machine and model agree", arguments: [1, 2, 3, 4] as [UInt64])
  func walk(seed: UInt64) async throws {
    let steps = TestEnvironment.rounds(200_000)
    try await onThread {
      var random = SeededGenerator(seed: seed)
      var (state, model) = (FutureState.pending, Model())
      var disagreements = 0
      for _ in 0..<steps {
        if model.isDone, random.oneIn(4) { (state, model) = (.pending, Model()) }
        let agree =
          step(&state, &model, &random) && state.phase == model.phase
          && state.isObserved == model.isObserved && state.isDone == model.isDone
        if !agree { disagreements += 1 }
      }
      #expect(disagreements == 0)
    }
  }
}
