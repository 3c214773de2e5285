import TestSupport
import Testing

@testable import PoolShell

/// Errors of a script: where they are, what they say, and what happens then.
@Suite("Errors", .timeLimit(.minutes(5)))
struct ErrorTests {
  @Test(
    "FILE:LINE:COL, the line, and a caret",
    arguments: [
      ShellCase("fail boom", errors: "-c:1:1: error: boom\n  fail boom\n  ^", status: 3),
      ShellCase(
        "print a\n\n  fail boom", "a", errors: "-c:3:3: error: boom\n    fail boom\n    ^",
        status: 3),
      ShellCase(
        "print a; fail boom; print b", "a",
        errors: "-c:1:10: error: boom\n  print a; fail boom; print b\n           ^", status: 3),
      ShellCase(
        "{\n  print a\n  fail boom\n}", "a",
        errors: "-c:3:3: error: boom\n    fail boom\n    ^", status: 3),
      ShellCase("\tfail boom", errors: "-c:1:2: error: boom\n  \tfail boom\n  \t^", status: 3),
      ShellCase(
        "print é🙂; fail boom", "é🙂",
        errors: "-c:1:11: error: boom\n  print é🙂; fail boom\n            ^", status: 3),
      ShellCase(
        "def f {\n  fail boom\n}\nprint a\nf", "a",
        errors: "-c:2:3: error: boom\n    fail boom\n    ^", status: 3),
      ShellCase(
        "let x = $(print a; fail boom)", "a",
        errors: "-c:1:20: error: boom\n  let x = $(print a; fail boom)\n                     ^",
        status: 3),
      ShellCase(
        "print a \\\n  $no_such",
        errors: "-c:2:3: error: $no_such is not set [..]\n    $no_such\n    ^", status: 3),
      ShellCase(
        "submit {\n  fail boom\n}\nresult 1", "[1] { fail boom }",
        errors: "-c:4:1: error: boom\n  result 1\n  ^", status: 3),
      ShellCase(
        "print a\nprint )", "a", errors: "-c:2:7: error: ')' without an open '$('[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "print a\nprint \"b\nc", "a",
        errors: "-c:2:7: error: this quote is never closed\n  print \"b\n        ^", status: 3),
      ShellCase(
        "print a\nfor i in 1 {\n  print b\n", "a",
        errors: "-c:2:12: error: this block is never closed\n[..]\n[..]", status: 3),
      ShellCase(
        "try {\n  fail a\n} catch {\n  fail \"b: $error\"\n}",
        errors: "-c:4:3: error: b: a\n[..]\n[..]", status: 3),
      ShellCase(
        "print " + String(repeating: "x", count: 400) + " $no_such",
        errors: "-c:1:408: error: $no_such is not set [..]\n[..]\n[..]^", status: 3),
    ])
  func places(expected: ShellCase) async throws { try await expected.check() }

  @Test("an error in a file that is sourced names that file")
  func sourced() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("lib.poolsh", "print in\ndef f {\n  fail boom\n}\nlet x = 5\n")
    let broken = try folder.write("broken.poolsh", "print one\n\nfail two\nprint never\n")
    try await expectShell(
      "source \(path)\nprint $x\nf", "in\n5",
      errors: "\(path):3:3: error: boom\n    fail boom\n    ^", status: 3)
    try await expectShell(
      "try { source \(broken) } catch { print \"c $error\" }\nsource \(broken)", "one\nc two\none",
      errors: "\(broken):3:1: error: two\n  fail two\n  ^", status: 3)
    try await expectShell(
      "source /no/such",
      errors: "-c:1:[..]: error: /no/such: No such file or directory\n[..]\n[..]",
      status: 3)
    let syntax = try folder.write("syntax.poolsh", "print ok\nprint )\n")
    try await expectShell(
      "source \(syntax)", "ok",
      errors: "\(syntax):2:7: error: ')' without[..]\n  print )\n        ^",
      status: 3)
  }

  @Test("a file may source itself only so deep")
  func sourcedDeep() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("self.poolsh")
    try folder.write("self.poolsh", "source \(path)\n")
    let run = try await runShell("try { source \(path) } catch { print $error }")
    #expect(run.output == "nested more than 200 deep\n" && run.status == 0, "\(run)")
  }

  @Test(
    "the first error stops a script: what is queued is cancelled, and all is counted",
    arguments: [
      ShellCase(
        "print a\nfail b\nprint never", "a", errors: "-c:2:1: error: b\n[..]\n[..]", status: 3),
      ShellCase(
        "pool new -w 1\nsubmit { open up; gate g }\nsubmit print never ::: 1 2\ngate up\nnosuch",
        "pool pool1: 1 worker\n[1] { open up; gate g }\n[2] print never 1\n[3] print never 2",
        errors: "-c:5:1: error: unknown command nosuch [..]\n[..]\n[..]\n"
          + "stopped: 2 queued cancelled, 1 running waited for", status: 3),
      ShellCase(
        "submit return x\nlet w = $(wait)\nfail b", "[1] return x",
        errors: "-c:3:1: error: b\n[..]\n[..]", status: 3),
      ShellCase(
        "pool new -w 1\nsubmit { open up; try { gate g } catch { }; print finished }\ngate up\n"
          + "fail b",
        "pool pool1: 1 worker\n[1] { open up; try { gate g } catch { }; print finished }\nfinished",
        errors: "-c:4:1: error: b\n[..]\n[..]\nstopped: 1 running waited for", status: 3),
      ShellCase(
        "pool new -w 1\nsubmit { open up; gate g }\nsubmit return never\n"
          + "on_done 2 { print \"2 $state\" }\ngate up\nfail b",
        "pool pool1: 1 worker\n[1] { open up; gate g }\n[2] return never\n2 cancelled",
        errors: "-c:6:1: error: b\n[..]\n[..]\nstopped: 1 queued cancelled, 1 running waited for",
        status: 3),
    ])
  func stops(expected: ShellCase) async throws { try await expected.check() }

  @Test("running children are terminated when a script stops")
  func stopsChildren() async throws {
    let shell = ShellUnderTest()
    let folder = try TemporaryFolder()
    let script =
      "submit sh 'trap \"touch term; exit 1\" TERM; touch up; while :; do sleep 0.01; done'"
      .replacing("touch ", with: "touch \(folder.path)/")
    let run = try await runShell(script + "\ngate up\nfail boom", in: shell) { shell in
      try eventually("the child to be up") { folder.exists("up") }
      try eventually("the child to be known") { shell.session.children.count == 1 }
      shell.open("up")
    }
    #expect(run.errors.hasPrefix("-c:3:1: error: boom\n"))
    #expect(run.errors.hasSuffix("\nstopped: 1 child terminated\n"), "\(run.errors)")
    #expect(folder.exists("term") && run.status == 3)
  }

  @Test(
    "--on-error continue tells an error and goes on; the status is 1",
    arguments: [
      ShellCase(
        "fail a\nprint b\nfail c\nprint d", "b\nd",
        errors: "-c:1:1: error: a\n  fail a\n  ^\n-c:3:1: error: c\n  fail c\n  ^", status: 1),
      ShellCase("print a", "a"),
      ShellCase(
        "print )\nprint b", "b", errors: "-c:1:7: error: ')' without[..]\n[..]\n[..]", status: 1),
      ShellCase("fail a; print b", "b", errors: "-c:1:1: error: a\n[..]\n[..]", status: 1),
      ShellCase(
        "print a\nprint \"b\nprint c", "a",
        errors: "-c:2:7: error: this quote is never closed\n[..]\n[..]", status: 3),
      ShellCase("fail a\nexit", errors: "-c:1:1: error: a\n[..]\n[..]", status: 1),
      ShellCase("fail a\nexit 0", errors: "-c:1:1: error: a\n[..]\n[..]", status: 0),
      ShellCase(
        "submit return x\nlet w = $(wait)\nnosuch\nresult 1", "[1] return x\nx",
        errors: "-c:3:1: error: unknown command nosuch [..]\n[..]\n[..]", status: 1),
      ShellCase("try { fail a } catch { }\nfail b || print c", "c"),
    ])
  func onErrorContinue(expected: ShellCase) async throws {
    try await expected.check { $0.onError = .continue }
  }

  @Test("a with that fails waits for its work before the next command")
  func failingWith() async throws {
    try await ShellCase(
      """
      set quiet on
      with pool -w 1 { submit { open up; sleep 20ms; print work }; gate up; fail boom }
      print after
      """, "work\nafter", errors: "-c:2:[..]: error: boom\n[..]\n[..]", status: 1
    ).check { $0.onError = .continue }
  }

  @Test("at the prompt an error is one line, and the session goes on")
  func interactive() async throws {
    let run = try await runShell("fail a\nprint b\nprint )\nnosuch\nprint c", isInteractive: true)
    #expect(run.output == "b\nc\n" && run.status == 0)
    let expected = """
      error: a
      error: ')' without an open '$('; as text it needs quotes: ')'
      error: unknown command nosuch (to run a program: exec nosuch …; all commands: help)

      """
    #expect(run.errors == expected)
  }
}
