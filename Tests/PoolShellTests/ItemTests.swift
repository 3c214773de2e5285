import Testing

/// What stands where items or ids stand: ranges, patterns, lines; and how options are written.
@Suite("Items and options as written", .timeLimit(.minutes(5)))
struct ItemTests {
  @Test(
    "ranges of whole numbers, both ends included",
    arguments: [
      ShellCase("for i in 1..3 { print $i }", "1\n2\n3"),
      ShellCase("for i in 3..1 { print $i }", "3\n2\n1"),
      ShellCase("for i in -2..1 7..7 { print $i }", "-2\n-1\n0\n1\n7"),
      ShellCase("let n = 2\nfor i in 1..$n $n..3 { print $i }", "1\n2\n2\n3"),
      ShellCase("for i in '1..2' \"1..2\" 1'..'2 1\\..2 { print $i }", "1..2\n1..2\n1..2\n1..2"),
      ShellCase("let r = 1..3\nfor i in $r { print $i }", "1..3"),
      ShellCase("for i in a..c 1..b 1...3 .. { print $i }", "a..c\n1..b\n1...3\n.."),
      ShellCase("print 1..3", "1..3"),
      ShellCase("let r = 1..3\nprint $r", "1..3"),
      ShellCase("map return ::: 8..10", "8\n9\n10"),
      ShellCase("map return ::: $(return 1..2)", "1..2"),
      ShellCase("for i in $(return '1..2') { print $i }", "1..2"),
      ShellCase(
        "for i in {1..5} { print $i }",
        errors: """
          -c:1:10: error: ranges are written 1..5, without braces
            for i in {1..5} { print $i }
                     ^
          """, status: 3),
      ShellCase("for i in 1..99999999999 { }", errors: "[..]too long[..]\n[..]\n[..]", status: 3),
    ])
  func ranges(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "an unquoted substitution gives an item for each line",
    arguments: [
      ShellCase(#"for i in $(sh 'printf "a b\n\nc\n"') { print "<$i>" }"#, "<a b>\n<>\n<c>"),
      ShellCase(#"for i in "$(sh 'printf "a\nb\n"')" { print "<$i>" }"#, "<a\nb>"),
      ShellCase(#"for i in x$(sh 'printf "a\nb\n"') { print "<$i>" }"#, "<xa\nb>"),
      ShellCase(#"map return ::: $(sh 'printf "*\n\$x\n"')"#, "*\n$x"),
      ShellCase("for i in $(print x) $(return) { print $i }", "x"),
      ShellCase("print $(return a) $(sh 'printf \"b\\nc\"')", "a b\nc"),
    ])
  func lines(expected: ShellCase) async throws { try await expected.check() }

  @Test("patterns give the files, sorted, where items stand and are written unquoted")
  func patterns() async throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "a.txt", "c d.txt", "x.log", ".hidden.txt", "q[1].txt"] {
      try folder.write(name, "")
    }
    let script = """
      let d = \(folder.path)
      for f in $d/*.txt { exec basename $f }
      for f in $d/?.txt $d/[bx].* "$d"/*.log { exec basename $f }
      for f in '*' "$d/*" $d/nosuch* $d/'*' { exec basename $f }
      let p = "$d/*.txt"
      for f in $p { exec basename $f }
      for f in $d/q[1]* $d/q'[1]'* { exec basename $f }
      print * ?
      """
    try await expectShell(
      script,
      """
      a.txt
      b.txt
      c d.txt
      q[1].txt
      a.txt
      b.txt
      b.txt
      x.log
      x.log
      *
      *
      nosuch*
      *
      *.txt
      q[1]*
      q[1].txt
      * ?
      """)
  }

  @Test(
    "options are options only as written",
    arguments: [
      ShellCase(
        "let o = --timeout\nwait $o", errors: "-c:2:6: error: --timeout is no s[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "wait '--timeout'",
        errors: "-c:1:6: error: --timeout is no sel[..]\n[..]\n"
          + "[..]", status: 3),
      ShellCase("wait -- first", "done: none\nnot done: none"),
      ShellCase("print -n --x -- a", "-n --x -- a"),
      ShellCase("return --x -- a", "--x -- a"),
      ShellCase("try { fail --x -- a } catch { print $error }", "--x -- a"),
      ShellCase("exec printf '<%s>\\n' -w --json -- x", "<-w>\n<--json>\n<-->\n<x>"),
      ShellCase("exec -- printf '<%s>\\n' --", "<-->"),
      ShellCase("map return ::: -w 4 --zip", "-w\n4\n--zip"),
      ShellCase("map exec printf '<%s>\\n' ::: --help -1", "<--help>\n<-1>"),
      ShellCase("let x = -5\nprint $x", "-5"),
      ShellCase("repeat 2 print --no-wait", "--no-wait\n--no-wait"),
      ShellCase("submit print --as x\nwait", "[1] print --as x\n--as x\ndone: 1\nnot done: none"),
      ShellCase("submit --as lot -- print x\nwait @lot", "[1] print x\nx\ndone: 1\nnot done: none"),
      ShellCase("wait '1'", errors: "-c:1:6: error: no future 1\n[..]\n[..]", status: 3),
    ])
  func options(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "`--opt=value`, `-w4`, and `_` for `-`",
    arguments: [
      ShellCase("pool new a -w4", "pool a: 4 workers"),
      ShellCase("pool new a -w 4", "pool a: 4 workers"),
      ShellCase("pool new a --workers=4", "pool a: 4 workers"),
      ShellCase("pool new -w1 a", "pool a: 1 worker"),
      ShellCase("let n = 3\npool new a -w$n", "pool a: 3 workers"),
      ShellCase("let n = 3\npool new -w$n a", "pool a: 3 workers"),
      ShellCase("let n = 3\npool new a --workers=\"$n\"", "pool a: 3 workers"),
      ShellCase(
        "pool new --thread_name_prefix=p -w 1\nwith pool { }\nworkers",
        "pool pool1: 1 worker\nMainThread"),
      ShellCase(
        "as-completed; on-done all { }; add-done-callback all { }",
        errors: "no futures\nno futures"),
      ShellCase("map --no_wait --job_timeout=2s return ::: 1", "[1] 1 future"),
      ShellCase("shutdown --no_wait --cancel-futures", "pool main: shut down, 0 cancelled"),
      ShellCase("wait --timeout=0", "done: none\nnot done: none"),
      ShellCase(
        "shutdown --no-wait=3",
        errors: "-c:1:10: error: shutdown: --no-wait takes no value [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "wait --timeout",
        errors: "-c:1:6: error: wait: --timeout needs D [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "wait --timeuot 1",
        errors:
          "-c:1:6: error: wait: unknown option --timeuot (did you mean --timeout?)\n[..]\n[..]",
        status: 3),
    ])
  func spellings(expected: ShellCase) async throws { try await expected.check() }
}
