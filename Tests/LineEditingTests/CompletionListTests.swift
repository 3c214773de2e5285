import Testing

@testable import LineEditing

/// How candidates are listed.
@Suite struct CompletionListTests {
  private func list(columns: Int = 40, rows: Int = 20) -> CompletionList {
    CompletionList(width: { $0.value >= 0x4E00 ? 2 : 1 }, columns: columns, rows: rows)
  }

  private func candidates(_ pairs: [(String, String)]) -> [Completion.Candidate] {
    pairs.map { .init(replacement: $0.0, display: $0.0, note: $0.1) }
  }

  @Test func withNotesEachHasALine() {
    let lines = list().lines(candidates([("wait", "until some are done"), ("workers", "threads")]))
    #expect(lines == ["wait     until some are done", "workers  threads"])
  }

  @Test func withoutNotesTheyStandInColumns() {
    let lines = list(columns: 12).lines(candidates([("a", ""), ("bb", ""), ("c", ""), ("d", "")]))
    #expect(lines == ["a   c", "bb  d"] || lines == ["a   bb  c", "d"])
    #expect(lines.allSatisfy { $0.count < 12 })
  }

  @Test func longNotesAreCutAtTheMargin() {
    let lines = list(columns: 20).lines(candidates([("a", "a very long note indeed"), ("b", "x")]))
    #expect(lines.allSatisfy { $0.count < 20 })
    #expect(lines[0].hasSuffix("…"))
  }

  @Test func wideCharactersAreCountedAsTwo() {
    let lines = list().lines(candidates([("上上", "x"), ("a", "y")]))
    #expect(lines == ["上上  x", "a     y"])
  }

  @Test func theListIsNoLongerThanTheScreen() {
    let lines = list(rows: 5).lines(candidates((1...100).map { ("c\($0)", "note") }))
    #expect(lines.count == 5)
    #expect(lines.last == "… 96 more lines; type on to see fewer")
  }

  @Test func aNameCannotDrawOnTheTerminal() {
    #expect(list().lines(candidates([("a\u{1B}[2J", "")])) == ["a?[2J"])
  }

  @Test func whatAllBeginWithIsTheirCommonPrefix() {
    let completion = Completion(start: 0, candidates: candidates([("wait", ""), ("waiting", "")]))
    #expect(completion.commonPrefix == "wait")
    #expect(Completion(start: 0, candidates: []).commonPrefix == "")
  }
}
