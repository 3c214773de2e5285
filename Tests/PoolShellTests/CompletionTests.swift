import Testing

@testable import PoolShell

/// What Tab offers, from the commands' declarations.
@Suite("Completion", .timeLimit(.minutes(5)))
struct CompletionTests {
  private static let twoPools = "pool new a -w 2\npool new b -w 1\nshutdown b"

  @Test(
    "commands, where a command may stand",
    arguments: [
      CompletionCase("subm‸", "submit"), CompletionCase("  subm‸", "submit"),
      CompletionCase("print a; subm‸", "submit"), CompletionCase("print a;subm‸", "submit"),
      CompletionCase("print a && subm‸", "submit"), CompletionCase("print a ||subm‸", "submit"),
      CompletionCase("print a\nsubm‸", "submit"), CompletionCase("print a &&\n subm‸", "submit"),
      CompletionCase("for i in 1..3 { subm‸", "submit"),
      CompletionCase("for i in 1..3 {\n  print a\n  subm‸", "submit"),
      CompletionCase("{ { subm‸", "submit"), CompletionCase("{ a } && subm‸", "submit"),
      CompletionCase("print $(subm‸", "submit"), CompletionCase("print \"x $(subm‸", "submit"),
      CompletionCase("print $(print $(subm‸", "submit"),
      CompletionCase("print $(a) ; subm‸", "submit"),
      CompletionCase("submit fib‸", "fibonacci"), CompletionCase("map --zip fib‸", "fibonacci"),
      CompletionCase("submit --pool a -t 3 fib‸", "fibonacci"),
      CompletionCase("submit --pool=a fib‸", "fibonacci"),
      CompletionCase("submit -- fib‸", "fibonacci"),
      CompletionCase("time fib‸", "fibonacci"), CompletionCase("repeat 3 fib‸", "fibonacci"),
      CompletionCase("time submit --as x repeat 2 fib‸", "fibonacci"),
      CompletionCase("submit {fib‸"), CompletionCase("submit { fib‸", "fibonacci"),
      CompletionCase("with pool -w 3 { fib‸", "fibonacci"),
      CompletionCase("with pool x --initializer { fib‸", "fibonacci"),
      CompletionCase("try { print a } catch { fib‸", "fibonacci"),
      CompletionCase("as_completed do { fib‸", "fibonacci"),
      CompletionCase("as_c‸", "as_completed"), CompletionCase("as-c‸", "as_completed"),
      CompletionCase("add_done‸", "add_done_callback"), CompletionCase("'subm‸", "'submit'"),
      CompletionCase("subm‸it x", "submit"), CompletionCase("\\\nsubm‸", "submit"),
      CompletionCase("sub\\\nm‸", "submit"), CompletionCase("Subm‸"), CompletionCase("zzz‸"),
      CompletionCase("print subm‸"), CompletionCase("# subm‸"), CompletionCase("a # subm‸"),
      CompletionCase("a | subm‸"), CompletionCase("a > subm‸"),
      CompletionCase("a ) ; subm‸", "submit"),
      CompletionCase("repeat subm‸"), CompletionCase("{ a } subm‸"), CompletionCase("{ a }‸"),
      CompletionCase("${x:-subm‸"), CompletionCase("print ${x:-$(subm‸", "submit"),
      CompletionCase("print ${x:-a b} ; subm‸", "submit"),
    ])
  func commands(expected: CompletionCase) async throws { try await check(expected) }

  @Test("every command and alias is offered where nothing is typed, each with its summary")
  func allCommands() async throws {
    let offered = try await completion(of: "‸")
    #expect(offered.replacements == CommandTable.names.sorted() && offered.start == 0)
    #expect(offered["wait"]?.note == CommandTable.command(named: "wait")?.declaration.summary)
    #expect(offered.candidates.allSatisfy { $0.endsWord && !$0.note.isEmpty })
  }

  @Test(
    "commands that work only at the session are not offered for a task",
    arguments: [
      "submit ‸", "map ‸", "submit { ‸", "submit { for i in 1..2 { ‸", "submit time ‸",
      "on_done 1 { ‸", "pool new --initializer { ‸", "time submit repeat 3 { ‸",
    ])
  func inTask(line: String) async throws {
    let offered = try await completion(of: line).replacements
    #expect(offered.contains("print") && !offered.contains("def") && !offered.contains("exit"))
  }

  @Test(
    "they are where the block runs at the session", arguments: ["{ ‸", "with pool { ‸", "try { ‸"])
  func atSession(line: String) async throws {
    #expect(try await completion(of: line).replacements.contains("def"))
  }

  @Test(
    "commands made by def, and their words",
    arguments: [
      CompletionCase("gre‸", "greet", after: "def greet who { print $who }"),
      CompletionCase("submit gre‸", "greet", after: "def greet who { print $who }"),
      CompletionCase("def gre‸", "greet", after: "def greet who { print $who }"),
      CompletionCase("def great x { print $x }; gre‸", "great"),
      CompletionCase("help gre‸", after: "def greet who { print $who }"),
    ])
  func definitions(expected: CompletionCase) async throws { try await check(expected) }

  @Test(
    "options, only where they may stand and once",
    arguments: [
      CompletionCase("wait -‸", "--timeout"), CompletionCase("wait --t‸", "--timeout"),
      CompletionCase("wait first 3 --t‸", "--timeout"), CompletionCase("wait -t‸", "-t"),
      CompletionCase("wait --timeout 3 --t‸"), CompletionCase("wait -t 3 --t‸"),
      CompletionCase("wait -t3 --t‸"), CompletionCase("wait --timeout=3 --t‸"),
      CompletionCase("wait -- --t‸"), CompletionCase("wait '--t‸"), CompletionCase("print --t‸"),
      CompletionCase("shutdown --‸", "--cancel-futures", "--no-wait", "--wait"),
      CompletionCase("shutdown --no-wait --‸", "--cancel-futures", "--wait"),
      CompletionCase("shutdown --no_w‸", "--no-wait"), CompletionCase("shutdown --No‸"),
      CompletionCase("submit --after s‸", "skipped"),
      CompletionCase("pool new --when-full b‸", "block"),
      CompletionCase("submit --p‸", "--pool", "--priority"), CompletionCase("submit print --p‸"),
      CompletionCase("submit wait --t‸", "--timeout"), CompletionCase("time --t‸"),
      CompletionCase("time wait --t‸", "--timeout"),
      CompletionCase("pool --w‸"), CompletionCase("pool new --w‸", "--when-full", "--workers"),
      CompletionCase("pool new x --w‸", "--when-full", "--workers"),
      CompletionCase("pool use --w‸"),
      CompletionCase("with pool --w‸", "--when-full", "--workers"), CompletionCase("with --w‸"),
      CompletionCase("history ‸", "--find"), CompletionCase("workers ‸"),
      CompletionCase("wait --nonsense 3 --t‸"), CompletionCase("nosuch --t‸"),
    ])
  func options(expected: CompletionCase) async throws { try await check(expected) }

  @Test("an option is shown as help shows it")
  func optionDisplay() async throws {
    let candidate = try await completion(of: "result --t‸")["--timeout"]
    #expect(candidate?.display == "-t, --timeout D")
    #expect(candidate?.note == "wait no longer; then it fails" && candidate?.endsWord == true)
  }

  @Test(
    "pools that are open",
    arguments: [
      CompletionCase("shutdown ‸", "a", after: twoPools),
      CompletionCase("shutdown x‸", after: twoPools),
      CompletionCase("pool use ‸", "a", "main", after: twoPools),
      CompletionCase("submit --pool ‸", "a", "main", after: twoPools),
      CompletionCase("submit --pool=‸", "a", "main", after: twoPools),
      CompletionCase("submit --pool=m‸", "main", after: twoPools),
      CompletionCase("submit --pool a --pool=‸", after: twoPools),
      CompletionCase("shutdown --no-wait ‸", "a", after: twoPools),
      CompletionCase("shutdown a ‸", "--cancel-futures", "--no-wait", "--wait", after: twoPools),
      CompletionCase("shutdown ‸", "main", after: "submit print x\nwait"),
      CompletionCase("shutdown ‸", "it\\'s", after: "pool new it\\'s"),
      CompletionCase("shutdown \"‸", "\"it's\"", after: "pool new it\\'s"),
      CompletionCase("shutdown '‸", "'it'\\''s'", after: "pool new it\\'s"),
    ])
  func pools(expected: CompletionCase) async throws { try await check(expected) }

  @Test("a pool's note are its workers")
  func poolNotes() async throws {
    let offered = try await completion(of: "pool use ‸", after: Self.twoPools)
    #expect(offered["a"]?.note == "2 workers" && offered["main"]?.note == "made when it is needed")
  }

  @Test(
    "keywords, where they may stand",
    arguments: [
      CompletionCase("try { a } ‸", "catch"), CompletionCase("try { a } c‸", "catch"),
      CompletionCase("try { a } 'c‸"), CompletionCase("try ‸", "{"),
      CompletionCase("try { a } catch ‸", "{"),
      CompletionCase("try { a } catch { b } ‸"),
      CompletionCase("as_completed d‸", "done", "do"),
      CompletionCase("as_completed all do‸", "done", "do"),
      CompletionCase("as_completed do ‸", "{"),
      CompletionCase("as_completed do { a } ‸", "--timeout"),
      CompletionCase("for x ‸", "in"), CompletionCase("for ‸"), CompletionCase("let x ‸", "="),
      CompletionCase("let x = ‸"), CompletionCase("with ‸", "pool"),
      CompletionCase("with pool x ‸", "{"),
      CompletionCase("pool ‸", "new", "use", "resize"), CompletionCase("pool n‸", "new"),
      CompletionCase("wait f‸", "first", after: "print x"), CompletionCase("wait first f‸"),
      CompletionCase("submit print x :‸", ":::", "::::"),
      CompletionCase("submit { a } ‸", ":::", "::::"),
      CompletionCase("time print :‸"), CompletionCase("submit { print :‸"),
    ])
  func keywords(expected: CompletionCase) async throws { try await check(expected) }

  @Test(
    "settings, their values, topics of help, gates, labels",
    arguments: [
      CompletionCase("set on‸", "on_error"), CompletionCase("set on-error ‸", "continue", "stop"),
      CompletionCase("set json ‸", "off", "on"), CompletionCase("set workers ‸"),
      CompletionCase("set color a‸", "always", "auto"),
      CompletionCase("set editor ‸", "emacs", "vi"),
      CompletionCase("set nonsense ‸"),
      CompletionCase("help sel‸", "selectors"), CompletionCase("help qu‸", "quoting"),
      CompletionCase("help as-c‸", "as_completed"),
      CompletionCase("gate ‸", "shut", "wide", after: "open wide\nsubmit gate shut\nsleep 0.01"),
      CompletionCase("submit --as ‸", "net", after: "submit --as net print x\nwait"),
      CompletionCase("cancel @‸", "@net", after: "submit --as net print x\nwait"),
      CompletionCase("jobs @n‸", "@net", after: "submit --as net print x\nwait"),
    ])
  func names(expected: CompletionCase) async throws { try await check(expected) }

  @Test("every setting that set tells has its values here")
  func settingsAreKnown() async throws {
    let run = try await runShell("set")
    for line in run.output.split(separator: "\n") {
      let name = line.split(separator: " ")[0]
      #expect(Setting.all.contains { $0.name == name }, "\(name)")
    }
  }

  @Test(
    "behind :::, and after exec, are files; a range or text is nobody's business",
    arguments: [
      "map print ::: Packag‸", "submit print {} :::: Packag‸", "for f in Packag‸",
      "exec ls Packag‸", "sh 'ls' Packag‸", "read Packag‸", "fetch x --output Packag‸",
      "fetch x --output=Packag‸", "fetch x -o Packag‸", "save 1 Packag‸", "source Packag‸",
      "! ls Packag‸", "! cat < Packag‸", "time read Packag‸", "map print ::: a ::: Packag‸",
    ])
  func files(line: String) async throws {
    let offered = try await completion(of: line)
    let cursor = line.prefix { $0 != "‸" }.utf8.count
    #expect(offered.replacements.contains("Package.swift"))
    #expect(offered.start == cursor - 6 && offered["Package.swift"]?.note == "file")
  }

  private func check(_ expected: CompletionCase) async throws {
    let offered = try await completion(of: expected.line, after: expected.prologue)
    #expect(offered.replacements == expected.expected)
    let cursor = expected.line.prefix { $0 != "‸" }.utf8.count
    #expect((0...cursor).contains(offered.start))
  }
}
