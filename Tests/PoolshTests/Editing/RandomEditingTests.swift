import Glibc
import Testing
import TestSupport

/// Somebody who types and edits at random, in a window that changes its size, while tasks print.
///
/// In the end the screen must be what a fresh drawing shows. 50 seeds; `POOLSH_SEEDS=1000` for more, and
/// `POOLSH_SEED=17` for one of them.
@Suite(.fewAtOnce) struct RandomEditingTests {
  private static let seeds: Range<UInt64> = {
    func number(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }
    if let seed = number("POOLSH_SEED") { return seed..<seed + 1 }
    return 0..<(number("POOLSH_SEEDS") ?? 50)
  }()
  private static let lanes: UInt64 = 4

  @Test(arguments: 0..<lanes)
  func theScreenIsRightInTheEnd(lane: UInt64) async throws {
    for seed in Self.seeds where seed % Self.lanes == lane {
      do {
        try await onThread {
          var typist = try RandomTypist(seed: seed)
          try typist.work()
        }
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }
}
