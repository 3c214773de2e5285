import Testing

@testable import PoolShell

/// Help at hand: topics, the search, and what is said to who asks for what is not there.
@Suite("Help", .timeLimit(.minutes(5)))
struct HelpTests {
  private static let topicNames = HelpTopic.all.map(\.name)

  @Test("a topic has a page that fits", arguments: topicNames)
  func topic(name: String) async throws {
    let run = try await runShell("help \(name)")
    let topic = try #require(HelpTopic.named(name))
    #expect(run.output.hasPrefix("\(name): \(topic.summary)\n\n") && run.status == 0)
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24 || name == "commands", "\(lines.count) lines")
    #expect(CommandTable.command(named: name) == nil, "help \(name) would be about the command")
  }

  @Test("help names every topic")
  func topicsAreNamed() {
    let line = Help.overview.split(separator: "\n").first { $0.hasPrefix("help TOPIC ") } ?? ""
    #expect(line.split(separator: " ").dropFirst(2).map(String.init) == Self.topicNames)
  }

  @Test("what the topics say works")
  func topicsAreTrue() async throws {
    for word in SelectorWord.allCases {
      #expect(HelpTopic.named("selectors")?.text.contains(word.rawValue) == true)
    }
    try await expectShell(
      "set quiet on\nmap sh 'echo {.}' ::: a.b\nlet l = $(submit --zip print {2} of {1} ::: a b ::: 1 2)",
      "a\n1 of a\n2 of b", isUnordered: true)
  }

  @Test("a command's page fits on a line each, but for the usage", arguments: CommandTable.names)
  func width(name: String) async throws {
    let run = try await runShell("help \(name)")
    for line in run.output.split(separator: "\n") where !line.hasPrefix("usage:") {
      let isExample = line.hasPrefix("  ")
      #expect(line.count <= 80 || isExample, "\(line)")
    }
  }

  @Test("the page of a command that works only at the session says so, and what an example writes")
  func page() async throws {
    try await expectShell(
      "help exit",
      """
      exit: end the session; what is queued still runs

      usage: exit [STATUS]

      Every pool is shut down, and the session waits for its work. STATUS is the exit
      status; without it, 0, or 1 if a task failed and nobody looked.

      It works only in the session itself, not in a task.

      example:
        submit print last
        exit
        print never

      which writes:
        [1] print last
        last
      """)
    #expect(try await runShell("help as_completed").output == runShell("help as-completed").output)
    #expect(try await runShell("help !").output.hasPrefix("!: "))
  }

  @Test(
    "the search says what it is that has the word",
    arguments: [
      ("help --find fibon", "fibonacci  the Nth Fibonacci number"),
      ("help --find FIBON", "fibonacci  the Nth Fibonacci number"),
      (
        "help -f add-done",
        "on_done  also called add_done_callback: run a block when futures are done"
      ),
      (
        "help --find buffersize",
        "map  --buffersize N: at most so many items submitted ahead of the one shown"
      ),
      ("help --find \"ThreadPoolExecutor(max\"", "pool  [..]ThreadPoolExecutor(max_workers[..]"),
      ("help --find 'sleep 0.3'", "wait  example: submit sleep 0.3"),
      ("help --find Ctrl-R", "help keys  Ctrl-R searches all entries; [..]"),
      ("help --find http", "fetch  [..]HTTP status of 400 or more[..]"),
      ("help --find zzzz", "nothing about zzzz; all there is: help commands"),
      ("help --find wiat", "nothing about wiat; near it: wait"),
      ("help --find selektors", "nothing about selektors; near it: selectors"),
    ])
  func search(script: String, expected: String) async throws {
    try await expectShell(script, expected)
  }

  @Test("of several each has a line, no longer than the screen is wide")
  func searchSeveral() async throws {
    for word in ["timeout", "future", "e", "--", "pool", "block", "the"] {
      let run = try await runShell("help --find \(word == "--" ? "' --'" : word)")
      let lines = run.output.split(separator: "\n")
      #expect(lines.count > 3 && run.status == 0)
      for line in lines {
        #expect(line.count <= 80)
        #expect(line.lowercased().contains(word), "\(line) has no \(word)")
      }
    }
  }

  @Test(
    "every name, alias and option is found", arguments: CommandTable.all.map { $0.declaration.name }
  )
  func everythingIsFound(name: String) throws {
    let declaration = try #require(CommandTable.command(named: name)).declaration
    let words = [name] + declaration.aliases + declaration.options.map(\.name)
    for word in words {
      let lines = HelpSearch.page(word).split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("\(name) ") }, "\(word) does not find \(name)")
    }
  }

  @Test("help on a def")
  func definition() async throws {
    try await expectShell(
      "def greet who { print \"hello $who\" }\nhelp greet",
      """
      greet: a command of your own

      usage: greet WHO

        def greet who { print "hello $who" }
      """)
    let run = try await runShell("def greet who { print $who }\nhelp")
    #expect(run.output.contains("\nYour own          greet\n"))
  }

  @Test(
    "help on what is not there",
    arguments: [
      ("help nosuch", "no help on nosuch (to search: help --find nosuch)"),
      ("help 'no such'", "no help on no such (to search: help --find 'no such')"),
      ("help wiat", "no help on wiat (did you mean wait?)"),
      ("help selector", "no help on selector (did you mean selectors?)"),
      ("help sel", "no help on sel (did you mean selectors or set?)"),
      ("help wait --find x", "help: a name or --find, not both [..]"),
    ])
  func nothing(script: String, message: String) async throws {
    let run = try await runShell(script)
    #expect(
      Expected.matches(run.errors, "-c:1:[..]: error: \(message)\n[..]\n[..]\n"), "\(run.errors)")
  }

  @Test("as JSON a page is one text")
  func json() async throws {
    let run = try await runShell("help wait\nhelp --find zzzz") { $0.isJSON = true }
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix(#"{"command":"help","text":"wait: "#))
    #expect(
      lines[1] == #"{"command":"help","text":"nothing about zzzz; all there is: help commands"}"#)
  }

  @Test(
    "an unknown command: transposed, cut short, or the name of a program",
    arguments: [
      ("sumbit", "did you mean submit?"), ("sub", "did you mean submit?"),
      ("res", "did you mean reset, result or resume?"), ("shut", "did you mean shutdown?"),
      ("pri", "did you mean primes or print?"),
      ("as_", "did you mean as_completed?"),
      ("tail x", "did you mean fail?; to run a program: exec tail …"),
      ("ls", "to run a program: exec ls …; all commands: help"),

    ])
  func unknown(script: String, hint: String) async throws {
    let name = script.split(separator: " ")[0]
    try await expectShell(
      script, errors: "-c:1:1: error: unknown command \(name) (\(hint))\n[..]\n[..]", status: 3)
  }

  @Test("at a prompt a program may want the terminal")
  func unknownAtPrompt() async throws {
    let run = try await runShell("ls -l", isInteractive: true)
    #expect(
      run.errors == "error: unknown command ls (to run a program: exec ls …, or on the terminal: "
        + "! ls …; all commands: help)\n")
  }
}
