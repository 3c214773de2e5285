import Testing

@testable import PoolShell

/// `submit`: what it answers, what it gives, where it goes.
@Suite("submit", .timeLimit(.minutes(5)))
struct SubmitTests {
  @Test(
    "a line per future: its id and its task, never a state",
    arguments: [
      ShellCase("submit sleep 0", "[1] sleep 0"),
      ShellCase("submit return a b\nsubmit return c", "[1] return a b\n[2] return c"),
      ShellCase(
        "submit return 'a  b' \"$HOME\" \\$x {}", "[1] return 'a  b' \"$HOME\" \\$x {}"),
      ShellCase(
        "submit return x ::: a 'b c' \"\" '$x' it\\'s",
        "[1] return x a\n[2] return x 'b c'\n[3] return x ''\n[4] return x '$x'\n"
          + "[5] return x 'it'\\''s'"),
      ShellCase("submit return {}-{} ::: a 'b c'", "[1] return a-a\n[2] return 'b c-b c'"),
      ShellCase(
        "submit { return $item } ::: a 'b c'",
        "[1] { return $item } ::: a\n[2] { return $item } ::: 'b c'"),
      ShellCase("submit {\n  sleep 0\n  return x\n}", "[1] { sleep 0; return x }"),
      ShellCase(
        "submit {\n  for i in 1..2 {\n    print $i;\n  }\n}; shutdown",
        "[1] { for i in 1..2 { print $i } }\n1\n2\npool main: shut down"),
      ShellCase("let v = secret\nsubmit return $v", "[1] return $v"),
      ShellCase("submit --as all-of-it --timeout 5 --pool main return x", "[1] return x"),
      ShellCase("submit return :::"),
      ShellCase("submit --zip return ::: a b ::: 1..9", "[1] return a 1\n[2] return b 2"),
      ShellCase(
        "submit --cross return {2}{1} ::: a b ::: 1 2",
        "[1] return 1a\n[2] return 2a\n[3] return 1b\n[4] return 2b"),
    ])
  func answers(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "its value are the ids",
    arguments: [
      ShellCase("let id = $(submit return x)\nprint $id\nresult $id", "1\nx"),
      ShellCase(
        "let ids = $(submit return ::: 1..3)\nprint \"$ids\"\nresult $ids", "1 2 3\n1\n2\n3"),
      ShellCase("result $(submit return a) $(submit return b)", "a\nb"),
      ShellCase("submit return a && print yes", "[1] return a\nyes"),
      ShellCase("def f { submit return x }\nresult $(f)", "x"),
      ShellCase("submit { submit return inner }\nresult 1", "[1] { submit return inner }\n2"),
    ])
  func value(expected: ShellCase) async throws { try await expected.check() }

  @Test("whatever the command and its items hold, it is one line")
  func oneLine() async throws {
    let run = try await runShell(
      "submit return ::: 'a\nb'\nsubmit { return 'c\nd'\n}\nlet w = $(wait)\njobs")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 5 && lines.first?.hasPrefix("[1] return ") == true, "\(run.output)")
  }

  @Test("its line is written before its task can write")
  func order() async throws {
    let rounds = 1...100
    let run = try await runShell(
      "for i in \(rounds.lowerBound)..\(rounds.upperBound) { submit print $i; wait last }")
    let expected = rounds.map { "[\($0)] print $i\n\($0)\ndone: \($0)\nnot done: none\n" }
    #expect(run.output == expected.joined())
  }

  @Test("the lines of a list of items come before anything that its tasks write")
  func orderOfMany() async throws {
    let run = try await runShell("submit print ::: 1..50")
    let lines = run.output.split(separator: "\n")
    #expect(lines.prefix(50).map(String.init) == (1...50).map { "[\($0)] print \($0)" })
    #expect(Set(lines.dropFirst(50)) == Set((1...50).map { "\($0)" }))
  }

  @Test(
    "--as gives a label, --pool a pool, --timeout the job's own limit",
    arguments: [
      ShellCase(
        "submit --as web return ::: a b\nsubmit --as @web return c\nresult @web",
        "[1] return a\n[2] return b\n[3] return c\na\nb\nc"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\nsubmit --pool a return $worker\nresult 1",
        "pool a: 1 worker\npool b: 1 worker\n[1] return $worker\nThreadPoolExecutor-0_0"),
      ShellCase(
        "submit --timeout 10ms { gate never }\nexception 1",
        "[1] { gate never }\ntimed out after 0.01s"),
      ShellCase(
        "submit --timeout 10ms sleep 100\nexception 1", "[1] sleep 100\ntimed out after 0.01s"),
      ShellCase(
        "submit --timeout 10ms { repeat 1000000000 let x = 1 }\nexception 1",
        "[1] { repeat 1000000000 let x = 1 }\ntimed out after 0.01s"),
      ShellCase(
        "submit --timeout 10ms primes 1000000000\nexception 1",
        "[1] primes 1000000000\ntimed out after 0.01s"),
      ShellCase("submit --timeout 100 return x\nresult 1", "[1] return x\nx"),
      ShellCase("submit --timeout 10ms wait 1\nexception 1", "[1] wait 1\ntimed out after 0.01s"),
    ])
  func options(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "what cannot be submitted makes no future",
    arguments: [
      ShellCase(
        "submit", errors: "-c:1:1: error: submit: CMD is missing (usage: [..])\n[..]\n[..]"),
      ShellCase(
        "submit nosuch", errors: "-c:1:8: error: unknown command nosuch (to run a [..])\n[..]\n[..]"
      ),
      ShellCase(
        "submit --pool nosuch return x",
        errors: "-c:1:[..]: error: no pool named nosuch[..]\n[..]\n[..]"),
      ShellCase(
        "submit --as 'a b' return x",
        errors: "-c:1:[..]: error: submit: a label is a word [..]\n[..]\n[..]"),
      ShellCase(
        "submit --timeout soon return x",
        errors: "-c:1:[..]: error: submit: soon is not a duration[..]\n[..]\n[..]"),
      ShellCase(
        "submit { print a } x",
        errors: "-c:1:20: error: submit: unexpected words after a block [..]\n[..]\n[..]"),
      ShellCase(
        "submit return ::: { a }",
        errors: "-c:1:[..]: error: submit: an item cannot be a[..]\n[..]\n[..]"),
      ShellCase(
        "submit return ::: 1 ::: 2",
        errors: "-c:1:[..]: error: submit: two lists need --zip[..]\n[..]\n[..]"),
      ShellCase(
        "submit ::: 1", errors: "-c:1:[..]: error: submit: CMD is missing [..]\n[..]\n[..]"),
      ShellCase(
        "submit --frob return x",
        errors: "-c:1:8: error: submit: unknown option --frob[..]\n[..]\n[..]"),
    ])
  func refused(expected: ShellCase) async throws {
    var expected = expected
    expected.script = "set on_error continue\n" + expected.script + "\nsubmit return fine"
    expected.errors = expected.errors.replacing("-c:1:", with: "-c:2:")
    expected.output = "[1] return fine"
    expected.status = 1
    try await expected.check()
  }
}
