package import Testing

/// Runs only some of the tests with this trait at a time.
///
/// Swift Testing starts everything at once. Tests that start programs and look at them as a person does then wait
/// for each other's processors, and a second of theirs is anything: few at a time take no longer in all.
package struct FewAtOnce: SuiteTrait, TestTrait, TestScoping {
  private let turnstile: Turnstile

  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    try await turnstile.passing(body)
  }

  fileprivate static let programs = FewAtOnce(turnstile: Turnstile(places: 4))
}

extension Trait where Self == FewAtOnce {
  /// For suites that start programs.
  package static var fewAtOnce: Self { .programs }
}

/// Lets in as many as there are places, the others in the order in which they came.
package actor Turnstile {
  private var places: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(places: Int) { self.places = places }

  /// Runs something once there is a place.
  package nonisolated func passing<T: Sendable>(
    _ body: @Sendable () async throws -> T
  ) async throws -> T {
    await enter()
    do {
      let value = try await body()
      await leave()
      return value
    } catch {
      await leave()
      throw error
    }
  }

  private func enter() async {
    if places > 0 {
      places -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func leave() {
    if waiting.isEmpty { places += 1 } else { waiting.removeFirst().resume() }
  }
}
