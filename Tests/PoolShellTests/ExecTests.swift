import Testing

@testable import PoolShell

/// `exec` and `sh`: programs as commands and as tasks.
@Suite("Programs", .timeLimit(.minutes(5)))
struct ExecTests {
  @Test("the value is standard output, byte for byte")
  func bytes() async throws {
    let shell = ShellUnderTest()
    let script =
      #"exec printf 'a\0b\377'; submit sh 'printf "\001\n\n"'; let w = $(wait); result 1"#
    let run = try await runShell(script, in: shell) { _ in }
    let submitted = Array(#"[1] sh 'printf "\001\n\n"'"#.utf8) + [10]
    #expect(shell.output.bytes == [0x61, 0, 0x62, 0xFF] + submitted + [1, 10, 10])
    #expect(run.status == 0)
  }

  @Test(
    "arguments go to the program as they are",
    arguments: [
      ShellCase(
        #"exec printf '<%s>\n' 'a b' "it's" '*' '$HOME' '' --help -x \; é"#,
        "<a b>\n<it's>\n<*>\n<$HOME>\n<>\n<--help>\n<-x>\n<;>\n<é>"),
      ShellCase("exec cat"),
      ShellCase("sh 'cat; echo end'", "end"),
      ShellCase("sh 'echo a; echo b' && print c", "a\nb\nc"),
      ShellCase("sh 'set -- $(cat /proc/$$/stat); test $5 = $$ && echo own group'", "own group"),
      ShellCase("let x = $(exec echo hi)\nprint \"<$x>\"", "<hi>"),
      ShellCase("let x = $(sh 'printf \"a\\n\\n\\n\"')\nprint \"<$x>\"", "<a>"),
      ShellCase("exec test a = a && print yes || print no", "yes"),
      ShellCase("exec test a = b && print yes || print no", "no"),
      ShellCase("sh 'printf \"%s.\"' a 'b c'\nprint", "a.b c."),
    ])
  func arguments(expected: ShellCase) async throws {
    try await expected.check()
  }

  @Test(
    "how it ended, if not well",
    arguments: [
      ("exec false", "false: exit status 1"), ("exec sh -c 'exit 3'", "sh: exit status 3"),
      ("sh 'exit 255'", "sh: exit status 255"),
      ("sh 'kill -9 $$'", "sh: killed by signal 9 (SIGKILL)"),
      ("sh 'kill $$'", "sh: killed by signal 15 (SIGTERM)"),
      ("sh 'echo why >&2; exit 2'", "sh: exit status 2: why"),
      ("exec no-such-program-anywhere", "no-such-program-anywhere: command not found"),
      ("exec /no/such/program", "/no/such/program: no such file"),
      ("exec /etc/passwd", "/etc/passwd: permission denied"), ("exec /", "/: [..]"),
      ("exec ''", "[..]"),
      ("sh 'printf \"one\\n\\n  \\n\" >&2; exit 1'", "sh: exit status 1: one"),
    ])
  func failures(command: String, message: String) async throws {
    let run = try await runShell(command)
    #expect(
      Expected.matches(run.errors, "-c:1:1: error: \(message)\n  \(command)\n  ^\n"),
      "\(run.errors)")
    #expect(run.status == 3)
    let task = try await runShell("submit \(command)\nexception 1")
    #expect(Expected.matches(task.output, "[1] \(command)\n\(message)\n"), "\(task.output)")
    #expect(task.status == 0)
  }

  @Test("standard error is shown with the result; the failure has its tail")
  func standardError() async throws {
    let shell = ShellUnderTest(isMerged: true)
    let script = """
      set quiet on
      submit sh 'echo out; echo warn >&2'
      let w = $(wait)
      print before
      result 1
      submit sh 'echo out2; echo e1 >&2; echo e2 >&2; exit 4'
      let w = $(wait)
      print before
      as_completed
      exception last
      """
    let run = try await runShell(script, in: shell) { _ in }
    let expected = """
      before
      warn
      out
      out2
      before
      e1
      e2
      [2] error: sh: exit status 4: e2
      sh: exit status 4: e2

      """
    #expect(run.output == expected && run.status == 0)
  }

  @Test("what a program of $(…) writes to standard error is not lost")
  func standardErrorOfSubstitution() async throws {
    try await expectShell("let x = $(sh 'echo warn >&2; echo v')\nprint $x", "v", errors: "warn")
    try await expectShell(
      "set quiet on\nsubmit { let x = $(sh 'echo warn >&2; echo v'); return $x }\nresult 1", "v",
      errors: "warn")
  }

  @Test(
    "in a task, output that is not the value, or of a program that failed, is printed",
    arguments: [
      ShellCase(
        "set quiet on\nsubmit { sh 'echo one'; exec echo two; print three; return four }\nresult 1",
        "one\ntwo\nthree\nfour"),
      ShellCase(
        "set quiet on\nsubmit { sh 'echo one'; exec echo two }\nlet w = $(wait)\nprint -\nresult 1",
        "one\n-\ntwo"),
      ShellCase(
        "set quiet on\nsubmit { sh 'echo out; exit 1' }\nlet w = $(wait)\nprint -\nexception 1",
        "out\n-\nsh: exit status 1"),
      ShellCase(
        "set quiet on\nsubmit { exec false || return $error }\nresult 1", "false: exit status 1"),
      ShellCase(
        "set quiet on\nsubmit { exec echo a && exec echo b }\nlet w = $(wait)\nprint -\nresult 1",
        "a\n-\nb"),
      ShellCase(
        "set quiet on\nsubmit { for i in 1..2 { exec echo $i } }\nlet w = $(wait)\nprint -\n"
          + "result 1",
        "1\n2\n-"),
      ShellCase(
        "set quiet on\nsubmit repeat 2 exec echo x\nlet w = $(wait)\nprint -\nresult 1", "x\nx\n-"),
      ShellCase(
        "set quiet on\nsubmit { let x = $(exec echo inner); return \"<$x>\" }\n"
          + "result 1", "<inner>"),
      ShellCase(
        "set quiet on\nsubmit { try { exec echo a } catch { }; return b }\nresult 1", "a\nb"),
      ShellCase("set quiet on\nsubmit return v\nsubmit { result 1; return b }\nresult 2", "b"),
      ShellCase("set quiet on\nsubmit exec echo v\nsubmit { result 1; return b }\nresult 2", "b"),
      ShellCase("map { exec echo $item; return r$item } ::: 1 2", "1\nr1\n2\nr2"),
      ShellCase("def f { exec echo a; exec echo b }\nf", "a\nb"),
    ])
  func dropped(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a timeout kills the program and its children",
    arguments: [
      "exec sleep 1000", "sh 'sleep 1000 & sleep 1000'", "sh 'trap \"\" TERM; sleep 1000'",
    ])
  func timeout(command: String) async throws {
    try await expectShell(
      "set quiet on\nsubmit --timeout 50ms \(command)\nexception 1", "timed out after 0.05s")
  }

  @Test("what it wrote before it was killed is still printed")
  func outputBeforeTimeout() async throws {
    let folder = try TemporaryFolder()
    let script = """
      set quiet on
      submit --timeout 2s sh 'echo early; touch \(folder.path)/up; sleep 1000'
      sh 'until test -e \(folder.path)/up; do sleep 0.01; done'
      exception 1
      """
    try await expectShell(script, "early\ntimed out after 2s")
  }

  @Test("large output is kept whole")
  func large() async throws {
    let folder = try TemporaryFolder()
    try await expectShell(
      """
      set quiet on
      submit sh 'head -c 5000000 /dev/zero | tr "\\\\0" x'
      save 1 \(folder.path)/large
      sh 'wc -c < \(folder.path)/large; tr -d x < \(folder.path)/large | wc -c'
      """, "5000000\n0")
  }

  @Test(
    "bytes that are no text are no word",
    arguments: [
      (#"sh 'printf "\377"'"#, "invalid UTF-8"), (#"sh 'printf "a\0b"'"#, "NUL bytes"),
    ])
  func notText(command: String, reason: String) async throws {
    let run = try await runShell("let x = $(\(command))")
    #expect(run.errors.contains("the value is not text") && run.errors.contains(reason))
    #expect(run.output.isEmpty && run.status == 3)
  }

  @Test("! runs the rest of the line in the foreground")
  func bang() async throws {
    try await expectShell(
      "! true\n! exit 3 # } ) 'unread' ;",
      errors: "-c:2:[..]: error: ! exit status [..]\n[..]\n[..]", status: 3)
    try await expectShell("try {\n  ! exit 3\n} catch { print $error }", "! exit status 3")
    let folder = try TemporaryFolder()
    try await expectShell(
      "! echo '# }' > \(folder.path)/f; echo b >> \(folder.path)/f\nread \(folder.path)/f",
      "# }\nb")
  }
}
