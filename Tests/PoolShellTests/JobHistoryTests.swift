import Testing

@testable import PoolShell

/// What a joblog says is done.
@Suite("Joblog history") struct JobHistoryTests {
  /// A log of lines: number, exit value, signal, command.
  private func history(
    _ lines: [(Int, Int32, Int32, String)], _ rule: JobHistory.Rule, tries: Int = 1
  ) -> JobHistory {
    let bytes = lines.flatMap { seq, value, signal, command in
      JobLogLine(
        seq: seq, start: 0, runtime: 0, receive: 0, exit: JobExit(value: value, signal: signal),
        command: JobLogLine.column(command)
      ).bytes
    }
    return JobHistory(JobLogLine.header + bytes, rule: rule, tries: tries)
  }

  @Test("by text, whatever the number is now, and as often as the log has it")
  func texts() {
    var history = history([(5, 0, 0, "a"), (9, 0, 0, "b"), (7, 0, 0, "a")], .ran)
    let claims = history.claims("a", "a", "a", "b", "b", "c")
    #expect(claims == [true, true, false, true, false, false])
  }

  @Test("a failure has run, but did not succeed; a signal is a failure")
  func failures() {
    let lines: [(Int, Int32, Int32, String)] = [
      (1, 3, 0, "a"), (2, 0, 9, "b"), (3, -1, 15, "timed out"), (4, 0, 0, "ok"),
    ]
    for (rule, isDone) in [(JobHistory.Rule.ran, true), (.succeeded, false)] {
      var history = history(lines, rule)
      let claims = history.claims("a", "b", "timed out", "ok")
      #expect(claims == [isDone, isDone, isDone, true])
    }
  }

  @Test("several attempts are one job, which is done if one of them was good")
  func attempts() {
    let lines: [(Int, Int32, Int32, String)] = [(1, 1, 0, "a"), (1, 1, 0, "a"), (1, 0, 0, "a")]
    for rule in [JobHistory.Rule.ran, .succeeded] {
      var history = history(lines, rule)
      let claims = history.claims("a", "a")
      #expect(claims == [true, false])
    }
  }

  @Test("one that is to be tried again has not run to its end")
  func tries() {
    for (count, isDone) in [(1, false), (2, false), (3, true), (4, true)] {
      let lines = Array(repeating: (1, Int32(1), Int32(0), "a"), count: count)
      var history = history(lines, .ran, tries: 3)
      let claims = history.claims("a")
      #expect(claims == [isDone])
    }
    var history = history([(1, 1, 0, "a"), (1, 0, 0, "a")], .ran, tries: 3)
    let claims = history.claims("a")
    #expect(claims == [true])
  }

  @Test("what was stopped with the whole run is still to be done")
  func stopped() {
    for rule in [JobHistory.Rule.ran, .succeeded] {
      var history = history([(1, -1, 0, "a"), (2, -1, 0, "b"), (2, 0, 0, "b")], rule)
      let claims = history.claims("a", "b")
      #expect(claims == [false, true])
    }
  }

  @Test("bytes count: names that only look alike are two, and a newline is found again")
  func bytes() {
    var history = history([(1, 0, 0, "exec \u{E9}"), (2, 0, 0, "a\nb")], .ran)
    let claims = history.claims("exec e\u{301}", "exec \u{E9}", "a\nb")
    #expect(claims == [false, true, true])
  }

  @Test("lines that are none are counted and passed over")
  func malformed() {
    let log = JobLogLine.header + Array("nonsense\n1\t:\t1.0\t1.0\t0\t0\t0\t0\tok\n\n".utf8)
    var history = JobHistory(log, rule: .ran)
    let claims = history.claims("ok")
    #expect(history.malformed == 1 && claims == [true])
  }
}

extension JobHistory {
  /// Which of these jobs are done, one after the other.
  fileprivate mutating func claims(_ commands: String...) -> [Bool] {
    var claims: [Bool] = []
    for command in commands { claims.append(claim(command)) }
    return claims
  }
}
