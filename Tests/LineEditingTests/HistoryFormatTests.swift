import Testing
import TestSupport

@testable import LineEditing

@Suite struct HistoryFormatTests {
  private func contents(_ lines: String...) -> [UInt8] {
    HistoryFormat.mark + lines.flatMap { Array(($0 + "\n").utf8) }
  }

  @Test(arguments: [
    ("print hello", "print hello\n"), ("a\nb", "a\\nb\n"), ("a\\b", "a\\\\b\n"),
    ("print a \\\nb", "print a \\\\\\nb\n"), ("\\n", "\\\\n\n"), ("日本 🙂 é", "日本 🙂 é\n"),
    (" \t", " \t\n"),
  ])
  func aCommandIsOneLine(_ entry: String, _ line: String) {
    #expect(String(decoding: HistoryFormat.line(entry), as: UTF8.self) == line)
    #expect(HistoryFormat.entry(HistoryFormat.line(entry).dropLast()) == entry)
  }

  @Test func readsTheLinesInOrder() {
    let (entries, lines) = HistoryFormat.entries(contents("a", "b\\nc", "a"))
    #expect(entries == ["a", "b\nc", "a"])
    #expect(lines == 3)
  }

  @Test func passesOverWhatIsNoCommand() {
    let invalid = contents("before") + [0xE6, 0x97, 0x0A] + Array("after\n".utf8)
    #expect(HistoryFormat.entries(invalid).entries == ["before", "after"])
    #expect(HistoryFormat.entries(contents("", "a\\x", "b\\")).entries == [])
    #expect(HistoryFormat.entries([]).entries == [])
    #expect(HistoryFormat.entries(HistoryFormat.mark).entries == [])
  }

  @Test func aLineThatWasCutIsNoCommand() {
    let cut = contents("whole") + Array("rm -rf /".utf8)
    #expect(HistoryFormat.entries(cut).entries == ["whole"])
  }

  /// Wherever it was cut, also in the middle of a character or of a backslash's pair.
  @Test func aSpoiledLineIsNoCommand() {
    let line = HistoryFormat.line("print \\ \n 日本")
    for end in 1..<line.count {
      let spoiled = HistoryFormat.mark + line[..<end] + HistoryFormat.spoiler
      #expect(HistoryFormat.entries(spoiled + HistoryFormat.line("next")).entries == ["next"])
    }
  }

  @Test func knowsItsMark() {
    #expect(HistoryFormat.missingMark(after: [])?.count == HistoryFormat.mark.count)
    #expect(HistoryFormat.missingMark(after: HistoryFormat.mark) == [])
    #expect(HistoryFormat.missingMark(after: Array("#poolsh".utf8))?.first == UInt8(ascii: "-"))
    for other in ["_HiStOrY_V2_\n", "\n", "#poolsh-history-2\n", "\u{7F}ELF", "#poolsh-history-1 "]
    {
      #expect(HistoryFormat.missingMark(after: Array(other.utf8)) == nil)
    }
  }

  @Test func anyTextComesBack() {
    var generator = SeededGenerator(seed: 4)
    let pieces = ["a", "\\", "\n", "n", "中", "🙂", " ", "\t", "\r", "\u{0}", "?"]
    for _ in 0..<500 {
      let entry = (0...generator.below(12)).map { _ in pieces[generator.below(pieces.count)] }
        .joined()
      #expect(HistoryFormat.entry(HistoryFormat.line(entry).dropLast()) == entry)
    }
  }
}
