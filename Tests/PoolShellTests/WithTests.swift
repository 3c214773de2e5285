import Testing

/// `with pool`: a pool for a block.
@Suite("with pool", .timeLimit(.minutes(5)))
struct WithTests {
  @Test(
    "with pool: a pool for a block; then the former one is back",
    arguments: [
      ShellCase(
        "with pool -w 2 { submit return x; pool }\npool use main\npool",
        "[1] return x\npool pool1: 2 workers\npool main: [..] workers\npool main: [..] workers"),
      ShellCase(
        "pool new a -w 1\nwith pool b -w 2 { with pool c -w 3 { pool }; pool }\npool",
        "pool a: 1 worker\npool c: 3 workers\npool b: 2 workers\npool a: 1 worker"),
      ShellCase(
        "with pool a -w 1 { submit { gate g; print worked }; open g }\nprint after",
        "[1] { gate g; print worked }\nworked\nafter"),
      ShellCase("let v = $(with pool -w 1 { map return ::: 1..2 })\nprint $v", "1\n2"),
      ShellCase(
        "with pool a -w 1 { submit return i }\nwith pool a -w 1 { pool }\nresult 1",
        "[1] return i\npool a: 1 worker\ni"),
      ShellCase(
        "with pool a -w 1 { }\nsubmit --pool a return x",
        errors:
          "-c:2:1: error: cannot schedule new futures after shutdown (make another: pool new)\n[..]\n[..]",
        status: 3),
      ShellCase(
        "with pool { pool new b -w 1 }\npool use b\nsubmit return x\nresult 1",
        "pool b: 1 worker\npool b: 1 worker\n[1] return x\nx"),
      ShellCase("time with pool -w 1 { submit return x }", "[1] return x", errors: "time: [..]s"),
      ShellCase(
        "submit { with pool -w 1 { submit return $worker; result last } }\nresult 1",
        "[1] { with pool -w 1 { submit return $worker; result last } }\nThreadPoolExecutor-1_0"),
      ShellCase(
        "with { }", errors: "-c:1:1: error: with: the word pool is missing [..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "with pool", errors: "-c:1:1: error: with: { … } is missing [..]\n[..]\n[..]", status: 3),
    ])
  func withPool(expected: ShellCase) async throws { try await expected.check() }

  @Test("a block of with that fails cancels what is queued (CM-02)")
  func withFailure() async throws {
    try await expectShell(
      """
      set quiet on
      pool new opener -w 1
      try {
        with pool p -w 1 {
          submit { open up; gate g; return ran }
          submit return never
          on_done 2 { print "2 is $state"; open g }
          gate up
          fail outer
        }
      } catch { print "caught $error" }
      pools
      wait
      result 1
      """,
      """
      2 is cancelled
      caught outer
      * opener: 1 worker, 0 started, 0 idle, 0 queued
        p: 1 worker, 1 started, 0 idle, 0 queued, shut down
      done: 1 2
      not done: none
      ran
      """)
  }

  @Test("inside with, bare wait and as_completed are about that pool's futures")
  func withSelection() async throws {
    try await expectShell(
      """
      set quiet on
      submit { gate g; return outer }
      with pool -w 1 {
        submit return a
        wait
        submit return b
        as_completed
        submit --pool main { gate g }
        wait
      }
      open g
      wait
      """,
      """
      done: 2
      not done: none
      [2] a
      [3] b
      done: none
      not done: none
      done: 1 4
      not done: none
      """, isUnordered: true)
  }
}
