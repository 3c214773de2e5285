import TestSupport
import Testing

@testable import PoolShell

/// `--as-completed`, `--tag`, `--dry-run`, and what is said at the end.
@Suite("map: order, tags, dry runs, the summary", .timeLimit(.minutes(5)))
struct MapOrderTests {
  @Test(
    "--as-completed: the order is that of the ends, the index that of the input",
    arguments: ["", "--buffersize 3", "--buffersize 9"])
  func asCompleted(options: String) async throws {
    let run = try await runShell(
      """
      set json on
      set quiet on
      pool new -w 3
      map --as-completed \(options) { gate $item; print p$item; return $item } ::: c b a
      """, in: ShellUnderTest()
    ) { shell in
      for gate in ["a", "b", "c"] {
        shell.open(gate)
        try shell.output.wait(for: "\"value\":\"\(gate)\"")
      }
    }
    let lines = run.output.split(separator: "\n").filter { !$0.contains("\"command\":\"set\"") }
    #expect(
      lines == [
        #"{"command":"print","value":"pa"}"#,
        #"{"command":"map","id":3,"index":2,"state":"finished","value":"a"}"#,
        #"{"command":"print","value":"pb"}"#,
        #"{"command":"map","id":2,"index":1,"state":"finished","value":"b"}"#,
        #"{"command":"print","value":"pc"}"#,
        #"{"command":"map","id":1,"index":0,"state":"finished","value":"c"}"#,
      ])
  }

  @Test("--as-completed: failures at their place, in a task too")
  func asCompletedElsewhere() async throws {
    try await expectShell(
      "set quiet on\npool new\nsubmit { map --pool main --as-completed return ::: a }\nresult 1",
      "a")
    try await expectShell(
      "set quiet on\npool new -w 1\ntry { map --as-completed fail ::: a b } catch { print $error }",
      "2 of 2 items failed: 1 2", errors: "[1] error: a\n[2] error: b")
    try await expectShell("map --as-completed print :::")
  }

  @Test(
    "--tag",
    arguments: [
      ShellCase("map --tag return ::: a b", "a\ta\nb\tb"),
      ShellCase("map --tag { print one; return $item } ::: a", "a\tone\na\ta"),
      ShellCase("map --tag --zip print ::: a ::: 1", "a 1\ta 1"),
      ShellCase("map --tag sh 'printf \"x\\n\\ny\"' ::: a b", "a\tx\na\t\na\ty\nb\tx\nb\t\nb\ty"),
      ShellCase("map --tag sh 'echo o; echo e >&2' ::: a", "a\to", errors: "a\te a"),
      ShellCase("map --tag return '' ::: a", "a\t a"),
      ShellCase("print $(map --tag sh 'printf \"x\\ny\"' ::: a b)", "a\tx\na\ty\nb\tx\nb\ty"),
      ShellCase(
        "try { map --tag sh 'echo o; echo e >&2; exit {}' ::: 1 0 } catch { print $error }",
        "1\to\n0\to\n1 of 2 items failed: 1",
        errors: "1\t[1] error: sh: exit status 1: e\n0\te"),
      ShellCase(
        "map --tag --no-wait print ::: a",
        errors:
          "[..]: error: map: --tag needs a map that waits: without --no-wait [..]\n[..]\n[..]",
        status: 3),
    ])
  func tags(expected: ShellCase) async throws { try await expected.check() }

  @Test("--tag in JSON is a field")
  func tagsInJSON() async throws {
    let run = try await runShell(
      "map --tag { print p; sh 'echo o; echo e >&2' } ::: a"
    ) { $0.isJSON = true }
    #expect(
      run.output == #"{"command":"print","value":"p","tag":"a"}"# + "\n"
        + #"{"command":"map","id":1,"index":0,"state":"finished","value":"o\n","tag":"a"}"# + "\n")
    #expect(run.errors == "a\te\n")
  }

  @Test("without --tag bytes arrive as they are")
  func bytes() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      #"map sh 'printf "\000\377\n\033[1m"; printf {}' ::: x y"#, in: shell
    ) { _ in }
    let expected: [UInt8] = [0, 255, 10, 27, 91, 49, 109]
    #expect(shell.output.bytes == expected + [120] + expected + [121])
    #expect(run.status == 0)
  }

  @Test(
    "the summary tells the first error, unless it is the line above",
    arguments: [
      ShellCase(
        "map sh 'exit {}' ::: 0 3 4",
        errors: """
          [2] error: sh: exit status 3
          [3] error: sh: exit status 4
          -c:1:1: error: 2 of 3 items failed: 2 3 (first: [2] sh: exit status 3)
            map sh 'exit {}' ::: 0 3 4
            ^
          """, status: 3),
      ShellCase(
        "map sh 'exit {}' ::: 0 3",
        errors: "[2] error: sh: exit status 3\n-c:1:1: error: 1 of 2 items failed: 2\n[..]\n[..]",
        status: 3),
      ShellCase(
        "map sh 'exit {}' ::: 3 0", "",
        errors: "[1] error: sh: exit status 3\n-c:1:1: error: 1 of 2 items failed: 1\n[..]\n[..]",
        status: 3),
      ShellCase(
        "map sh 'echo {} >&2; exit {}' ::: 3 0", "",
        errors: "[1] error: sh: exit status 3: 3\n0\n-c:1:1: error: 1 of 2 items failed: 1 "
          + "(first: [1] sh: exit status 3: 3)\n[..]\n[..]", status: 3),
      ShellCase(
        "map --tag fail ::: a b",
        errors: "a\t[1] error: a\nb\t[2] error: b\n-c:1:1: error: 2 of 2 items failed: 1 2 "
          + "(first: [1] a)\n[..]\n[..]", status: 3),
    ])
  func summary(expected: ShellCase) async throws { try await expected.check() }
}
