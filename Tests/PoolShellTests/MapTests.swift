import TestSupport
import Testing

@testable import PoolShell

/// `map`: values in input order, failures at their place.
@Suite("map", .timeLimit(.minutes(5)))
struct MapTests {
  @Test(
    "values come in input order, a line each",
    arguments: [
      ShellCase("map fibonacci ::: 1..5", "1\n1\n2\n3\n5"),
      ShellCase("map return ::: a 'b c' \"\" d", "a\nb c\n\nd"),
      ShellCase("let v = $(map return ::: a '' b)\nprint \"<$v>\"", "<a\n\nb>"),
      ShellCase("map sleep ::: 0 0"),
      ShellCase("map { return } ::: 1..3"),
      ShellCase("map exec printf '%s\\n' ::: a b", "a\nb"),
      ShellCase("map sh 'printf %s' ::: a b\nprint", "ab"),
      ShellCase("map read ::: /dev/null /dev/null"),
      ShellCase(
        """
        def a { gate b; return A }
        def b { gate c; open b; return B }
        def c { open c; return C }
        map { $item } ::: a b c
        """, "A\nB\nC"),
      ShellCase("with pool -w 1 { map return ::: 1..3 }", "1\n2\n3"),
      ShellCase("def f { map return ::: 1..2 }\nf", "1\n2"),
    ])
  func order(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "what an item prints stands just before its value",
    arguments: [
      ShellCase(
        """
        def a { print a1; gate b; print a2; return A }
        def b { print b1; print b2; open b; return B }
        map { $item } ::: a b
        """, "a1\na2\nA\nb1\nb2\nB"),
      ShellCase("map print ::: 1..40", (1...40).map { "\($0)" }.joined(separator: "\n")),
      ShellCase("map { print \"in $item\"; return $item } ::: 1..2", "in 1\n1\nin 2\n2"),
      ShellCase("map { exec echo dropped; return kept } ::: 1..2", "dropped\nkept\ndropped\nkept"),
      ShellCase(
        "map { print a; fail b } ::: 1",
        "a", errors: "[1] error: b\n-c:1:1: error: 1 of 1 items failed: 1\n[..]\n[..]", status: 3),
      ShellCase(
        "let v = $(map { print p$item; return v$item } ::: 1..2)\nprint \"<$v>\"",
        "p1\np2\n<v1\nv2>"),
    ])
  func prints(expected: ShellCase) async throws { try await expected.check() }

  @Test("an item's value is shown as soon as it is its turn")
  func early() async throws {
    let script = "map { gate $item; print p$item; return v$item } ::: a b c"
    let run = try await runShell(script, in: ShellUnderTest()) { shell in
      shell.open("b")
      shell.open("a")
      try shell.output.wait(for: "pa\nva\npb\nvb\n")
      shell.open("c")
    }
    #expect(run.output == "pa\nva\npb\nvb\npc\nvc\n" && run.status == 0)
  }

  @Test("a failure is told at its place, and the others go on")
  func failures() async throws {
    let shell = ShellUnderTest(isMerged: true)
    let script = """
      def odd n { exec test $n -ge 3 || fail "odd $n"; return ok$n }
      map odd ::: 1..4
      print never
      """
    let run = try await runShell(script, in: shell) { _ in }
    let expected = """
      [1] error: odd 1
      [2] error: odd 2
      ok3
      ok4
      -c:2:1: error: 2 of 4 items failed: 1 2 (first: [1] odd 1)
        map odd ::: 1..4
        ^

      """
    #expect(run.output == expected && run.status == 3)
  }

  @Test(
    "at the end it fails, and names the ids",
    arguments: [
      ShellCase(
        "try { map { $item || fail no } ::: print false print } catch { print \"<$error>\" }",
        "\n\n<1 of 3 items failed: 2>", errors: "[2] error: no"),
      ShellCase(
        "try { map fail ::: 1..5 } catch { print $error }", "5 of 5 items failed: 1..5",
        errors: "[1] error: 1\n[2] error: 2\n[3] error: 3\n[4] error: 4\n[5] error: 5"),
      ShellCase("map fail ::: x || print $error", "1 of 1 items failed: 1", errors: "[1] error: x"),
      ShellCase(
        "map { nosuch } ::: 1 || print caught", "caught",
        errors:
          "[1] error: unknown command nosuch (to run a program: exec nosuch …; [..])"),
      ShellCase(
        "try { let v = $(map fail ::: x) } catch { print $error }", "1 of 1 items failed: 1"),
      ShellCase(
        "submit { map fail ::: x }\nexception 1",
        "[1] { map fail ::: x }\n1 of 1 items failed: 2"),
    ])
  func summary(expected: ShellCase) async throws { try await expected.check() }

  @Test("an item that somebody cancels is told at its place, and counts as failed")
  func cancelled() async throws {
    try await expectShell(
      """
      set quiet on
      pool new q -w 1
      pool new p -w 1
      submit { open up; gate go }
      gate up
      submit --pool q { for i in 1..1000000 { try { state 5; return } catch { sleep 1ms } } }
      submit --pool q { cancel 5; open go }
      map return ::: a b || print $error
      let w = $(wait)
      """, "a\n1 of 2 items failed: 5", errors: "[5] cancelled")
  }

  @Test("the standard error of an item's program comes with its value")
  func standardError() async throws {
    let shell = ShellUnderTest(isMerged: true)
    let script = "map sh 'echo e >&2; echo o' ::: 1 2"
    let run = try await runShell(script, in: shell) { _ in }
    #expect(run.output == "e\no 1\ne\no 2\n")
  }

  @Test("in a task it has the values of its items, and prints nothing of its own")
  func inTask() async throws {
    try await expectShell(
      "submit { map { print p$item; return v$item } ::: 1..3 }\nresult 1",
      "[1] { map { print p$item; return v$item } ::: 1..3 }\np1\np2\np3\nv1\nv2\nv3")
  }
}
