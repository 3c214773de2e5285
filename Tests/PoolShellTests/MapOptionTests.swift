import TestSupport
import Testing

@testable import PoolShell

/// The options of `map`, and where its items come from.
@Suite("map: options and lists", .timeLimit(.minutes(5)))
struct MapOptionTests {
  @Test(
    "several lists",
    arguments: [
      ShellCase("map --zip print {1}{2} ::: a b c ::: 1 2", "a1\nb2"),
      ShellCase("map --cross print {1}{2} ::: a b ::: 1..3", "a1\na2\na3\nb1\nb2\nb3"),
      ShellCase(
        "map --cross print {1}{2}{3} ::: a b ::: 1 2 ::: x y",
        "a1x\na1y\na2x\na2y\nb1x\nb1y\nb2x\nb2y"),
      ShellCase("map --zip print ::: a b ::: 1 2", "a 1\nb 2"),
      ShellCase("map --zip print ::: a b", "a\nb"),
      ShellCase("map --zip return ::: a ::: "),
      ShellCase("map --cross return ::: a b :::"),
      ShellCase(
        "map print ::: a ::: b",
        errors: "-c:1:1: error: map: two lists need --zip (pairs) or --cross (every combination) "
          + "(usage: [..])\n  map print ::: a ::: b\n  ^", status: 3),
      ShellCase(
        "map --zip --cross print ::: a ::: b",
        errors: "-c:1:1: error: map: --zip and --cross exclude each other[..]\n[..]\n[..]",
        status: 3),
    ])
  func lists(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "no items: nothing happens",
    arguments: [
      ShellCase("map print :::"), ShellCase("map print :::: /dev/null"),
      ShellCase("map --no-wait print :::", "0 futures"), ShellCase("map --timeout 0 print :::"),
      ShellCase("map --buffersize 1 print ::: $(return)"),
      ShellCase("let v = $(map print :::)\nprint \"<$v>\"", "<>"),
      ShellCase(
        "map print", errors: "-c:1:1: error: map: ::: ITEM… is missing[..]\n[..]\n[..]",
        status: 3),
    ])
  func noItems(expected: ShellCase) async throws { try await expected.check() }

  @Test("--no-wait submits and goes on; what items print comes at once")
  func noWait() async throws {
    try await expectShell(
      """
      pool new -w 1
      map --no-wait { print p$item; return v$item } ::: 1..3
      wait
      result all
      let ids = $(map --no-wait return ::: a b)
      result $ids
      map --no-wait return ::: c
      """,
      """
      pool pool1: 1 worker
      [1..3] 3 futures
      p1
      p2
      p3
      done: 1..3
      not done: none
      v1
      v2
      v3
      a
      b
      [6] 1 future
      """)
  }

  @Test(
    "--buffersize: results all the same, and never more than so many submitted", arguments: 1...5)
  func bufferSize(_ size: Int) async throws {
    let script = """
      set quiet on
      pool new q
      submit --pool q { gate started; try { state \(2 + size) } catch { print $error }; open go }
      pool new p
      map --buffersize \(size) { open started; gate go; return $item } ::: 1..8
      """
    let values = (1...8).map { "\($0)" }.joined(separator: "\n")
    try await expectShell(script, "no future \(2 + size)\n" + values)
  }

  @Test(
    "--buffersize wants a number",
    arguments: ["0", "-1", "x", "2.0", "''"])
  func bufferSizeRefused(size: String) async throws {
    try await expectShell(
      "map --buffersize \(size) print ::: 1\n",
      errors: "-c:1:[..]: error: map: --buffersize must be a whole number, at least 1, not "
        + "\(size == "''" ? "" : size) (usage: [..]\n[..]\n[..]", status: 3)
  }

  @Test("--timeout is the whole map's: what has not begun is cancelled")
  func timeout() async throws {
    try await expectShell(
      """
      set quiet on
      pool new -w 1
      submit { open up; gate go; print first }
      gate up
      try { map --timeout 0 print ::: second third } catch { print $error }
      open go
      shutdown
      wait all
      wait cancelled
      """,
      """
      TimeoutError: 2 of 2 items were not finished
      first
      done: 1..3
      not done: none
      done: 2 3
      not done: none
      """)
  }

  @Test("--timeout: what is done by then is shown before")
  func timeoutAfterValues() async throws {
    let run = try await runShell(
      """
      pool new -w 1
      try { map --timeout 300ms { gate $item; return $item } ::: open open shut never } catch {
        print $error
      }
      """, in: ShellUnderTest()
    ) { $0.open("open") }
    let begin = "pool pool1: 1 worker\n"
    #expect(run.output.hasPrefix(begin))
    let values = run.output.dropFirst(begin.count)
    let outcomes = [
      "open\nopen\nTimeoutError: 2 of 4 items were not finished\n",
      "open\nTimeoutError: 3 of 4 items were not finished\n",
      "TimeoutError: 4 of 4 items were not finished\n",
    ]
    #expect(outcomes.contains(String(values)))
  }

  @Test("--job-timeout is each job's own, from when it begins")
  func jobTimeout() async throws {
    try await expectShell(
      "try { map --job-timeout 20ms { gate $item; return $item } ::: a b } catch { print $error }",
      "2 of 2 items failed: 1 2",
      errors: "[1] error: timed out after 0.02s\n[2] error: timed out after 0.02s")
    try await expectShell("map --job-timeout 1m return ::: a", "a")
  }

  @Test("--as and --pool")
  func labelAndPool() async throws {
    try await expectShell(
      "set quiet on\npool new a\npool new b\nmap --as L --pool a return $worker ::: 1\nresult @L",
      "ThreadPoolExecutor-0_0 1\nThreadPoolExecutor-0_0 1")
  }
}
