import Testing

@testable import PoolShell

/// `code` as a command: what it is asked about, what it answers.
@Suite("code, the command", .timeLimit(.minutes(10)))
struct CodeCommandTests {
  @Test(
    "the last command, and not code itself",
    arguments: [
      ("print a; print b\ncode --python", "a\nb\nprint(\"b\")"),
      ("print a\nlet x = $(code --python)\nprint $x", "a\nprint(\"a\")"),
      ("print a\ncode --python\ncode --python", "a\nprint(\"a\")\nprint(\"a\")"),
      (
        "let n = 3\nprint $n\ncode --python",
        "3\nprint(3)"
      ),
      (
        "def twice x { return \"$x$x\" }\nlet a = $(twice b)\nlet c = $(twice d)\ncode --python",
        "def twice(x):\n    return f\"{x}{x}\"\n\n\ntwice(\"d\")"
      ),
    ])
  func lastCommand(script: String, expected: String) async throws {
    try await expectShell(script, expected)
  }

  @Test("the futures that a command is about are submitted first, with their numbers")
  func futures() async throws {
    try await expectShell(
      "set quiet on\nsubmit return a\nsubmit return b\nresult 2\ncode --python",
      """
      b
      from concurrent.futures import ThreadPoolExecutor

      pool = ThreadPoolExecutor()
      future2 = pool.submit(lambda: "b")
      print(future2.result())
      """)
  }

  @Test("the command behind a future, with the values that its variables have")
  func future() async throws {
    try await expectShell(
      "set quiet on\nlet n = 4\npool new -w 2\nsubmit { return \"n=$n\" }\nwait\ncode 1 --python",
      """
      done: 1
      not done: none
      from concurrent.futures import ThreadPoolExecutor

      pool1 = ThreadPoolExecutor(max_workers=2)
      future1 = pool1.submit(lambda: "n=4")
      print(future1.result())
      """)
  }

  @Test("as JSON the program is one text")
  func json() async throws {
    let run = try await runShell("print a\ncode --python") { $0.isJSON = true }
    #expect(
      run.output
        == "{\"command\":\"print\",\"value\":\"a\"}\n{\"command\":\"code\",\"text\":\"print(\\\"a\\\")\"}\n"
    )
  }

  @Test(
    "bad input",
    arguments: [
      ("code", "code: no command has been run yet (code FILE translates a script)"),
      ("code 3", "no future 3"),
      ("code /nonexistent.poolsh", "code: /nonexistent.poolsh: No such file or directory"),
      ("code --swift --python", "code: --swift and --python exclude each other [..]"),
      ("code a b", "code: a: No such file or directory"),
      ("print x\ncode --ruby", "code: unknown option --ruby [..]"),
    ])
  func badInput(script: String, message: String) async throws {
    let run = try await runShell(script)
    #expect(
      Expected.matches(run.errors, "-c:[..]: error: \(message)\n[..]\n[..]\n"), "\(run.errors)")
    #expect(run.status == 3)
  }

  @Test(
    "what would let a program go another way, or write something else, is no comment",
    arguments: [
      "kill 1", "pause", "resume", "follow 1", "set on_error continue", "set json on",
      "set echo on",
    ])
  func changesWhatFollows(command: String) async throws {
    let name = command.hasPrefix("set ") ? command : String(command.prefix { $0 != " " })
    let path = "/tmp/poolsh-code-\(command.filter(\.isLetter))"
    let run = try await runShell(
      "sh 'printf \"submit sleep 0.1\\n\(command)\\n\" > \(path)'\n"
        + "code \(path) --python")
    #expect(run.output == "")
    #expect(
      run.errors.hasPrefix(
        "\(path):2:1: error: code: \(name) has no counterpart in a program"),
      "\(run.errors)")
  }

  @Test("a mistake in a file is told with its place")
  func mistakeInFile() async throws {
    let run = try await runShell(
      "sh 'printf \"print a\\n{ print b\\n\" > /tmp/poolsh-code-mistake'\n"
        + "code /tmp/poolsh-code-mistake")
    #expect(run.errors.hasPrefix("/tmp/poolsh-code-mistake:2:1: error: "), "\(run.errors)")
  }
}
