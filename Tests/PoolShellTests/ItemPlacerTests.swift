import Testing

/// Placeholders in `sh` lines, in every place that sh knows: the item is there as data, or the line is refused.
@Suite("Placeholders in the places of a shell line", .timeLimit(.minutes(5)))
struct ItemPlacerTests {
  /// Each would do something if the shell read it.
  static let nasty = [
    "a b", "*", "$(echo pwned)", "`echo pwned`", "it's", "say \"x\"", "a\nb", "-n", "\\", "#", "}",
    ")", "$HOME",
  ]

  /// A line, and what it writes where {} is the item.
  struct Place: Sendable, CustomTestStringConvertible {
    var line: String
    var output: String
    var testDescription: String { line }

    init(_ line: String, _ output: String = "<{}>") { (self.line, self.output) = (line, output) }
  }

  static let certain = [
    Place("true # it's a comment\nprintf '<%s>' {}"),
    Place("true # a {} comment\nprintf '<%s>' {}"),
    Place("printf '<%s>' a#b's' {}", "<a#bs><{}>"),
    Place("cat <<END\nit's {}\nEND\n", "it's {}\n"),
    Place("cat <<END\n<{}>\nEND\nprintf '<%s>' {}", "<{}>\n<{}>"),
    Place("cat <<-END\n\tit's {}\n\tEND\nprintf '<%s>' '{}'", "it's {}\n<{}>"),
    Place("cat <<A; cat <<'B'\n\"{}\nA\nit's\nB\nprintf '<%s>' \"{}\"", "\"{}\nit's\n<{}>"),
    Place("cat <<END\n$(printf '<%s>' {})\nEND\n", "<{}>\n"),
    Place("printf '%s' \"`printf '<%s>' {}`\""),
    Place("printf '%s' \"$(printf '<%s>' {})\""),
    Place("printf '%s' \"$(printf '<%s>' '{}')\""),
    Place("printf '%s' \"$(printf '<%s>' \"{}\")\""),
    Place("printf '%s' \"$( (printf '<%s>' {}) )\""),
    Place("printf '%s' \"$(case a in a) printf '<%s>' {};; esac)\""),
    Place("printf '%s' \"$(case a in (b) ;; (a) printf '<%s>' {};; esac)<{}>\"", "<{}><{}>"),
    Place(
      "printf '%s' \"$(if true; then case a in a) printf '<%s>' {};; esac; fi)<{}>\"", "<{}><{}>"),
    Place("case a in a) printf '<%s>' {};; esac"),
    Place("case {} in '{}') printf '<%s>' {};; esac"),
    Place("x={}; printf '<%s>' \"$x\""),
    Place("printf '<%s>' ${nope:-{}}"),
    Place("printf '<%s>' \"${nope:-{}}\""),
    Place("y=x{}; printf '<%s>' \"${y#x}\" $# '{}'", "<{}><0><{}>"),
    Place("y=z{}z; printf '<%s>' \"${y#z{}}\"", "<z>"),
    Place("f() { printf '<%s>' {}; }; f x"),
    Place("printf '<%s>' 'e\u{301}'{}", "<e\u{301}{}>"),
    Place("printf '<%s>' \"\u{301}{}\"", "<\u{301}{}>"),
    Place("printf '<%s>' $((1 + (2))) {}", "<3><{}>"),
  ]

  @Test("the item is data", arguments: certain, nasty)
  func data(place: Place, item: String) async throws {
    let run = try await runShell("map sh \(quoted(place.line)) ::: \(quoted(item))")
    let expected = place.output.replacing("{}", with: item)
    // What `$(…)` gives loses newlines at its end, and none of these has one.
    #expect(run.output == expected && run.errors.isEmpty && run.status == 0, "\(run)")
  }

  @Test("finding 5: placeholders behind comments, in here-documents, backquotes, case, arithmetic")
  func finding5() async throws {
    try await expectShell("map sh 'true # it'\\''s a comment\necho {}' ::: a", "a")
    try await expectShell("map sh 'cat <<END\nit'\\''s {}\nEND\n' ::: 'x y'", "it's x y")
    try await expectShell("map sh 'echo \"`echo {}`\"' ::: '*'", "*")
    try await expectShell("map sh 'echo \"$(case a in a) echo {};; esac)\"' ::: '*'", "*")
    try await expectShell("map sh 'echo $(( {} + 1 )) $((2*({}+1)))' ::: 5 -3", "6 12\n-2 -4")
  }

  @Test("a here-document with a quoted delimiter has the item itself")
  func quotedDelimiter() async throws {
    let line = quoted("cat <<'END'\n$HOME {} it's\nEND\n")
    try await expectShell(
      "map sh \(line) ::: '$(echo pwned)' '*' \"it's\"",
      "$HOME $(echo pwned) it's\n$HOME * it's\n$HOME it's it's")
  }

  @Test(
    "what cannot be decided is refused in one line, and nothing runs",
    arguments: [
      ("echo $(( {} + 1 ))", "a[$(touch pwned)]", "must be a whole number"),
      ("cat <<'END'\n{}\nEND\n", "END", "delimiter is quoted"),
      ("cat <<'END'\n{}\nEND\n", "a\nEND\necho pwned", "delimiter is quoted"),
      ("cat <<{}\n", "a", "must be a plain word"),
      ("echo $'it\\'s' {}", "a", "$'…'"), ("echo $'{}'", "a", "$'…'"),
      ("echo `echo \\`echo {}\\``", "a", "inside of backquotes"),
      ("echo \\{}", "a", "behind a backslash"), ("echo ${}", "a", "behind $"),
      ("echo \"$(echo case a) {}\"", "*", "where this case ends"),
      ("((x = {}))", "1", "((…))"),
    ])
  func refused(line: String, item: String, reason: String) async throws {
    let run = try await runShell("map sh \(quoted(line)) ::: \(quoted(item))")
    #expect(run.output.isEmpty && run.errors.contains(reason) && run.status == 3, "\(run)")
  }

  @Test(
    "a word is not appended where it would be no word of a command",
    arguments: ["echo '", "echo \"", "echo a # b", "cat <<END\n", "echo $(echo", "echo \\"])
  func appending(line: String) async throws {
    let run = try await runShell("map sh \(quoted(line)) ::: '; echo pwned'")
    #expect(run.output.isEmpty && run.errors.contains("cannot be appended"), "\(run)")
  }

  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
