import Testing

/// `--initializer`: run by each thread before its first task.
@Suite("Initializers", .timeLimit(.minutes(5)))
struct InitializerTests {
  @Test(
    "C-10 what it sets, the tasks of that worker see, and nobody else",
    arguments: [
      ShellCase(
        "pool new -w 1 --initializer { let v = \"of $worker\" }\nmap { return $v } ::: 1..2\n"
          + "print ${v:-unset}",
        "pool pool1: 1 worker\nof ThreadPoolExecutor-0_0\nof ThreadPoolExecutor-0_0\nunset"),
      ShellCase(
        "pool new -w 2 --initializer { let v = $worker }\n"
          + "def both { open $item; gate a; gate b; exec test $v = $worker && return same }\n"
          + "map { both } ::: a b",
        "pool pool1: 2 workers\nsame\nsame"),
      ShellCase(
        "let v = before\npool new -w 1 --initializer { let v = \"$v, set\" }\nlet v = after\n"
          + "submit { return $v }\nresult 1",
        "pool pool1: 1 worker\n[1] { return $v }\nbefore, set"),
      ShellCase(
        "pool new -w 1 --initializer { let v = 1 }\nsubmit { let v = 2; return $v }\n"
          + "submit { return $v }\nresult all",
        "pool pool1: 1 worker\n[1] { let v = 2; return $v }\n[2] { return $v }\n2\n1"),
      ShellCase(
        "pool new a -w 1 --initializer { let v = a }\npool new b -w 1\n"
          + "map { return ${v:-none} } ::: 1\n"
          + "map --pool a { return ${v:-none} } ::: 1",
        "pool a: 1 worker\npool b: 1 worker\nnone\na"),
      ShellCase("with pool -w 1 --initializer { print ready } { map return ::: x }", "ready\nx"),
      ShellCase(
        "pool new -w 1 --initializer { print \"once on $worker\"; exec echo out; fibonacci 5 }\n"
          + "map return ::: 1..3",
        "pool pool1: 1 worker\nonce on ThreadPoolExecutor-0_0\nout\n1\n2\n3"),
      ShellCase(
        "def hello { return hi }\npool new -w 1 --initializer { let v = $(hello) }\n"
          + "map { return $v } ::: 1",
        "pool pool1: 1 worker\nhi"),
      ShellCase("pool new -w 1 --initializer { print never }", "pool pool1: 1 worker"),
      ShellCase(
        "pool new -w 1 --initializer { let v = 1; return early; let v = 2 }\n"
          + "map { return $v } ::: 1",
        "pool pool1: 1 worker\n1"),
    ])
  func variables(expected: ShellCase) async throws { try await expected.check() }

  @Test("C-11 one that fails breaks the pool: one line, and every future fails")
  func failing() async throws {
    try await expectShell(
      """
      pool new p -w 1 --initializer { fail "no luck" }
      submit return x
      exception 1
      state 1
      submit return y
      """,
      """
      pool p: 1 worker
      [1] return x
      A thread initializer failed, the thread pool is not usable anymore
      failed
      """,
      errors: """
        exception in initializer of pool p: no luck
        -c:5:1: error: A thread initializer failed, the thread pool is not usable anymore
          submit return y
          ^
        """, status: 3)
  }

  @Test("a failing one changes no exit status; another pool can be made")
  func failingIsNoStatus() async throws {
    try await expectShell(
      """
      pool new -w 1 --initializer { fail no }
      submit return x
      let e = $(exception 1)
      pool new -w 1
      submit return y
      result 2
      """,
      """
      pool pool1: 1 worker
      [1] return x
      pool pool2: 1 worker
      [2] return y
      y
      """, errors: "exception in initializer of pool pool1: no")
  }

  @Test("session-only commands fail in it; it must be a block")
  func refused() async throws {
    try await expectShell(
      "pool new -w 1 --initializer { def f { } }\nsubmit return x\nlet e = $(exception 1)",
      "pool pool1: 1 worker\n[1] return x",
      errors:
        "exception in initializer of pool pool1: def works only in the session itself, not in [..]")
    try await expectShell(
      "pool new -w 1 --initializer print",
      errors: "-c:1:[..]: error: pool: --initializer needs a block: [..]\n[..]\n[..]", status: 3)
  }
}
