import Testing

@testable import PoolShell

/// What stands for an item in the words of a command, as with GNU parallel.
@Suite("Placeholders", .timeLimit(.minutes(5)))
struct PlaceholderTests {
  @Test(
    "each stands for its part of the item",
    arguments: [
      ("{}", "/a/b/c.tar.gz", "/a/b/c.tar.gz"), ("{.}", "/a/b/c.tar.gz", "/a/b/c.tar"),
      ("{/}", "/a/b/c.tar.gz", "c.tar.gz"), ("{//}", "/a/b/c.tar.gz", "/a/b"),
      ("{/.}", "/a/b/c.tar.gz", "c.tar"), ("{#}", "/a/b/c.tar.gz", "1"),
      ("{1}", "x.y", "x.y"), ("{1.}", "x.y", "x"), ("{1/}", "d/x.y", "x.y"),
      ("{1//}", "d/x.y", "d"), ("{1/.}", "d/x.y", "x"),
      ("{//}", "plain", "."), ("{//}", "/top", "/"), ("{.}", "plain", "plain"),
      ("{.}", "d.d/plain", "d.d/plain"), ("{/.}", "d.d/plain", "plain"),
      ("{/}", "a/b/", ""), ("{//}", "a/b/", "a"), ("{//}", "d/", "."),
      ("{.}", "dot.", "dot"), ("{.}", "..", "."), ("{/.}", ".bashrc", ""),
      ("{-1/.}", "d/x.y", "x"),
      ("{.}{/}", "a b.c", "a ba b.c"), ("x{}y{}", "i", "xiyi"), ("'{}'", "a  b", "a  b"),
    ])
  func parts(placeholder: String, item: String, expected: String) async throws {
    let run = try await runShell("map print '[' \(placeholder) ']' ::: '\(item)'")
    #expect(run.output == "[ \(expected) ]\n" && run.status == 0)
  }

  @Test(
    "where they stand",
    arguments: [
      ShellCase("map print {#} {} ::: a b c", "1 a\n2 b\n3 c"),
      ShellCase("map print x{}y{}z '{}' \"{}\" ::: 'a b'", "xa bya bz a b a b"),
      ShellCase("map --zip print {2}-{1} ::: a b ::: 1 2", "1-a\n2-b"),
      ShellCase("map --zip print {1.} {2/} {} ::: a.b ::: /x/y", "a y a.b /x/y"),
      ShellCase("map print ::: a 'b c'", "a\nb c"),
      ShellCase("map --zip exec printf '<%s>\\n' x ::: a ::: 'b c'", "<x>\n<a>\n<b c>"),
      ShellCase("map print before ::: a", "before a"),
      ShellCase("submit return {} ::: a.b\nresult 1", "[1] return a.b\na.b"),
      ShellCase(
        "map print {0} {3x} {a} {...} {-} {--1} {} ::: i", "{0} {3x} {a} {...} {-} {--1} i"),
      ShellCase("map --zip print {-1} {-2/} ::: a ::: b", "b a"),
      ShellCase(
        "map --zip exec printf '<%s>\\n' {} x{}y '{}' {/} ::: d/a ::: 'b c'",
        "<d/a>\n<b c>\n<xd/a b cy>\n<d/a b c>\n<a>\n<b c>", name: "{} of several"),
      ShellCase("map --zip sh 'printf \"<%s>;\\n\" {}' ::: a ::: 'b c'", "<a>;\n<b c>;"),
      ShellCase("print {} {#} {1}", "{} {#} {1}"),
      ShellCase("submit print {}\nwait", "[1] print {}\n{}\ndone: 1\nnot done: none"),
    ])
  func places(expected: ShellCase) async throws { try await expected.check() }

  @Test("a list that is not there is an error of the map")
  func missingList() async throws {
    try await expectShell(
      "map print {2} ::: a b",
      errors: """
        -c:1:11: error: there is no list {2}: only 1 list of items
          map print {2} ::: a b
                    ^
        """, status: 3)
  }

  @Test(
    "only what is written is a placeholder, never what comes out of a variable or an item",
    arguments: [
      ShellCase("let p = {}\nmap print $p ::: a", "{} a"),
      ShellCase("let p = {}\nmap print \"$p\" {} ::: a", "{} a"),
      ShellCase("map print {} ::: '{}' '{#}' '{.}'", "{}\n{#}\n{.}"),
      ShellCase("map print ::: '{}' '{1}'", "{}\n{1}"),
      ShellCase("map print {} $(return {}) ::: a", "a {}"),
      ShellCase("map print {} ::: '$HOME' '$(return x)' '~' '*'", "$HOME\n$(return x)\n~\n*"),
      ShellCase("let v = '$HOME'\nmap print {} ::: $v", "$HOME"),
      ShellCase("map print {} ::: '1..3' '#' ';'", "1..3\n#\n;"),
      ShellCase("map exec printf '%s\\n' {} ::: --help '-n'", "--help\n-n"),
      ShellCase(
        "map wait {} ::: '--timeout'",
        errors: "[1] error: --timeout is no selector [..]\n-c:1:1: error: 1 of 1 items failed: 1\n"
          + "  map wait {} ::: '--timeout'\n  ^", status: 3),
    ])
  func onlyAsWritten(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a block has no placeholders: it reads $item",
    arguments: [
      ShellCase("map { print \"<$item>\" } ::: 'a b' '$(fail x)' '{}'", "<a b>\n<$(fail x)>\n<{}>"),
      ShellCase("map { print {} $item } ::: a", "{} a"),
      ShellCase("map --zip { print $item1 $item2 \"$item\" } ::: a b ::: 1 2", "a 1 a 1\nb 2 b 2"),
      ShellCase("def f x { return \"$x/$item\" }\nmap f ::: a b", "a/a\nb/b"),
      ShellCase("map { map { return \"in $item\" } ::: x; return $item } ::: a", "a"),
      ShellCase(
        "submit { return \"got $item\" } ::: a\nresult 1",
        "[1] { return \"got $item\" } ::: a\ngot a"),
      ShellCase("map repeat 2 { print $item } ::: a", "a\na"),
    ])
  func blocks(expected: ShellCase) async throws { try await expected.check() }

  @Test("{%} is the worker of the pool, from 1, and no other job has it at the time")
  func slot() async throws {
    try await expectShell(
      """
      set quiet on
      pool new -w 2
      submit { gate go } ::: a b
      pool new -w 1
      map print {%} {%}x ::: a b
      map sh 'echo {%}' ::: c
      open go
      """, "1 1x\n1 1x\n1")
    let run = try await runShell(
      """
      pool new -w 3 --thread-name-prefix my_own
      map print {%} ::: 1..60
      """)
    let slots = Set(run.output.split(separator: "\n").dropFirst())
    #expect(!slots.isEmpty && slots.isSubset(of: ["1", "2", "3"]))
  }

  @Test("an error about an appended item shows the item")
  func appendedItemError() async throws {
    try await expectShell(
      "map sleep 0 ::: a",
      errors: """
        [1] error: sleep: unexpected a (usage: sleep D | sleep A..B)
        -c:1:1: error: 1 of 1 items failed: 1
          map sleep 0 ::: a
          ^
        """, status: 3)
  }
}
