import TestSupport
import Testing

@testable import PoolShell

/// `--resume` and `--resume-failed`.
@Suite("--resume", .timeLimit(.minutes(5)))
struct ResumeTests {
  private let folder: TemporaryFolder
  private let log: String

  init() throws {
    folder = try TemporaryFolder()
    log = folder.file("log")
  }

  @Test("skips what has run, at any place, as often as it has")
  func resume() async throws {
    let run = try await runShell(
      "try { map --joblog \(log) sh 'echo {}; exit {}' ::: 0 3 } catch { }")
    #expect(run.output == "0\n3\n")
    try await expectShell(
      "map --joblog \(log) --resume sh 'echo {}; exit {}' ::: 3 0 0 00", "0\n00",
      errors: "map: skipped 2 jobs that \(log) says are done")
    try await expectShell(
      "map --joblog \(log) --resume sh 'echo {}; exit {}' ::: 3 0 0 00", "",
      errors: "map: skipped 4 jobs that \(log) says are done")
  }

  @Test("--resume-failed runs again what has failed, until it has not")
  func resumeFailed() async throws {
    let command = "sh 'test -e \(folder.path)/{} && echo {}' ::: a b"
    try folder.write("a", "")
    let first = try await runShell("map --joblog \(log) \(command)")
    #expect(first.status == 3 && first.output == "a\n")
    let second = try await runShell("map --joblog \(log) --resume-failed \(command)")
    #expect(second.status == 3 && second.output.isEmpty)
    #expect(second.errors.contains("map: skipped 1 job that \(log) says is done\n"))
    try folder.write("b", "")
    try await expectShell(
      "map --joblog \(log) --resume-failed \(command)", "b",
      errors: "map: skipped 1 job that \(log) says is done")
    try await expectShell(
      "map --joblog \(log) --resume-failed --resume \(command)",
      errors: "map: skipped 2 jobs that \(log) says are done")
  }

  @Test("numbers and indexes are those of the whole list")
  func numbers() async throws {
    _ = try await runShell("map --joblog \(log) return ::: a")
    let run = try await runShell("map --joblog \(log) --resume return ::: a b") { $0.isJSON = true }
    #expect(
      run.output == #"{"command":"map","id":1,"index":1,"state":"finished","value":"b"}"# + "\n")
    #expect(run.errors == #"{"notice":"map: skipped 1 job that \#(log) says is done"}"# + "\n")
    let lines = String(decoding: try folder.bytes("log"), as: UTF8.self).split(separator: "\n")
    #expect(lines.last?.hasPrefix("2\t") == true)
  }

  @Test(
    "what is skipped takes no place in the window", arguments: ["--buffersize 2", "--delay 0", ""])
  func window(options: String) async throws {
    _ = try await runShell("map --joblog \(log) return ::: 1..20")
    try await expectShell(
      "map --joblog \(log) --resume \(options) return ::: 1..22", "21\n22",
      errors: "map: skipped 20 jobs that \(log) says are done")
  }

  @Test("submit and map --no-wait skip, too")
  func submit() async throws {
    _ = try await runShell("submit --joblog \(log) return a; map --joblog \(log) return ::: b")
    try await expectShell(
      """
      submit --joblog \(log) --resume return a
      submit --joblog \(log) --resume return ::: b c
      map --no-wait --joblog \(log) --resume return ::: a d
      result all
      """, "[1] return c\n[2] 1 future\nc\nd",
      errors: Array(
        repeating: "[..]: skipped 1 job that \(log) says is done", count: 3
      ).joined(separator: "\n"))
  }

  @Test("a dry run skips what would be skipped, and writes nothing")
  func dryRun() async throws {
    for command in ["map", "submit"] {
      try await expectShell("\(command) --dry-run --joblog \(log) --resume print ::: a", "print a")
      #expect(!folder.exists("log"))
    }
    _ = try await runShell("map --joblog \(log) return ::: a")
    let before = try folder.bytes("log")
    try await expectShell(
      "map --dry-run --joblog \(log) --resume return ::: a b", "return b",
      errors: "map: skipped 1 job that \(log) says is done")
    try await expectShell(
      "submit --dry-run --joblog \(log) --resume return a",
      errors: "submit: skipped 1 job that \(log) says is done")
    #expect(try folder.bytes("log") == before)
  }

  @Test("the value of a map that skips has only the others; all skipped is nothing")
  func value() async throws {
    _ = try await runShell("map --joblog \(log) return ::: a")
    try await expectShell(
      "let v = $(map --joblog \(log) --resume return ::: a b); print \"<$v>\"\n"
        + "let v = $(map --joblog \(log) --resume return ::: a b); print \"<$v>\"", "<b>\n<>",
      errors: "map: skipped 1 job [..]\nmap: skipped 2 jobs [..]")
  }

  @Test(
    "a log that is not there yet says nothing; one with foreign lines is understood as far as it goes"
  )
  func foreign() async throws {
    try await expectShell("map --joblog \(log) --resume return ::: a", "a")
    try folder.write("log", try folder.bytes("log") + Array("nonsense\n".utf8))
    try await expectShell(
      "map --joblog \(log) --resume return ::: a b", "b",
      errors: "joblog \(log): 1 line not understood, and passed over\nmap: skipped 1 job [..]")
  }

  @Test("they need a log", arguments: ["--resume", "--resume-failed"])
  func needsLog(option: String) async throws {
    for command in ["map", "submit"] {
      let run = try await runShell("\(command) \(option) print ::: 1")
      #expect(
        run.errors.hasPrefix("-c:1:1: error: \(command): \(option) needs --joblog FILE (usage: "))
      #expect(run.status == 3 && run.output.isEmpty)
    }
  }

  @Test("what a halt has ended or kept from beginning is run")
  func afterHalt() async throws {
    let halted = try await runShell(
      """
      set quiet on
      pool new -w 2
      try {
        map --joblog \(log) --halt now,fail=1 --resume sh ::: 'sleep 60 # 1' 'exit 1' 'echo 3' 'echo 4'
      } catch { print $error }
      """)
    #expect(halted.output.contains("halted by now,fail=1: 1 of 4 items failed: 2; terminated: 1"))
    let lines = String(decoding: try folder.bytes("log"), as: UTF8.self)
    #expect(
      lines.contains("\t-1\t0\tsh 'sleep 60 # 1'\n") && lines.contains("\t1\t0\tsh 'exit 1'\n"))
    let run = try await runShell(
      "map --joblog \(log) --resume --job-timeout 10ms sh ::: 'sleep 60 # 1' 'exit 1'")
    #expect(run.errors.contains("[1] error: timed out") && run.errors.contains("skipped 1 job "))
  }
}
