import Testing

@testable import PoolShell

/// `pool`, `pools`, `workers`: making, naming and choosing pools.
@Suite("Pools", .timeLimit(.minutes(5)))
struct PoolTests {
  @Test(
    "names, and the current pool",
    arguments: [
      ShellCase("pool new a -w 4", "pool a: 4 workers"),
      ShellCase(
        "pool new -w 1\npool new -w 2\npool new pool3 -w 1\npool new -w 1",
        "pool pool1: 1 worker\npool pool2: 2 workers\npool pool3: 1 worker\npool pool4: 1 worker"),
      ShellCase(
        "pool new a -w 1\npool new b -w 2\npool\npool use a\npool\npools",
        "pool a: 1 worker\npool b: 2 workers\npool b: 2 workers\npool a: 1 worker\n"
          + "pool a: 1 worker\n"
          + "* a: 1 worker, 0 started, 0 idle, 0 queued\n"
          + "  b: 2 workers, 0 started, 0 idle, 0 queued"
      ),
      ShellCase("let n = $(pool new -w 2)\nprint $n\npool use $n", "pool1\npool pool1: 2 workers"),
      ShellCase("pools"),
      ShellCase(
        "pool new -w 1 a\npool new a", "pool a: 1 worker",
        errors: "-c:2:[..]: error: pool a already exists\n[..]\n[..]", status: 3),
      ShellCase(
        "pool use nosuch",
        errors: "-c:1:[..]: error: no pool named nosuch (make it with: pool "
          + "new nosuch)\n[..]\n[..]", status: 3),
      ShellCase(
        "pool frob",
        errors: "-c:1:[..]: error: pool: frob is neither new, use nor resize [..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "pool new 'a b'",
        errors: "-c:1:[..]: error: pool: a pool's name is a word [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "pool new a b", errors: "-c:1:12: error: pool: unexpected b [..]\n[..]\n[..]", status: 3),
    ])
  func names(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "C-03 the number of workers",
    arguments: [
      ("0", "max_workers must be greater than 0"), ("-1", "max_workers must be greater than 0"),
      ("2048", "max_workers must be at most 2047"),
      ("x", "pool: --workers must be a whole number, not x (usage: [..]"),
      ("1.5", "pool: --workers must be a whole number, not 1.5 (usage: [..]"),
    ])
  func workersRefused(count: String, message: String) async throws {
    try await expectShell(
      "try { pools; pool new -w \(count) } catch { pools }\npool new -w \(count)",
      errors: "-c:2:[..]: error: \(message)\n  pool new -w \(count)\n  [..]^", status: 3)
  }

  @Test("C-04 the default is the processors and 4, at most 32; -w sets that of main")
  func defaultSize() async throws {
    let run = try await runShell("pool new\npool use main")
    let size = try #require(run.output.firstMatch(of: /pool1: (\d+) workers/)?.1)
    #expect((5...32).contains(Int(size) ?? 0))
    #expect(run.output == "pool pool1: \(size) workers\npool main: \(size) workers\n")
    let chosen = try await runShell("pool; pool new x") { $0.workers = 3 }
    #expect(chosen.output == "pool main: 3 workers\npool x: \(size) workers\n")
    try await expectShell(
      "set workers 2\npool\nset workers 9", "pool main: 2 workers",
      errors: "-c:3:[..]: error: set: pool main is made already [..]\n[..]\n[..]", status: 3)
  }

  @Test(
    "C-08 and C-09: threads are named, numbered from 0 in each session",
    arguments: [
      ShellCase("submit return $worker\nresult 1", "[1] return $worker\nThreadPoolExecutor-0_0"),
      ShellCase("print $worker", "MainThread"),
      ShellCase(
        "pool new -w 1\npool new -w 1 --thread-name-prefix P\npool new -w 1\n"
          + "map return $worker ::: 1",
        "pool pool1: 1 worker\npool pool2: 1 worker\npool pool3: 1 worker\nThreadPoolExecutor-1_0 1"
      ),
      ShellCase(
        "pool new --thread-name-prefix my-pool -w 1\nmap return $worker ::: 1",
        "pool pool1: 1 worker\nmy-pool_0 1"),
    ])
  func threadNames(expected: ShellCase) async throws { try await expected.check() }

  @Test("as many threads as there is work, at most as many as the pool has; C-05")
  func saturation() async throws {
    try await expectShell(
      """
      set quiet on
      pool new p -w 4
      submit { open $item; gate go } ::: 1..4
      for i in 1..4 { gate $i }
      submit { gate go } ::: 5..60
      pools
      workers
      open go
      shutdown
      workers
      """,
      """
      * p: 4 workers, 4 started, 0 idle, 56 queued
      MainThread
      ThreadPoolExecutor-0_0
      ThreadPoolExecutor-0_1
      ThreadPoolExecutor-0_2
      ThreadPoolExecutor-0_3
      MainThread
      """)
  }
}
