import TestSupport
import Testing

@testable import PoolShell

/// Faults that users have found, each under what it was.
@Suite("Faults that were found", .timeLimit(.minutes(5)))
struct FindingTests {
  @Test(
    "finding 2: a range whose length fits in no number is too long, and no crash",
    arguments: [
      "-9223372036854775808..0", "0..-9223372036854775808", "9223372036854775807..-1",
      "-9223372036854775808..9223372036854775807", "1..10000001",
    ])
  func longRange(range: String) async throws {
    let error = "[..] the range \(range) is too long (at most 10000000 numbers)\n[..]\n[..]"
    for script in ["map print ::: \(range)", "for i in \(range) { }", "wait \(range)"] {
      try await expectShell(script, errors: error, status: 3)
    }
    try await expectShell(
      "for i in 3..1 { print $i }\nfor i in -1..1 { print $i }", "3\n2\n1\n-1\n0\n1")
  }

  @Test("finding 3: ${00} is $0, and a huge number is that of no argument")
  func zeroes() async throws {
    try await expectShell("print ${00} ${0}", "-c -c")
    try await expectShell(
      "print ${99999999999999999999}",
      errors: "[..]there is no argument $99999999999999999999 [..]\n[..]\n[..]", status: 3)
    try await ShellCase("print ${01}", "a").check(arguments: ["a"])
  }

  @Test("finding 8: many braces and many links take no square of time")
  func longLines() async throws {
    let braces = String(repeating: "{", count: 20_000)
    try await expectShell("map print \(braces) ::: a", braces + " a")
    let links = Array(repeating: "let x = 1", count: 20_000).joined(separator: " && ")
    try await expectShell("\(links) && fail no || print $error", "no")
  }

  @Test("finding 9: Ctrl-C ends a for over a long range, and its numbers are not all made before")
  func longLoop() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      "print begun; for i in 1..9999999 { let x = $i }\nprint next", in: shell, isInteractive: true
    ) { shell in
      try shell.output.wait(for: "begun")
      shell.session.interrupt.fire()
    }
    #expect(run.output == "begun\nnext\n")
  }

  @Test(
    "finding 10: what is meant as a block gets the hint that { must be a word of its own",
    arguments: [
      "for i in 1 2 {print $i}", "def f {print hi}", "with pool {print hi}", "try {print hi}",
      "on_done all {print hi}", "try { fail x } catch {print $error}",
    ])
  func brace(script: String) async throws {
    let run = try await runShell(script)
    #expect(run.errors.contains("is missing ('{' must be a word of its own)"), "\(run.errors)")
    #expect(run.output.isEmpty && run.status == 3)
  }

  @Test("finding 7: Python's names of return_when, and of what has another name here")
  func pythonNames() async throws {
    try await expectShell(
      "submit fail x\nwait FIRST_COMPLETED 1\nwait first-exception 1\nwait All_Completed 1\nexception 1",
      "[1] fail x" + String(repeating: "\ndone: 1\nnot done: none", count: 3) + "\nx")
    try await expectShell("submit return x\nshutdown --wait", "[1] return x\npool main: shut down")
    let names = [
      "FIRST_COMPLETED", "first_exception", "BrokenThreadPool", "TimeoutError", "initargs",
      "current_thread", "chunksize", "set_result",
    ]
    for name in names {
      let run = try await runShell("help --find \(name)")
      #expect(!run.output.contains("nothing about"), "\(run.output)")
    }
  }

  @Test(
    "finding 11: a line that begins with a dash is a line",
    arguments: ["sh '--foo'", "map sh ::: -x", "! --foo"])
  func dashes(script: String) async throws {
    let run = try await runShell(script)
    #expect(!run.errors.contains("ption"), "\(run.errors)")
    try await expectShell("sh -- 'echo x'", "x")
  }

  @Test("finding 11: fail without a message, a label with two @, ids of unseen failures")
  func smallThings() async throws {
    try await expectShell("try { fail } catch { print $error }", "failed without a message")
    try await expectShell(
      "submit --as @x return a\nlet w = $(wait @@x)\nprint $w", "[1] return a\n1")
    let run = try await runShell("submit fail a\nsubmit fail b") { $0.isJSON = true }
    #expect(run.errors.contains(#""ids":[1,2]"#), "\(run.errors)")
  }
}
