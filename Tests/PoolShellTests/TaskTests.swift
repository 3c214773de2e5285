import Testing

/// A task is any command, run on a worker.
@Suite("Tasks", .timeLimit(.minutes(5)))
struct TaskTests {
  @Test(
    "its value is that of its last command; only print writes",
    arguments: [
      ShellCase("submit fibonacci 10\nresult 1", "[1] fibonacci 10\n55"),
      ShellCase(
        "submit { fibonacci 10; fibonacci 20 }\nresult 1",
        "[1] { fibonacci 10; fibonacci 20 }\n6765"),
      ShellCase(
        "submit { fibonacci 10; print p }\nwait\nresult 1",
        "[1] { fibonacci 10; print p }\np\ndone: 1\nnot done: none"),
      ShellCase(
        "submit { state 1; jobs; pools; workers; pool; version; help wait; return }\nwait",
        "[1] { state 1; jobs; pools; workers; pool; version; help wait; return }\ndone: 1\n"
          + "not done: none"
      ),
      ShellCase(
        "submit time fibonacci 10\nresult 1", "[1] time fibonacci 10\n55", errors: "time: [..]s"),
      ShellCase(
        "submit repeat 3 print x\nwait", "[1] repeat 3 print x\nx\nx\nx\ndone: 1\nnot done: none"),
      ShellCase(
        "submit for i in 1..2 { print $i }\nwait",
        "[1] for i in 1..2 { print $i }\n1\n2\ndone: 1\nnot done: none"),
      ShellCase(
        "submit try { fail x } catch { return \"c $error\" }\nresult 1",
        "[1] try { fail x } catch { return \"c $error\" }\nc x"),
      ShellCase(
        "submit with pool -w 1 { map return ::: 1..2 }\nresult 1",
        "[1] with pool -w 1 { map return ::: 1..2 }\n1\n2"),
      ShellCase("submit let x = 5\nresult 1", "[1] let x = 5"),
      ShellCase("submit state 1\nresult 1", "[1] state 1\nrunning"),
      ShellCase("submit { return a && return b }\nresult 1", "[1] { return a && return b }\na"),
      ShellCase("submit { pool new inner -w 1 }\nresult 1", "[1] { pool new inner -w 1 }\ninner"),
      ShellCase("submit { }\nresult 1", "[1] { }"),
    ])
  func values(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "return leaves the nearest def, task block or substitution",
    arguments: [
      ShellCase("submit { return a; print never }\nresult 1", "[1] { return a; print never }\na"),
      ShellCase(
        "submit { for i in 1..9 { return $i } }\nresult 1", "[1] { for i in 1..9 { return $i } }\n1"
      ),
      ShellCase(
        "submit { { return in }; return out }\nresult 1", "[1] { { return in }; return out }\nin"),
      ShellCase(
        "def f { return f }\nsubmit { f; return \"after $(f)\" }\nresult 1",
        "[1] { f; return \"after $(f)\" }\nafter f"),
      ShellCase(
        "submit { try { return t } catch { } }\nresult 1", "[1] { try { return t } catch { } }\nt"),
      ShellCase(
        "submit { with pool -w 1 { return w } }\nresult 1", "[1] { with pool -w 1 { return w } }\nw"
      ),
      ShellCase(
        "submit { let x = $(return a; return b); return $x }\nresult 1",
        "[1] { let x = $(return a; return b); return $x }\na"),
      ShellCase("return x\nprint after", "x\nafter"),
      ShellCase("for i in 1..3 { return $i }\nprint after", "1\nafter"),
      ShellCase("def f { return x }\nf\nlet v = $(f)\nprint \"<$v>\"", "x\n<x>"),
      ShellCase("def f { return }\nf\nprint \"<$(f)>\"", "<>"),
      ShellCase(
        "def f { with pool -w 1 { submit print work; return x } }\nf", "[1] print work\nwork\nx",
        isUnordered: true),
    ])
  func returning(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "session-only commands say so",
    arguments: [
      ("exit", "exit"), ("exit 3", "exit"), ("def f { }", "def"), ("set quiet on", "set"),
      ("source /dev/null", "source"), ("history", "history"), ("pool use main", "pool use"),
      ("{ try { exit 3 } }; exit", "exit"),
    ])
  func sessionOnly(command: String, name: String) async throws {
    let run = try await runShell("submit { \(command)\n}\nexception 1")
    #expect(run.output.hasSuffix("\n\(name) works only in the session itself, not in a task\n"))
    #expect(run.status == 0)
    let bang = try await runShell("submit {\n! true\n}\nexception 1")
    #expect(bang.output.hasSuffix("\n! works only in the session itself, not in a task\n"))
  }

  @Test(
    "a task has a copy of its submitter's variables, from when it was submitted",
    arguments: [
      ShellCase(
        "let v = 1\nsubmit { gate g; return $v }\nlet v = 2\nopen g\nresult 1\nprint $v",
        "[1] { gate g; return $v }\n1\n2"),
      ShellCase(
        "let v = 1\nsubmit { let v = 2; return $v }\nresult 1\nprint $v",
        "[1] { let v = 2; return $v }\n2\n1"),
      ShellCase("let v = 1\nsubmit return $v\nlet v = 2\nresult 1", "[1] return $v\n1"),
      ShellCase(
        "def f { return old }\nsubmit { gate g; f }\ndef f { return new }\nopen g\nresult 1\nf",
        "[1] { gate g; f }\nold\nnew"),
      ShellCase(
        "def f x { submit { return \"$x $item\" } ::: i; result last }\nf arg",
        "[1] { return \"$x $item\" } ::: i\narg i"),
      ShellCase("submit return $no_such\nexception 1", "[1] return $no_such\n$no_such is not set"),
      ShellCase(
        "submit { return ${done:-none} }\nlet w = $(wait)\nsubmit { return $done }\nresult all",
        "[1] { return ${done:-none} }\n[2] { return $done }\nnone\n1"),
      ShellCase(
        "let v = 1\nsubmit { let v = 2; submit { return $v }; result last }\nresult 1",
        "[1] { let v = 2; submit { return $v }; result last }\n2"),
    ])
  func scopes(expected: ShellCase) async throws { try await expected.check() }

  @Test("the script's arguments are there too")
  func arguments() async throws {
    try await ShellCase("submit { return \"$1 $#\" }\nresult 1", "[1] { return \"$1 $#\" }\na 2")
      .check(arguments: ["a", "b"])
  }

  @Test(
    "a task's own pool is current in it; its own submissions are what bare commands mean",
    arguments: [
      ShellCase(
        "pool new a -w 2\npool new b -w 1\nsubmit --pool a { submit return $worker; result last }\n"
          + "result 1",
        "pool a: 2 workers\npool b: 1 worker\n[1] { submit return $worker; result last }\n"
          + "ThreadPoolExecutor-0_1"),
      ShellCase(
        "submit { gate g; return no }\nsubmit { submit return a; return \"$(wait)\" }\nresult 2\n"
          + "open g",
        "[1] { gate g; return no }\n[2] { submit return a; return \"$(wait)\" }\n3"),
      ShellCase(
        "submit return other\nlet w = $(wait)\nsubmit { submit return a; as_completed }\nresult 2",
        "[1] return other\n[2] { submit return a; as_completed }\n[3] a"),
      ShellCase(
        "submit { wait; as_completed; return \"<$done>\" }\nresult 1",
        "[1] { wait; as_completed; return \"<$done>\" }\n<>"),
      ShellCase(
        "submit { submit { submit return deep; result last }; result last }\nresult 1",
        "[1] { submit { submit return deep; result last }; result last }\ndeep"),
    ])
  func nested(expected: ShellCase) async throws { try await expected.check() }
}
