import Testing

@testable import PoolShell

/// What Tab offers of what a session has: futures, variables.
@Suite("Completion of futures and variables", .timeLimit(.minutes(5)))
struct CompletionNameTests {
  /// 1 finished, 2 failed, 3 running, 4 pending, 5 cancelled.
  private func offered(_ lines: String...) async throws -> [Shell.Completion] {
    try await completions(of: lines, after: Prologue.states)
  }

  private func ids(_ offered: Shell.Completion) -> [String] {
    offered.replacements.filter { Int($0) != nil }
  }

  @Test("ids that make sense there, the newest first")
  func ids() async throws {
    let offered = try await offered(
      "cancel ‸", "result ‸", "exception ‸", "wait ‸", "on_done ‸", "save ‸", "jobs ‸", "state ‸",
      "running ‸", "info ‸", "jobs 3 ‸", "state 3 ‸", "jobs 1‸", "jobs 3..‸")
    #expect(
      offered.map(ids) == [
        ["4"], ["5", "2", "1"], ["5", "2", "1"], ["4", "3"], ["4", "3"], ["5", "2", "1"],
        ["5", "4", "3", "2", "1"], ["5", "4", "3", "2", "1"], ["5", "4", "3", "2", "1"],
        ["5", "4", "3", "2", "1"], ["5", "4", "3", "2", "1"], [], ["1"], [],
      ])
    #expect(offered[0]["4"]?.note == "pending  return queued")
    #expect(offered[6]["3"]?.note == "running  { open up; gate g; return went }")
  }

  @Test("selectors that make sense there")
  func selectors() async throws {
    let offered = try await offered(
      "cancel ‸", "result ‸", "wait ‸", "jobs ‸", "state ‸", "on_done ‸", "jobs fi‸", "jobs 'fi‸",
      "exception l‸", "wait a‸")
    let words = offered.map { $0.replacements.filter { Int($0) == nil } }
    #expect(words[0] == ["all", "last", "pending"])
    #expect(
      words[1] == ["all", "cancelled", "done", "failed", "finished", "last", "skipped", "unseen"])
    #expect(words[2].prefix(3) == ["all", "first", "exception"])
    #expect(words[3] == SelectorWord.allCases.map(\.rawValue).sorted())
    #expect(words[4] == ["last"])
    #expect(words[5] == ["all", "last", "pending", "running", "unseen", "{"])
    #expect(words[6] == ["finished"] && words[7] == ["'finished'"] && words[8] == ["last"])
    #expect(words[9] == ["all"])
  }

  @Test("the words of selectors are those that select")
  func selectorWords() async throws {
    for word in SelectorWord.allCases {
      let run = try await runShell("submit print x\nwait\nlet j = $(jobs \(word.rawValue))")
      #expect(run.status == 0, "\(word)")
    }
  }

  @Test("at most 200 ids, and only so many futures are looked at")
  func manyFutures() async throws {
    let offered = try await completions(
      of: ["jobs ‸", "jobs 1‸", "jobs 99‸"],
      after: "set quiet on\nlet ids = $(submit print ::: 1..1000)\nlet j = $(wait)")
    #expect(offered[0].replacements.count { Int($0) != nil } == 200)
    #expect(offered[0].replacements.first { Int($0) != nil } == "1000")
    #expect(offered[1].replacements.first == "1000")
    #expect(
      offered[2].replacements
        == (["999", "998", "997", "996", "995", "994", "993"]
          + ["992", "991", "990", "99"]))
  }

  @Test(
    "variables, and what is in them",
    arguments: [
      CompletionCase("print $na‸", "$name", after: "let name = x"),
      CompletionCase("print ${na‸", "${name}", after: "let name = x"),
      CompletionCase("print \"a $na‸", "$name", after: "let name = x"),
      CompletionCase("print a$na‸", "$name", after: "let name = x"),
      CompletionCase("print '$na‸", after: "let name = x"),
      CompletionCase("print \\$na‸", after: "let name = x"),
      CompletionCase("$na‸", "$name", after: "let name = x"),
      CompletionCase("print ${x:-$na‸", "$name", after: "let name = x"),
      CompletionCase("print ${na‸me}", "${name}", after: "let name = x"),
      CompletionCase("let na‸", "name", after: "let name = x"),
      CompletionCase("let $na‸", "$name", after: "let name = x"),
      CompletionCase("for file in a { print $fi‸", "$file"),
      CompletionCase("def greet who { print $wh‸", "$who"),
      CompletionCase("let one = 1; print $on‸", "$one"),
      CompletionCase("try { a } catch { print $er‸", "$error"),
      CompletionCase("try { print $er‸"),
      CompletionCase("submit { print $ite‸", "$item"),
      CompletionCase("as_completed do { print $resu‸", "$result"),
      CompletionCase("on_done 1 { for x in 1 { print $resu‸", "$result"),
      CompletionCase("print $not_‸", "$not_done"), CompletionCase("print $work‸", "$worker"),
      CompletionCase("print $PAT‸", "$PATH"), CompletionCase("print ${PAT‸", "${PATH}"),
      CompletionCase("print $1‸"), CompletionCase("print ${1‸"),
    ])
  func variables(expected: CompletionCase) async throws {
    let offered = try await completion(of: expected.line, after: expected.prologue)
    let relevant = offered.replacements.filter { expected.expected.contains($0) }
    if expected.expected.isEmpty {
      #expect(offered.candidates.isEmpty)
    } else {
      #expect(relevant == expected.expected)
    }
  }

  @Test("names of the environment only once something of the name is typed")
  func environment() async throws {
    let offered = try await completions(
      of: ["print $‸", "print ${‸", "print $P‸"],
      after: "let name = value\nlet long = '\(String(repeating: "a b\n", count: 200))'")
    #expect(offered[0].replacements == ["$done", "$long", "$name", "$not_done", "$worker"])
    #expect(
      offered[1].replacements == ["${done}", "${long}", "${name}", "${not_done}", "${worker}"])
    #expect(offered[2].replacements.contains("$PATH") && offered[2]["$PATH"]?.note == "environment")
    #expect(offered[0]["$name"]?.note == "value" && offered[0]["$name"]?.display == "$name")
    let note = try #require(offered[0]["$long"]?.note)
    #expect(note.hasPrefix("a b a b") && note.hasSuffix("…") && note.count <= 48)
  }

  @Test("in quotes a variable does not end the word")
  func variableInQuotes() async throws {
    let offered = try await completions(
      of: ["print $na‸", "print \"$na‸"], after: "let name = x")
    #expect(offered.map { $0.candidates.first?.endsWord } == [true, false])
    #expect(offered.map(\.start) == [6, 7])
  }

  @Test("what values are")
  func values() async throws {
    let offered = try await completion(
      of: "print $‸",
      after: "let j = $(submit print ::: 1..5)\nlet t = $(sh 'printf \"a\\033[31m\"')\nlet e = ''")
    #expect(offered["$j"]?.note == "1..5" && offered["$t"]?.note == "a^[[31m")
    #expect(offered["$e"]?.note == "")
  }

  @Test("asking changes nothing: nothing is seen, listed, written or run")
  func changesNothing() async throws {
    let run = try await onShellThread {
      try ask(
        ["result ‸", "jobs ‸", "print $(open g‸", "print $(print $w‸", "shutdown ‸"],
        after: "submit fail boom\nlet w = $(wait)"
      ).run
    }
    #expect(run.output == "[1] fail boom\n")
    #expect(run.errors == "1 failure was never looked at: 1\n" && run.status == 1)
  }

  @Test("asking makes no pool")
  func makesNoPool() async throws {
    let offered = try await completions(of: ["submit --pool ‸", "shutdown ‸"])
    #expect(offered[0].replacements == ["main"])
    #expect(offered[1].replacements == ["--cancel-futures", "--no-wait", "--wait"])
  }
}
