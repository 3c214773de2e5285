import Testing

/// `def`, `let`, `for`, `try`, `&&` and `||`: the language.
@Suite("Language commands", .timeLimit(.minutes(5)))
struct DefTests {
  @Test(
    "a def is a command with parameters",
    arguments: [
      ShellCase("def f a b { print \"$a-$b\" }\nf 1 '2 3'", "1-2 3"),
      ShellCase(
        "def f a b { print $a }\nf 1",
        errors: "-c:2:1: error: f takes 2 arguments, not 1 "
          + "(usage: f A B)\n  f 1\n  ^", status: 3),
      ShellCase("def f a { print $a }\nf --x", "--x"),
      ShellCase(
        "def f { print x }\nf { print y }",
        errors: "-c:2:3: error: f takes words, not blocks\n[..]\n[..]", status: 3),
      ShellCase("def f-g_h { print x }\nf-g_h", "x"),
      ShellCase("def f { print 1 }\ndef f { print 2 }\nf", "2"),
      ShellCase(
        "def print { }",
        errors: "-c:1:[..]: error: def: print is a command already [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "def f x x { }",
        errors: "-c:1:9: error: def: x is there twice [..]\n[..]\n"
          + "[..]", status: 3),
      ShellCase(
        "def 1f { }", errors: "-c:1:[..]: error: def: 1f is no name for a command [..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "def f a b", errors: "-c:1:[..]: error: def: { … } is missing [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "def even n { exec test $n = 2 && return yes || return no }\neven 2\neven 3", "yes\nno"),
      ShellCase(
        "try { \(String(repeating: "repeat 1 ", count: 300)) print x } catch { print $error }",
        "nested more than 200 deep"),
      ShellCase(
        "def f worker { }", errors: "-c:1:[..]: error: def: [..]worker[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "for worker in a { }", errors: "-c:1:[..]: error: for: [..]worker[..]\n[..]\n[..]",
        status: 3),
      ShellCase("def f { f }\ntry { f } catch { print $error }", "nested more than 200 deep"),
    ])
  func defs(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "its parameters and lets are its own; the rest is read from its caller",
    arguments: [
      ShellCase("def f { let x = in; print $x }\nlet x = out\nf\nprint $x", "in\nout"),
      ShellCase(
        "def outer x { inner; print $x }\ndef inner { print \"sees $x\"; let x = changed }\n"
          + "outer 1",
        "sees 1\n1"),
      ShellCase("def f { print ${x:-none} }\nf\nlet x = now\nf", "none\nnow"),
      ShellCase(
        "def f { for i in 1..2 { let y = $i }; print $i $y }\nf\nprint ${i:-none} ${y:-none}",
        "2 2\nnone none"),
      ShellCase("for i in 1..2 { let y = $i }\nprint $i $y", "2 2"),
      ShellCase("try { let a = 1; fail x } catch { let b = 2 }\nprint $a $b $error", "1 2 x"),
      ShellCase("with pool -w 1 { let a = 1 }\nprint $a", "1"),
      ShellCase("{ let a = 1; { let b = 2 } }; print $a $b", "1 2"),
      ShellCase("let x = 1\nlet x = $(let x = 2; return $x)\nprint $x", "2"),
    ])
  func scopes(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "&& and || have equal rank, left to right",
    arguments: [
      ShellCase("print a && print b || print c", "a\nb"),
      ShellCase("fail a || print b && print c", "b\nc"),
      ShellCase("fail a && print b || print \"c $error\" && print d", "c a\nd"),
      ShellCase("fail a || fail b || print $error", "b"),
      ShellCase(
        "fail a && print b", errors: "-c:1:1: error: a\n  fail a && print b\n  ^", status: 3),
      ShellCase(
        "print a && fail b", "a", errors: "-c:1:12: error: b\n  print a && fail b\n             ^",
        status: 3),
      ShellCase("nosuch || print caught", "caught"),
      ShellCase("print $no_such || print caught", "caught"),
      ShellCase("{ print a; fail b } || { print c }", "a\nc"),
      ShellCase(
        "def no { return false }\nno || print b\nlet v = $(no || return c)\nprint $v", "false\nb\nc"
      ),
      ShellCase("exec false || print failed\nexec true && print fine", "failed\nfine"),
      ShellCase("print a &&\n  print b ||\n  print c", "a\nb"),
      ShellCase("fail x || exit 4", status: 4),
    ])
  func chains(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "try catches an error, and puts the message into $error",
    arguments: [
      ShellCase("try { print a; fail b; print c } catch { print \"got $error\" }", "a\ngot b"),
      ShellCase("try { fail x }\nprint \"after $error\"", "after x"),
      ShellCase(
        "try { try { fail in } catch { fail \"out $error\" } } catch { print $error }", "out in"),
      ShellCase("try { print $no_such } catch { print \"e: $error\" }", "e: $no_such is not set"),
      ShellCase("let v = $(try { fail x } catch { return caught })\nprint $v", "caught"),
      ShellCase("let v = $(try { fibonacci 10 } catch { return c })\nprint $v", "55"),
      ShellCase("try { exit 4 } catch { print never }", status: 4),
      ShellCase("try { return v } catch { print never }\nprint after", "v\nafter"),
      ShellCase(
        "try { fail x } catch",
        errors: "-c:1:[..]: error: try: the block of catch is missing [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "try { fail x }\ncatch { print y }",
        errors: "-c:2:1: error: unknown command catch (catch "
          + "stands on the line of the } before it)\n[..]\n[..]", status: 3),
    ])
  func tries(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "let, for, repeat, time",
    arguments: [
      ShellCase(
        "let a = b c", errors: "-c:1:11: error: let: unexpected c [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "let a=b",
        errors: "-c:1:5: error: let: a=b is no name of a variable (with spaces: let "
          + "NAME = WORD)\n[..]\n[..]", status: 3),
      ShellCase(
        "let worker = x",
        errors: "-c:1:[..]: error: let: $worker is the thread's name[..]\n[..]\n[..]", status: 3),
      ShellCase("let a = ''\nprint \"<$a>\"", "<>"),
      ShellCase("for i in { print never }\nprint after", "after"),
      ShellCase("for i in a b { for j in 1..2 { print $i$j } }", "a1\na2\nb1\nb2"),
      ShellCase("for i in 1..3 { try { exec test $i = 2 || fail x; print $i } catch { } }", "2"),
      ShellCase("repeat 3 { print a; print b }", "a\nb\na\nb\na\nb"),
      ShellCase("repeat 0 print never"),
      ShellCase("let v = $(repeat 2 fibonacci 10)\nprint \"<$v>\"", "<>"),
      ShellCase("repeat 2 time print x", "x\nx", errors: "time: [..]s\ntime: [..]s"),
      ShellCase("time fail boom || print caught", "caught", errors: "time: [..]s"),
    ])
  func others(expected: ShellCase) async throws { try await expected.check() }
}
