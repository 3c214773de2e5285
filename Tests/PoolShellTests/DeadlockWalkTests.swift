import TestSupport
import Testing

@testable import PoolShell

/// Random tasks that wait for each other: whatever they do, all end; and what can go on is never called a deadlock.
@Suite("Deadlocks, at random", .timeLimit(.minutes(5)))
struct DeadlockWalkTests {
  private static let waits = [
    "result K", "wait K", "wait first K L", "wait K L", "as_completed K L",
    "exception K",
    "map --pool P return ::: x y", "submit --pool P return z; wait",
  ]

  /// A task that waits a few times for any others, itself included.
  private static func task(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let steps = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
      let wait = waits.randomElement(using: &generator) ?? ""
      let step = wait.replacing("K", with: "\(Int.random(in: 1...count, using: &generator))")
        .replacing("L", with: "\(Int.random(in: 1...count, using: &generator))")
        .replacing("P", with: Bool.random(using: &generator) ? "a" : "b")
      return "try { \(step) } catch { }"
    }
    return "{ gate go; \((steps + ["return done"]).joined(separator: "; ")) }"
  }

  @Test("all tasks end", arguments: 0..<24)
  func ends(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...9, using: &generator)
    var script = "set quiet on\n"
    for pool in ["a", "b"] {
      script += "pool new \(pool) -w \(Int.random(in: 1...3, using: &generator))\n"
    }
    for _ in 0..<count {
      let after = Bool.random(using: &generator) ? "" : " --pool a"
      script += "submit\(after) \(Self.task(count, &generator))\n"
    }
    let run = try await runShell(script + "open go\nwait 1..\(count)\nresult 1..\(count)")
    #expect(run.status == 0 && run.output.contains("not done: none\n"), "\(script)\n\(run.errors)")
    #expect(run.output.hasSuffix(String(repeating: "done\n", count: count)), "\(run.output)")
  }

  @Test("tasks that wait for those of the next pool only are none", arguments: 1...4)
  func layers(workers: Int) async throws {
    let leaf = "submit --pool c { sleep 0..2ms; return x } ::: 1 2"
    let middle = "submit --pool b { \(leaf); WAIT } ::: 1 2"
    for wait in ["wait", "as_completed", "wait first; wait", "result $(\(leaf))"] {
      let run = try await runShell(
        """
        set quiet on
        pool new b -w \(workers)
        pool new c -w \(workers)
        pool new a -w \(workers)
        submit { \(middle.replacing("WAIT", with: wait)); wait } ::: 1..20
        wait
        """)
      #expect(run.errors == "" && run.status == 0, "\(wait): \(run.errors)")
    }
  }
}
