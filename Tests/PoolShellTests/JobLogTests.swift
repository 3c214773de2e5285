import TestSupport
import Testing

@testable import PoolShell

/// `--joblog` on `map` and `submit`.
@Suite("--joblog", .timeLimit(.minutes(5)))
struct JobLogTests {
  private let folder: TemporaryFolder
  private let log: String

  init() throws {
    folder = try TemporaryFolder()
    log = folder.file("log")
  }

  /// The lines after the header, each as its columns.
  private func lines() throws -> [[String]] {
    let bytes = try folder.bytes("log")
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    try #require(lines.last?.isEmpty == true, "the last line is not whole")
    #expect(Array(lines[0]) + [UInt8(ascii: "\n")] == JobLogLine.header)
    return lines.dropFirst().dropLast().map { line in
      line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Number, bytes, exit value, signal and command of each line, by number.
  private func summary() throws -> [String] {
    try lines().map { columns in
      try #require(columns.count == 9)
      #expect(columns[1] == ":" && columns[4] == "0")
      #expect(columns[2].wholeMatch(of: /\d{10,}\.\d{3}/) != nil)
      #expect(columns[3].wholeMatch(of: /[ ]{0,8}\d+\.\d{3}/) != nil && columns[3].utf8.count == 10)
      return ([0, 5, 6, 7, 8].map { columns[$0] }).joined(separator: " ")
    }.sorted()
  }

  @Test("one line for each job, with its end")
  func endings() async throws {
    let run = try await runShell(
      """
      try { map --joblog \(log) sh ::: 'echo hello' 'exit 3' 'kill -9 $$' 'exit 0' } catch { }
      """)
    #expect(run.status == 0)
    #expect(
      try summary() == [
        "1 6 0 0 sh 'echo hello'", "2 0 3 0 sh 'exit 3'", "3 0 0 9 sh 'kill -9 $$'",
        "4 0 0 0 sh 'exit 0'",
      ])
  }

  @Test("retry writes a line for each that it tries again")
  func retried() async throws {
    let run = try await runShell(
      """
      try { map --joblog \(log) sh ::: 'exit 0' 'exit 3' } catch { }
      retry failed
      wait 3
      exception 3
      submit --joblog \(log) fail x
      wait
      retry 4
      exception 5
      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try summary() == [
        "1 0 0 0 sh 'exit 0'", "1 0 1 0 fail x", "1 0 1 0 fail x", "2 0 3 0 sh 'exit 3'",
        "2 0 3 0 sh 'exit 3'",
      ])
  }

  @Test("commands of the shell itself, and jobs that run out of time")
  func ownCommands() async throws {
    let run = try await runShell(
      """
      let quiet = $(submit --joblog \(log) { print seen; fail boom })
      wait
      try { map --joblog \(log) --job-timeout 30ms { gate $item } ::: shut } catch { }
      try { map --joblog \(log) --job-timeout 30ms exec sleep ::: 60 } catch { }
      submit --joblog \(log) { try { sh 'exit 4' } ; return fine }
      exception 1
      """)
    #expect(run.status == 0, "\(run)")
    #expect(
      try summary() == [
        "1 0 -1 15 exec sleep 60", "1 0 -1 15 { gate $item } ::: shut",
        "1 0 0 0 { try { sh 'exit 4' } ; return fine }", "1 0 1 0 { print seen; fail boom }",
      ])
  }

  @Test("several commands, and several maps at the same time, write into one file")
  func together() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new jobs -w 8
      submit { map --joblog \(log) --pool jobs print {} ::: 1..200 }
      submit { map --joblog \(log) --pool jobs print {} ::: 201..400 }
      wait
      submit --joblog \(log) print ::: last
      map --joblog \(log) --no-wait print ::: never
      """)
    #expect(run.status == 0, "\(run)")
    #expect(
      Set(try lines().map { $0[8] })
        == Set((1...400).map { "print \($0)" } + ["print last", "print never"]))
    #expect(try lines().count == 402)
  }

  @Test("a line is there before anybody hears of the job's end")
  func before() async throws {
    let run = try await runShell("map --joblog \(log) return ::: a; read \(log)")
    #expect(run.output.hasSuffix("\treturn a\n") && run.output.hasPrefix("a\nSeq\t"))
  }

  @Test("what is written there stays, and a file that is not there, or empty, is begun")
  func appends() async throws {
    try folder.write("log", "")
    for name in ["x", "y"] { _ = try await runShell("map --joblog \(log) return ::: \(name)") }
    #expect(try summary() == ["1 0 0 0 return x", "1 0 0 0 return y"])
  }

  @Test("without jobs there is only the header")
  func noJobs() async throws {
    try await expectShell("map --joblog \(log) return :::")
    #expect(try folder.bytes("log") == JobLogLine.header)
  }

  @Test("a crash's torn line is noticed and removed", arguments: [1, 20, 60, 5000])
  func torn(length: Int) async throws {
    _ = try await runShell("map --joblog \(log) return ::: whole")
    let torn =
      "2\t:\t1795892193.007\t     1.270\t0\t4\t0\t0\texec " + String(repeating: "x", count: 5000)
    try folder.write("log", try folder.bytes("log") + Array(torn.utf8.prefix(length)))
    try await expectShell(
      "map --joblog \(log) return ::: next", "next",
      errors: "joblog \(log): removed its last line, which was not whole")
    #expect(try summary() == ["1 0 0 0 return next", "1 0 0 0 return whole"])
  }

  @Test("also a torn header", arguments: [1, 10, 71])
  func tornHeader(length: Int) async throws {
    try folder.write("log", JobLogLine.header.prefix(length))
    _ = try await runShell("map --joblog \(log) return ::: a")
    #expect(try summary() == ["1 0 0 0 return a"])
  }

  @Test(
    "what cannot be a joblog is refused before anything runs",
    arguments: [
      ("/", "/: Is a directory"), ("/no/such/file", "/no/such/file: No such file or directory"),
      ("/etc/passwd", "/etc/passwd: not a joblog"),
      ("/dev/full", "/dev/full: No space left on device"),
      ("-", "needs the name of a file"), ("''", "needs the name of a file"),
    ])
  func refused(file: String, reason: String) async throws {
    for command in ["map", "submit"] {
      let run = try await runShell("\(command) --joblog \(file) print ::: never")
      #expect(
        Expected.matches(
          run.errors, "-c:1:1: error: \(command): --joblog \(reason) (usage: [..]\n[..]\n[..]\n"),
        "\(run)")
      #expect(run.output.isEmpty && run.status == 3)
    }
  }

  @Test("a file that was not a joblog is as it was")
  func untouched() async throws {
    try folder.write("log", "precious")
    _ = try await runShell("map --joblog \(log) print ::: never")
    #expect(try folder.bytes("log") == Array("precious".utf8))
  }

  @Test("a wrong command makes no file")
  func nothingMade() async throws {
    for line in ["print", "nosuch ::: 1", "--halt x print ::: 1", "--delay x print ::: 1"] {
      _ = try await runShell("map --joblog \(log) \(line)")
    }
    #expect(!folder.exists("log"))
  }

  @Test("a device is as good as a file, but nothing to resume from")
  func device() async throws {
    try await expectShell("map --joblog /dev/null return ::: a", "a")
    let run = try await runShell("map --joblog /dev/null --resume return ::: a")
    #expect(run.errors.contains("/dev/null: no regular file, so nothing to resume from"))
  }

  @Test("a job that is stopped with the script is still to be done")
  func stopped() async throws {
    let script = "submit --joblog \(log) { open up; exec sleep 60 }\ngate up\nfail boom"
    #expect(try await runShell(script).status == 3)
    #expect(try summary() == ["1 0 -1 0 { open up; exec sleep 60 }"])
    let gate = "submit --joblog \(log) { open up; gate shut }\ngate up\nfail boom"
    #expect(try await runShell(gate).status == 3)
    #expect(try summary().first == "1 0 -1 0 { open up; exec sleep 60 }")
    #expect(try summary().last == "1 0 -1 0 { open up; gate shut }")
  }
}
