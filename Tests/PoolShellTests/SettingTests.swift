import Testing

@testable import PoolShell

/// `--quiet`, `--echo`, `set`, `history`.
@Suite("Settings", .timeLimit(.minutes(5)))
struct SettingTests {
  private static let answers = """
    pool new a -w 1
    pool use a
    submit return x
    map --no-wait return ::: 1..2
    wait
    result 1
    map return ::: 3
    pool
    cancel 1
    state 1
    print p
    shutdown --cancel-futures
    """

  @Test("--quiet drops the answers of submit, map --no-wait, pool new, pool use and shutdown only")
  func quiet() async throws {
    let told = """
      done: 1..3
      not done: none
      x
      3
      pool a: 1 worker
      [1] not cancelled: already finished
      finished
      p
      """
    try await ShellCase(Self.answers, told).check { $0.isQuiet = true }
    try await expectShell("set quiet on\n" + Self.answers, told)
  }

  @Test("errors, notices and values stay when quiet")
  func quietErrors() async throws {
    try await ShellCase(
      "let id = $(submit fail boom)\nprint $id\nlet w = $(wait)\nwait finished",
      "1\ndone: none\nnot done: none",
      errors: "no finished futures\n1 failure was never looked at: 1", status: 1
    ).check { $0.isQuiet = true }
  }

  @Test("--echo writes each command before it runs, with its lines")
  func echo() async throws {
    try await ShellCase(
      "print a; print b && print c\n\n# comment\nfor i in 1..2 {\n  print $i\n}\nprint 'd\ne'",
      """
      > print a
      a
      > print b && print c
      b
      c
      > for i in 1..2 {
      .   print $i
      . }
      1
      2
      > print 'd
      . e'
      d
      e
      """
    ).check { $0.isEchoing = true }
  }

  @Test(
    "set tells and changes",
    arguments: [
      ShellCase(
        "set",
        "clock real\ncolor auto\necho off\neditor emacs\njson off\nnotify off\non_error stop\nquiet off\n"
          + "seed default\nworkers default"),
      ShellCase(
        "set quiet on\nset on-error continue\nset workers 3\nset editor vi\nset",
        "clock real\ncolor auto\necho off\neditor vi\njson off\nnotify off\non_error continue\nquiet on\n"
          + "seed default\nworkers 3"),
      ShellCase("set echo on\nprint a\nset echo off\nprint b", "> print a\na\n> set echo off\nb"),
      ShellCase(
        "set on_error continue\nfail a\nset on_error stop\nfail b\nprint never",
        errors: "-c:2:1: error: a\n[..]\n[..]\n-c:4:1: error: b\n[..]\n[..]", status: 3),
      ShellCase(
        "set json on\nprint a\nset json off\nprint b",
        "{\"command\":\"print\",\"value\":\"a\"}\n"
          + "b"),
      ShellCase(
        "set quite on",
        errors: "-c:1:5: error: set: no setting quite (did you mean quiet?)\n[..]\n"
          + "[..]", status: 3),
      ShellCase(
        "set nonsense on",
        errors: "-c:1:5: error: set: no setting nonsense (there are: clock, color, echo, editor, "
          + "json, notify, on_error, quiet, seed, workers)\n[..]\n[..]", status: 3),
      ShellCase("set quiet\nset on-error", "quiet off\non_error stop"),
    ])
  func set(expected: ShellCase) async throws { try await expected.check() }

  @Test("history numbers the commands as they were written")
  func history() async throws {
    try await expectShell(
      "print a; print b && print c\nfor i in 1 {\n  print d\n}\nhistory",
      """
      a
      b
      c
      d
      1  print a
      2  print b && print c
      3  for i in 1 {
           print d
         }
      4  history
      """)
  }

  @Test("history keeps the last thousand, with their numbers")
  func longHistory() async throws {
    let script = (1...2500).map { "let x = \($0)" }.joined(separator: "\n") + "\nhistory"
    let lines = try await runShell(script).output.split(separator: "\n")
    #expect(lines.count == 1000)
    #expect(lines.first == "1502  let x = 1502" && lines.last == "2501  history")
  }
}
