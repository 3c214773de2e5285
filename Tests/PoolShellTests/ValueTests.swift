import Testing

/// What each command answers, and what it gives to `$(…)`, where only `print` writes.
@Suite("Answers and values", .timeLimit(.minutes(5)))
struct ValueTests {
  /// After `submit return a`, `submit fail b`, `submit return c`, all done, in a pool of one.
  @Test(
    "in $(…) a command has its value, and writes nothing",
    arguments: [
      ("submit return x", "4"), ("submit return ::: x y", "4 5"),
      ("map --no-wait return ::: x y", "4 5"),
      ("map return ::: x y", "x\ny"), ("map { return } ::: x", ""), ("wait 1..3", "1 2 3"),
      ("wait", ""),
      ("result 1", "a"), ("result 1 3", "a\nc"), ("exception 2", "b"), ("exception 1", "none"),
      ("state 1", "finished"), ("done 1", "true"), ("running 1", "false"), ("failed 2", "true"),
      ("cancelled 1", "false"), ("cancel 1", "false"), ("pool new q -w 1", "q"),
      ("pool new -w 1", "pool1"),
      ("pool", "pool p: 1 worker"), ("pool use p", "pool p: 1 worker"), ("shutdown", ""),
      ("shutdown --cancel-futures", ""), ("workers", "MainThread\nThreadPoolExecutor-0_0"),
      ("print out", ""), ("sleep 0", ""), ("for i in 1..2 { fibonacci 9 }", ""), ("let y = 1", ""),
      ("def f { }", ""), ("on_done 1 { }", ""), ("save 1 /dev/null", ""), ("open g", ""),
      ("open g; gate g", ""),
      ("fetch file:///dev/null --output /dev/null", ""), ("fibonacci 10", "55"), ("primes 10", "4"),
      ("exec echo hi", "hi"), ("sh 'echo a; echo b'", "a\nb"), ("read /dev/null", ""),
      ("return r", "r"),
      ("with pool -w 1 { fibonacci 10 }", "55"), ("with pool -w 1 { sleep 0 }", ""),
      ("try { fibonacci 10 }", "55"), ("try { fail x } catch { fibonacci 20 }", "6765"),
      ("try { fail x }", ""),
      ("{ fibonacci 5; fibonacci 10 }", "55"), ("time fibonacci 10", "55"), ("double 4", "44"),
      ("as_completed 1", "[1] a"),
      (
        "set",
        "clock real\ncolor auto\necho off\neditor emacs\njson off\nnotify off\n"
          + "on_error stop\nquiet on\nseed default\nworkers default"
      ),
      ("fail x || fibonacci 10", "55"), ("fibonacci 5 && fibonacci 10", "55"),
      ("source /dev/null", ""),
    ])
  func substituted(command: String, value: String) async throws {
    let run = try await runShell(
      """
      def double n { return $n$n }
      set quiet on
      pool new p -w 1
      submit return a
      submit fail b
      submit return c
      let w = $(wait)
      let x = $(\(command))
      print "<$x>"
      let seen = $(exception 2)
      """)
    let printed = command == "print out" ? "out\n" : ""
    #expect(run.output == "\(printed)<\(value)>\n" && run.status == 0, "\(run)")
  }

  @Test(
    "at the session each command answers when it ends, wherever it stands",
    arguments: [
      ShellCase("fibonacci 10; fibonacci 20", "55\n6765"),
      ShellCase("{ fibonacci 10; { fibonacci 20 } }", "55\n6765"),
      ShellCase("for i in 1..2 { fibonacci $i }", "1\n1"),
      ShellCase("try { fibonacci 10; fail x } catch { fibonacci 20 }", "55\n6765"),
      ShellCase("with pool -w 1 { fibonacci 10 }", "55"),
      ShellCase("def f { fibonacci 10; fibonacci 20 }\nf", "55\n6765"),
      ShellCase("def f { fibonacci 10; return last }\nf", "55\nlast"),
      ShellCase("def f { let x = 1 }\nf"),
      ShellCase("time repeat 2 fibonacci 10", "55\n55", errors: "time: [..]s"),
      ShellCase("fibonacci 10 && fibonacci 20 || fibonacci 30", "55\n6765"),
      ShellCase(
        "submit return x\nas_completed do { fibonacci 10; print $result }", "[1] return x\n55\nx"),
      ShellCase("return x; fibonacci 10", "x\n55"),
    ])
  func answers(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "values are shown with one newline, bytes as they are",
    arguments: [
      ("return x", "x\n"), ("return 'a\n'", "a\n\n"), ("return ''", "\n"), ("return", ""),
      ("sh 'printf x'", "x"), ("sh 'printf \"x\\n\\n\"'", "x\n\n"), ("exec true", ""),
      ("fibonacci 1", "1\n"),
      ("print", "\n"), ("print 'a\nb'", "a\nb\n"),
    ])
  func shown(command: String, output: String) async throws {
    #expect(try await runShell(command).output == output)
  }
}
