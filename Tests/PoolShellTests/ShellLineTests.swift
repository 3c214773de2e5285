import Testing

/// Items in `sh` lines: whatever they hold, they are text there and never code.
@Suite("Items in sh lines", .timeLimit(.minutes(5)))
struct ShellLineTests {
  /// Each would do something if the shell read it.
  static let hostile = [
    "a b", "c;d", "$(echo pwned)", "`echo pwned`", "it's", "\"q\"", "*", "~", "$HOME", "a\nb",
    "\\", "", "'; echo pwned; '", "\"; echo pwned; \"", "' $(echo pwned) '", "\" $(echo pwned) \"",
    "&& echo pwned", "| cat", "> /dev/full", "#", "!", "-n", "é🙂", "'\"'\"'", "\\'", "${IFS}", "\t",
  ]

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }

  @Test("in the place of {} an item is one word of the line", arguments: hostile)
  func placeholder(item: String) async throws {
    let run = try await runShell(#"map sh 'printf "<%s>" {} {}' ::: "# + quoted(item))
    #expect(run.output == "<\(item)><\(item)>" && run.errors.isEmpty && run.status == 0)
  }

  @Test("appended to a line an item is one word", arguments: hostile)
  func appended(item: String) async throws {
    let run = try await runShell(#"map sh 'printf "<%s>"' ::: "# + quoted(item))
    #expect(run.output == "<\(item)>" && run.errors.isEmpty && run.status == 0)
  }

  @Test("a word after the line is one word of it", arguments: hostile)
  func words(item: String) async throws {
    let run = try await runShell(#"sh 'printf "<%s>"' x "# + quoted(item))
    #expect(run.output == "<x><\(item)>" && run.errors.isEmpty && run.status == 0)
  }

  @Test(
    "inside the quotes of a line an item is still no code", arguments: hostile,
    [
      #"'printf "<%s>" "{}"'"#, #""printf '<%s>' '{}'""#, #"'printf "<%s>" "a{}b"'"#,
      #"'x={}; printf "<%s>" "$x"'"#, #"'printf "<%s>" \{}'"#,
    ])
  func insideQuotes(item: String, line: String) async throws {
    let run = try await runShell("try { map sh \(line) ::: \(quoted(item)) }")
    // Either it is refused, or the item is there whole; a bare pwned is code that has run.
    let isWhole = run.output.contains(item) || item.isEmpty
    #expect(run.output.isEmpty || isWhole, "\(line) of \(item) wrote: \(run.output)")
    #expect(!run.errors.contains("pwned: not found"))
  }

  @Test("without a line the item is the line")
  func lineIsItem() async throws {
    try await expectShell("map sh ::: 'echo a' 'echo b; echo c'", "a\nb\nc")
    try await expectShell("map sh {} ::: 'echo a'", errors: "[..]\n[..]\n[..]\n[..]", status: 3)
  }

  @Test("a variable in the line is not quoted: it is part of the line as written")
  func variable() async throws {
    try await expectShell(#"let x = 'a; echo b'; sh "echo $x""#, "a\nb")
    try await expectShell(#"let x = '$(echo b)'; sh 'printf "%s\n"' $x"#, "$(echo b)")
  }
}
