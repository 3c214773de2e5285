import TestSupport
import Testing

@testable import PoolShell

/// `pool resize`: more or fewer workers while the pool works.
@Suite("pool resize", .timeLimit(.minutes(5)))
struct PoolResizeTests {
  @Test(
    "more workers take what is queued, fewer leave when they are done",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit gate g\nsubmit open g\npool resize 2\nwait",
        "pool pool1: 1 worker\n[1] gate g\n[2] open g\npool pool1: 2 workers\ndone: 1 2\nnot done: none"
      ),
      ShellCase(
        "pool new -w 3\nsubmit { open $item; gate g } ::: a b c\ngate a\ngate b\ngate c\npool resize 1\n"
          + "workers\nopen g\nwait\nsubmit return x\nresult 4\nworkers",
        "pool pool1: 3 workers\n[1] { open $item; gate g } ::: a\n[2] { open $item; gate g } ::: b\n"
          + "[3] { open $item; gate g } ::: c\npool pool1: 1 worker\nMainThread\n[..]_0\n[..]_1\n[..]_2\n"
          + "done: 1..3\nnot done: none\n[4] return x\nx\nMainThread\n[..]"),
      ShellCase(
        "pool new a -w 2\npool new b -w 2\npool resize 5 a\npool",
        "pool a: 2 workers\npool b: 2 workers\npool a: 5 workers\npool b: 2 workers"),
      ShellCase(
        "pool resize 0",
        errors: "-c:1:13: error: pool: N must be from 1 to 2047 (usage: [..])\n[..]\n[..]",
        status: 3
      ),
      ShellCase(
        "pool resize", errors: "-c:1:1: error: pool: N is missing (usage: [..])\n[..]\n[..]",
        status: 3),
      ShellCase(
        "pool resize many",
        errors:
          "-c:1:13: error: pool: N must be a whole number, not many (usage: [..])\n[..]\n[..]",
        status: 3),
    ])
  func resize(expected: ShellCase) async throws { try await expected.check() }
}
