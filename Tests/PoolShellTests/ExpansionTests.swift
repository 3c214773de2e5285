import Testing

/// What words become when their command runs.
@Suite("Expansion", .timeLimit(.minutes(5)))
struct ExpansionTests {
  @Test(
    "quotes and variables",
    arguments: [
      ShellCase("print a  b\tc", "a b c"),
      ShellCase(#"print 'a  b' "c  d" e\ f"#, "a  b c  d e f"),
      ShellCase(#"print '$x' \$x "\$x" a'b'"c"d"#, "$x $x $x abcd"),
      ShellCase(#"print "it's" 'say "x"' "\"q\"""#, #"it's say "x" "q""#),
      ShellCase("print '' \"\" x", "  x"),
      ShellCase("let x = world\nprint $x ${x} \"$x\" a$x-${x}b", "world world world aworld-worldb"),
      ShellCase("let x = 1; let x = ${x}2; print $x", "12"),
      ShellCase("let x = 'a  b *'\nprint [$x] \"[$x]\"", "[a  b *] [a  b *]"),
      ShellCase("print a # a comment\nprint a#b '#' # x", "a\na#b #"),
      ShellCase("print a \\\n  b", "a b"),
      ShellCase("print 'a\nb'", "a\nb"),
      ShellCase("print $ a$ $.", "$ a$ $."),
      ShellCase("print é “ü” 🙂", "é “ü” 🙂"),
      ShellCase("print {} { } {a,b} a{b 2>/dev/null", errors: "[..]\n[..]\n[..]", status: 3),
      ShellCase("print {} {a,b} a{b}c }}", "{} {a,b} a{b}c }}"),
    ])
  func quotes(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a variable is one word, never split again, and never read again",
    arguments: [
      ShellCase("let x = 'a b'\nfor i in $x { print \"<$i>\" }", "<a b>"),
      ShellCase("let x = 'a b'\nexec printf '<%s>\\n' $x", "<a b>"),
      ShellCase("let x = '$HOME'\nprint $x", "$HOME"),
      ShellCase("let x = '; fail boom'\nprint $x", "; fail boom"),
      ShellCase("let x = '{ fail boom }'\nprint $x", "{ fail boom }"),
      ShellCase("let x = '#'\nprint $x y", "# y"),
      ShellCase("let x = ''\nexec printf '<%s>\\n' $x a$x", "<>\n<a>"),
      ShellCase("let c = print\n$c hello", "hello"),
    ])
  func neverSplit(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "defaults, and names that are not set",
    arguments: [
      ShellCase("print ${no_such:-d} ${no_such:-} \"${no_such:-a b}\" x", "d  a b x"),
      ShellCase("let e = ''\nprint ${e:-empty}", "empty"),
      ShellCase("let x = 1\nprint ${x:-2} ${no_such:-$x} ${no_such:-${no_such:-3}}", "1 1 3"),
      ShellCase("let x = 1\nprint ${x:-$(fail boom)}", "1"),
      ShellCase("print ${no_such:-$(return v)}", "v"),
      ShellCase(
        "print $no_such",
        errors: """
          -c:1:7: error: $no_such is not set (a default: ${no_such:-…})
            print $no_such
                  ^
          """, status: 3),
      ShellCase(
        "print a$2",
        errors: """
          -c:1:8: error: there is no argument $2 (a default: ${2:-…})
            print a$2
                   ^
          """, status: 3),
    ])
  func defaults(expected: ShellCase) async throws { try await expected.check() }

  @Test("a name that is not set is looked up in the environment")
  func environment() async throws {
    try await expectShell("exec test \"$PATH\" = \"$(sh 'echo \"$PATH\"')\"")
    try await expectShell("let PATH = x\nprint $PATH", "x")
  }

  @Test(
    "the value of commands",
    arguments: [
      ShellCase("print <$(return a)>", errors: "[..]\n[..]\n[..]", status: 3),
      ShellCase("print [$(return a)] \"$(return 'b  c')\"", "[a] b  c"),
      ShellCase(#"print "[$(sh 'printf "a\n\nb\n\n\n"')]""#, "[a\n\nb]"),
      ShellCase("let x = $(sh 'echo a b')\nexec printf '<%s>\\n' $x", "<a b>"),
      ShellCase("print $(print out; return a)", "out\na"),
      ShellCase("print $(fibonacci 10; fibonacci 20)", "6765"),
      ShellCase("print \"$(sleep 0)|$(print x)|$(let y = 1)\"", "x\n||"),
      ShellCase("print $(print $(return $(return deep)))", "deep\n"),
      ShellCase("print a$(fail boom)", errors: "-c:1:10: error: boom\n[..]\n[..]", status: 3),
      ShellCase("let x = $(let y = 1; return $y)\nprint $x $y", "1 1"),
      ShellCase("print $(submit return x)", "1"),
      ShellCase(
        "submit return x\nwait\nprint $(result 1) $(state 1) $(done 1) $(exception 1)",
        "[1] return x\ndone: 1\nnot done: none\nx finished true none"),
    ])
  func substitution(expected: ShellCase) async throws { try await expected.check() }

  @Test("the arguments of the script")
  func arguments() async throws {
    let script = """
      print $1 "$2" $# ${12:-none}
      exec printf '<%s>\\n' $@ x$@y
      for i in "$@" { print "[$i]" }
      print $10
      """
    try await ShellCase(script, "a b  c 2 none\n<a>\n<b  c>\n<xa>\n<b  cy>\n[a]\n[b  c]\na0")
      .check(arguments: ["a", "b  c"])
    try await expectShell("exec printf '<%s>\\n' $@ \"$@\" .; print $#", "<.>\n0")
    try await ShellCase("print ${12} $12", "twelve a2")
      .check(arguments: ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "twelve"])
  }

  @Test(
    "a list of ids is a word for each, unless it is quoted",
    arguments: [
      ShellCase(
        "set quiet on\nlet ids = $(submit return x ::: 1..3)\nexec printf '<%s>\\n' $ids \"$ids\"",
        "<1>\n<2>\n<3>\n<1 2 3>"),
      ShellCase(
        "set quiet on\nlet ids = $(submit return x ::: 1..2)\nlet more = $ids\nresult $more",
        "x 1\nx 2"),
      ShellCase(
        "set quiet on\nlet ids = $(submit return x ::: 1..2)\nresult all\nlet text = \"$ids\"\n"
          + "result $text",
        "x 1\nx 2", errors: "-c:5:8: error: 1 2 is no selector [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "set quiet on\nfor i in $(submit return x ::: 1..2) { result $i }", "x 1\nx 2"),
      ShellCase(
        "set quiet on\nsubmit return x ::: 1..3\nlet done2 = $(wait 2..3)\nprint a${done2}b",
        "a2 3b"),
    ])
  func ids(expected: ShellCase) async throws { try await expected.check() }
}
