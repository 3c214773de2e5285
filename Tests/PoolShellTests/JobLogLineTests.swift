import ChildProcess
import Testing

@testable import PoolShell

/// A joblog's lines: written as GNU parallel does, and read back.
@Suite("Joblog lines") struct JobLogLineTests {
  private func text(_ line: JobLogLine) -> String { String(decoding: line.bytes, as: UTF8.self) }

  @Test("the columns, and the width and the decimals of their numbers")
  func columns() {
    let line = JobLogLine(
      seq: 12, start: 1_795_892_193_007, runtime: 1_270, receive: 4,
      exit: JobExit(value: 3, signal: 0), command: JobLogLine.column("exec a\tb"))
    #expect(text(line) == "12\t:\t1795892193.007\t     1.270\t0\t4\t3\t0\texec a\tb\n")
    var long = line
    long.runtime = 123_456_789_012
    #expect(text(long).contains("\t123456789.012\t"))
    long.runtime = 0
    #expect(text(long).contains("\t     0.000\t"))
  }

  @Test("a newline in the command is a NUL, also behind a carriage return")
  func newline() {
    #expect(JobLogLine.column("a\nb\r\nc") == Array("a\0b\r\0c".utf8))
  }

  /// An attempt whose last program ended so; `nil` if it ran none.
  private struct Case {
    var attempt: Attempt
    var cut: JobExit.Cut?
    var value: Int32
    var signal: Int32

    init(_ attempt: Attempt, _ value: Int32, _ signal: Int32, _ cut: JobExit.Cut? = nil) {
      (self.attempt, self.cut, self.value, self.signal) = (attempt, cut, value, signal)
    }
  }

  private static let failed = Attempt(start: 0, error: "x")

  private static let cases: [Case] = [
    Case(Attempt(start: 0, status: .exited(0)), 0, 0), Case(Attempt(start: 0), 0, 0),
    Case(Attempt(start: 0, status: .exited(3), error: "x"), 3, 0),
    Case(Attempt(start: 0, status: .signalled(9), error: "x"), 0, 9),
    // What a try has caught is not how the job ended; what failed beside its programs is 1.
    Case(Attempt(start: 0, status: .exited(3)), 0, 0),
    Case(Attempt(start: 0, status: .exited(0), error: "x"), 1, 0), Case(failed, 1, 0),
    Case(Attempt(start: 0, status: .signalled(15), error: "x"), -1, 15, .timedOut),
    Case(Attempt(start: 0, status: .signalled(9), error: "x"), -1, 9, .timedOut),
    Case(Attempt(start: 0, status: .exited(0), error: "x"), -1, 15, .timedOut),
    Case(failed, -1, 15, .timedOut), Case(Attempt(start: 0), -1, 0, .stopped),
    Case(Attempt(start: 0, status: .signalled(15), error: "x"), -1, 0, .stopped),
  ]

  @Test("exit value and signal")
  func exit() {
    for one in Self.cases {
      let exit = JobExit(one.attempt, cut: one.cut)
      #expect(exit == JobExit(value: one.value, signal: one.signal), "\(one)")
    }
  }

  @Test("what is written is read")
  func roundTrip() throws {
    let line = JobLogLine(
      seq: 7, start: 1, runtime: 2, receive: 3, exit: JobExit(value: -1, signal: 15),
      command: JobLogLine.column("a\tb\nc"))
    let ending = try #require(JobLogLine.Ending(line.bytes.dropLast()))
    #expect(ending.seq == 7 && ending.exit == line.exit && Array(ending.command) == line.command)
  }

  @Test(
    "what is no line",
    arguments: [
      "", "x", "1\t:\t1.0\t1.0\t0\t0\t0\t0", "x\t:\t1.0\t1.0\t0\t0\t0\t0\tc",
      "1\t:\t1.0\t1.0\t0\t0\t\t0\tc", "1\t:\t1.0\t1.0\t0\t0\t0\tz\tc",
    ])
  func malformed(line: String) {
    #expect(JobLogLine.Ending(Array(line.utf8)[...]) == nil)
  }
}
