import Testing

@testable import PoolShell

/// Nonsense thrown at each command: one clear error line, and status 3.
@Suite("Wrong arguments", .timeLimit(.minutes(5)))
struct UsageTests {
  private static let declarations = CommandTable.all.map { $0.declaration }

  private static let withOptions =
    declarations.filter { $0.optionPlaces != .nowhere }.map(\.name)

  /// Commands whose usage line has an argument that must be there.
  private static let needing = declarations.filter(needsSomething).map(\.name)

  /// Whether anything in the usage line stands outside of brackets; `print` may print nothing.
  private static func needsSomething(_ declaration: Declaration) -> Bool {
    var depth = 0
    var rest = ""
    for character in declaration.usage.dropFirst(declaration.name.count) {
      if character == "[" { depth += 1 }
      if depth == 0, !character.isWhitespace { rest.append(character) }
      if character == "]" { depth -= 1 }
    }
    return !rest.isEmpty && declaration.name != "print"
  }

  @Test("an option that is not there", arguments: withOptions)
  func unknownOption(name: String) async throws {
    let run = try await runShell("\(name) --nonsense")
    let column = name.count + 2
    let message = "-c:1:\(column): error: \(name): unknown option --nonsense ([..])\n[..]\n[..]^\n"
    #expect(Expected.matches(run.errors, message), "\(run.errors)")
    #expect(run.output.isEmpty && run.status == 3)
  }

  @Test("nothing where something must be", arguments: needing)
  func missing(name: String) async throws {
    let run = try await runShell(name)
    let message = name == "!" ? "'!' needs a command line" : "\(name): [..] (usage: [..])"
    #expect(
      Expected.matches(run.errors, "-c:1:1: error: \(message)\n  \(name)\n  ^\n"), "\(run.errors)")
    #expect(run.output.isEmpty && run.status == 3)
  }

  @Test("which commands need something")
  func whichNeed() {
    #expect(
      Set(Self.needing).isSuperset(of: [
        "submit", "map", "result", "exception", "running", "done", "cancelled", "failed", "state",
        "cancel", "on_done", "info", "with", "sleep", "exec", "sh", "fetch", "save", "read",
        "primes",
        "fibonacci", "gate", "open", "let", "def", "for", "try", "repeat", "time", "source",
      ]))
  }

  @Test(
    "too much, or the wrong kind",
    arguments: [
      "submit --timeout", "submit --timeout x print", "submit --pool", "submit --as '' print",
      "map print ::: { }", "map --buffersize print ::: 1", "map --timeout -1 print ::: 1",
      "map --zip", "map --job-timeout inf print ::: 1", "wait nosuch", "wait { }",
      "wait --timeout 1x",
      "as_completed do", "as_completed do { } { }", "as_completed nosuch", "result { }",
      "result 1 2 3", "exception 1", "exception { }", "running 1", "done x", "cancelled 1 2",
      "failed { }",
      "state nosuch", "cancel { }", "cancel 5", "on_done", "on_done 1", "on_done 1 { } { }",
      "on_done { }", "jobs nosuch", "jobs { }", "info 1", "info x", "pool x", "pool new -w 0",
      "pool new a b", "pool new { }", "pool use", "pool use nosuch", "pool use a b", "pool new -w",
      "pool new --initializer x", "pool new --thread-name-prefix", "with pool", "with pool a b { }",
      "with pools { }", "with pool -w 0 { }", "with pool { } { }", "pools x", "pools { }",
      "workers x",
      "shutdown nosuch", "shutdown a b", "shutdown { }", "sleep x", "sleep 1 2", "sleep -1",
      "sleep 2..1",
      "sleep 1..x", "sleep { }", "print { }", "return { }", "fail { }", "exec", "exec { }",
      "exec /no/such", "exec ''", "sh", "sh { }", "fetch", "fetch { }", "fetch a b",
      "fetch --output",
      "fetch --timeout x file:///dev/null", "save", "save 1", "save 1 2 3", "save x /dev/null",
      "read",
      "read a b", "read /no/such", "read /", "read { }", "primes", "primes x", "primes -1",
      "primes 1 2",
      "primes 99999999999", "fibonacci 94", "fibonacci x", "fibonacci 1.5", "gate", "gate a b",
      "gate { }",
      "open", "open a b", "let", "let x", "let x y", "let x =", "let = y", "let x = { }",
      "let 1x = 2",
      "let x = a b", "def", "def f", "def f x", "def { }", "def f x x { }", "def f { } { }",
      "def print { }",
      "def a.b { }", "for", "for x", "for x in", "for x in 1..2", "for x y { }", "for 1 in 2 { }",
      "for x in 1 { } { }", "try", "try x", "try { } catch", "try { } x", "try { } catch { } x",
      "repeat",
      "repeat x print", "repeat 2", "repeat -1 print", "time", "source", "source /no/such",
      "source a b",
      "source /", "set x", "set x y", "set echo maybe", "set workers x", "set workers 0",
      "set echo on x",
      "history x", "help nosuch", "help a b", "help { }", "version x", "exit x", "exit 256",
      "exit -1",
      "exit 1 2", "!", "{ } x", "{ } { }", "$(print)", "'' x", "\"\"", "nosuch", "-x", "--help",
    ])
  func nonsense(script: String) async throws {
    let run = try await runShell(script)
    let lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
    try #require(lines.count == 4, "\(run.errors)")
    #expect(lines[0].hasPrefix("-c:1:") && lines[0].contains(": error: "))
    #expect(lines[1] == "  \(script)" && lines[2].hasSuffix("^") && lines[3].isEmpty)
    for internalWord in ["Optional", "Error(", "Failure", "Swift", "nil", "9223372036854775808"] {
      #expect(!lines[0].contains(internalWord))
    }
    #expect(run.status == 3)
    #expect(run.output.isEmpty || script.hasPrefix("$(print)"))
  }

  @Test(
    "an unknown command gets a hint, never a process",
    arguments: [
      ("x=5", "to set a variable: let x = 5"), ("x=", "to set a variable: let x = "),
      ("echo hi", "to write a line: print WORD…"), ("printf x", "to write a line: print WORD…"),
      ("if true { }", "conditions are: COMMAND && { … } || { … }"),
      ("while true { }", "loops are: for NAME in ITEMS { … }, or repeat N COMMAND"),
      ("cd /", "a directory is changed only for one line: sh 'cd DIR && …'"),
      ("prnt x", "did you mean print?"), ("sumbit x", "did you mean submit?"),
      ("waits", "did you mean wait?"), ("as_complete", "did you mean as_completed?"),
      ("as-complete", "did you mean as_completed?"), ("on_dnoe", "did you mean on_done?"),
      ("ls -l", "to run a program: exec ls …; all commands: help"),
      ("zzzzzz", "to run a program: exec zzzzzz …; all commands: help"),
      ("quit", "to leave: exit, or Ctrl-D"), ("export x", "to set a variable: let NAME = VALUE"),
      ("def greeting { }; greting", "did you mean greeting?"),
      ("{1..5}", "[..]"), ("helpme", "[..]"),
      ("do { }", "do stands on the line of what it belongs to"),
    ])
  func hints(script: String, hint: String) async throws {
    let run = try await runShell(script)
    let name = script.split(separator: "; ").last?.split(separator: " ").first ?? ""
    let error = "-c:1:[..]: error: unknown command \(name) (\(hint))\n[..]\n[..]\n"
    #expect(Expected.matches(run.errors, error), "\(run.errors)")
    #expect(run.output.isEmpty && run.status == 3)
  }

  @Test(
    "what another shell would read as something else points to sh",
    arguments: [
      "print a | sort", "print a & print b", "print a > f", "print < f", "(print a)",
      "print `print a`",
    ])
  func foreignSymbols(script: String) async throws {
    let run = try await runShell(script)
    #expect(run.errors.contains("is not part of this language; ") && run.errors.contains("sh '…'"))
    #expect(run.output.isEmpty && run.status == 3)
  }
}
