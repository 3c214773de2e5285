import Testing

@testable import PoolShell

/// What is told of futures that have ended: singly, or many in a line.
@Suite("Lines of notices")
struct NoticeLinesTests {
  private static func finished(_ ids: some Sequence<Int>) -> [NoticeLines.End] {
    ids.map { NoticeLines.End(id: $0, ran: 0.5, task: "sleep 0.5", failure: nil) }
  }

  private static func failed(_ ids: some Sequence<Int>) -> [NoticeLines.End] {
    ids.map { NoticeLines.End(id: $0, ran: 0.5, task: "fail", failure: "boom\nat once") }
  }

  private static func text(_ ends: [NoticeLines.End]) -> [String] {
    NoticeLines.lines(ends).map { String(TextRenderer().text(of: $0).plain.dropLast()) }
  }

  @Test func aFewAreToldInTheOrderOfTheirEnd() {
    let ends = Self.finished([3]) + Self.failed([4]) + Self.finished([1])
    #expect(
      Self.text(ends) == [
        "[3] finished 0.50s  sleep 0.5", "[4] failed: boom", "[1] finished 0.50s  sleep 0.5",
      ])
    #expect(Self.text(Self.finished(1...10)).count == 10)
    #expect(Self.text([]) == [])
  }

  @Test func aLongTaskIsCut() {
    func text(_ task: String) -> String {
      Self.text([NoticeLines.End(id: 1, ran: 1, task: task, failure: nil)])[0]
    }
    #expect(text("{\n  print a\n}") == "[1] finished 1.00s  { …")
    let words = String(repeating: "x", count: 61)
    #expect(text(words) == "[1] finished 1.00s  " + words.dropLast() + " …")
    #expect(text(String(words.dropLast())) == "[1] finished 1.00s  " + words.dropLast())
  }

  @Test func manyAreOneLine() {
    #expect(Self.text(Self.finished(5...1200)) == ["finished: 5..1200 (1196)"])
    #expect(Self.text(Self.finished([9, 2] + (20...30))) == ["finished: 2 9 20..30 (13)"])
  }

  @Test func ofManyFailuresTheFirstAreToldSingly() {
    #expect(
      Self.text(Self.failed([30] + (1...20))) == [
        "[30] failed: boom", "[1] failed: boom", "[2] failed: boom", "failed: 3..20 (18)",
      ])
    #expect(
      Self.text(Self.finished(1...8) + Self.failed([9, 10, 11, 12])) == [
        "finished: 1..8 (8)", "[9] failed: boom", "[10] failed: boom", "[11] failed: boom",
        "[12] failed: boom",
      ])
    // No line for one: it says more of it.
    #expect(
      Self.text(Self.finished([1]) + Self.failed(2...20)).first == "[1] finished 0.50s  sleep 0.5")
  }
}
