import Testing

@testable import PoolShell

/// `--dry-run`: what would run, as lines for poolsh; nothing runs.
@Suite("--dry-run", .timeLimit(.minutes(5)))
struct DryRunTests {
  @Test(
    "a line for each job",
    arguments: [
      ShellCase(
        "map --dry-run exec convert {} {.}.png ::: 'a b.jpg' c.jpg",
        "exec convert 'a b.jpg' 'a b'.png\nexec convert c.jpg c.png"),
      ShellCase(
        "map --dry-run print ::: a \"it's\" '' -x 1..2 '1..2'",
        "print a\nprint 'it'\\''s'\nprint ''\nprint '-x'\nprint 1\nprint 2\nprint '1..2'"),
      ShellCase(
        "let v = 'x y'\nmap --dry-run print $v \"$v/{}\" 'q;' {#} ::: a",
        "print 'x y' 'x y'/a 'q;' 1"),
      ShellCase("map --dry-run print $(fail never) {} ::: a", "print $(fail never) a"),
      ShellCase("map --dry-run print \"$worker\" {%} ::: a", "print \"$worker\" 1"),
      ShellCase("map --dry-run sh 'gzip {} | cat' ::: a", "sh 'gzip a | cat'"),
      ShellCase("map --dry-run sh ::: 'echo hello' ls", "sh 'echo hello'\nsh ls"),
      ShellCase("map -n 2 --dry-run print {1} {2} ::: a b c", "print a b\nprint c ''"),
      ShellCase(
        "map --dry-run { print $item  # why\n  sleep 0 && print 'x;\"'\n} ::: a 'b c'",
        "map { print $item; sleep 0 && print 'x;\"' } ::: a\n"
          + "map { print $item; sleep 0 && print 'x;\"' } ::: 'b c'"),
      ShellCase(
        "map --zip --dry-run { print $item1 } ::: a ::: '*'",
        "map --zip { print $item1 } ::: a ::: '*'"),
      ShellCase("def f x { print $x }\nsubmit --dry-run f ::: 1..2", "f 1\nf 2"),
      ShellCase(
        "submit --dry-run fail now\ntry { state 1 } catch { print $error }", "fail now\nno future 1"
      ),
      ShellCase("let lines = $(map --dry-run print ::: a b)\nprint \"$lines\"", "print a\nprint b"),
      ShellCase("map --dry-run print :::"),
      ShellCase(
        "map --dry-run prnt ::: a",
        errors: "-c:1:15: error: unknown command prnt [..]\n[..]\n[..]", status: 3),
    ])
  func lines(expected: ShellCase) async throws { try await expected.check() }

  @Test("in JSON")
  func json() async throws {
    let run = try await runShell("map --dry-run print ::: a") { $0.isJSON = true }
    #expect(run.output == #"{"command":"map","value":"print a"}"# + "\n")
  }

  /// What the lines say when they are given to poolsh is what the map says.
  @Test(
    "the lines can be run",
    arguments: [
      "print {}", "print x{}y \"{}\" '{}' {.}", "sh 'printf \"%s|\" {} x{}y \"a {}\"; echo'",
      "sh \"printf '%s|' '{}' {/}; echo\"", "sh 'printf \"%s|\"'",
      "exec printf '<%s>' a {} '$HOME'", "{ print \"<$item>\"; return $item }", "return {}",
      "repeat 2 print {}", "repeat 2 { print $item }",
    ])
  func canBeRun(command: String) async throws {
    let items = [
      "plain", "'two  words'", "\"it's\"", "'\"\"'", "'$HOME'", "'`x`'", "'a;b|c&d'", "'{}'",
      "'{1}'", "'#'", "'*'", "'1..3'", "'do'", "':::'", "'\\'", "'a\\b'", "'é🙂'", "'--timeout'",
      "a/b.c", "'a\nb'", "'}'", "'~'", "'='",
    ].joined(separator: " ")
    let lines = try await runShell("map --dry-run \(command) ::: \(items)")
    #expect(lines.errors.isEmpty && lines.status == 0, "\(lines.errors)")
    let direct = try await runShell("map \(command) ::: \(items)")
    let pasted = try await runShell(lines.output)
    #expect(pasted.errors == direct.errors && pasted.status == 0, "\(pasted.errors)")
    #expect(pasted.output == direct.output, "\(lines.output)")
  }
}
