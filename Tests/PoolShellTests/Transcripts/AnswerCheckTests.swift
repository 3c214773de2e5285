import TestSupport
import Testing

@testable import PoolShell

/// Whether what came is what was expected.
@Suite("Answers beside what was expected") struct AnswerCheckTests {
  @Test(
    "a gap in a line stands for anything",
    arguments: [
      ("a [..] c", "a b c", true), ("a [..] c", "a  c", true), ("a [..] c", "a c", false),
      ("[..]", "", true), ("[..]", "x", true), ("[..]a[..]", "bab", true),
      ("[..]a[..]", "bb", false), ("a[..]a", "a", false), ("a[..]ab[..]b", "aabb", true),
      ("x[..][..]y", "xy", true), ("[..]aab", "aaab", true), ("a", "a", true), ("a", "b", false),
      ("[..]e\u{301}", "\u{E9}", false), ("a [..]", "a [..]", true), ("...", "x", false),
    ])
  func gaps(pattern: String, line: String, isMatch: Bool) {
    #expect(LinePattern(pattern).matches(line) == isMatch)
  }

  private func isAsExpected(
    _ expected: String, _ actual: String, isUnordered: Bool = false, elidesErrors: Bool = false
  ) -> Bool {
    AnswerCheck(
      expected: expected.split(separator: " ", omittingEmptySubsequences: false).map(String.init),
      actual: actual.split(separator: " ", omittingEmptySubsequences: false).map(String.init),
      isUnordered: isUnordered, elidesErrors: elidesErrors
    ).isAsExpected
  }

  @Test(
    "an elision stands for any lines",
    arguments: [
      ("a ... d", "a b c d", true), ("a ... d", "a d", true), ("a ...", "a b", true),
      ("... b", "a b", true), ("... b", "a c", false), ("... a ... b ...", "x a a b a", true),
      ("... a ... b ...", "x b a", false), ("a ... b", "a b c", false), ("...", "a b", true),
      ("... ...", "a", true), ("... [..] ... c", "x c c", true), ("a b", "a b", true),
      ("a b", "b a", false), ("a", "a b", false), ("a b", "a", false),
    ])
  func elisions(expected: String, actual: String, isMatch: Bool) {
    #expect(isAsExpected(expected, actual) == isMatch)
  }

  @Test(
    "lines in any order",
    arguments: [
      ("a b", "b a", true), ("a b", "b a a", false), ("a a b", "b a a", true),
      ("a a b", "b b a", false), ("[..] a", "a b", true), ("a[..] [..]b", "ab ac", true),
      ("a[..] [..]b", "ac ac", false), ("a ...", "b a c", true), ("d ...", "b a c", false),
      ("x[..] xy xz", "xz xq xy", true),
    ])
  func unordered(expected: String, actual: String, isMatch: Bool) {
    #expect(isAsExpected(expected, actual, isUnordered: true) == isMatch)
  }

  @Test("in any order many lines alike with gaps are paired without a search from each to each")
  func manyUnorderedLinesAlike() {
    let lines = Array(repeating: "x1", count: 1000)
    let patterns = Array(repeating: "x[..]", count: 1000)
    #expect(check(patterns, lines).isAsExpected)
    // Half of the lines find no place.
    let others = patterns.dropLast(500) + Array(repeating: "y[..]", count: 500)
    #expect(check(Array(others), lines).steps.count(where: \.isDifference) == 1000)

    func check(_ expected: [String], _ actual: [String]) -> AnswerCheck {
      AnswerCheck(expected: expected, actual: actual, isUnordered: true, elidesErrors: false)
    }
  }

  @Test("an elision does not hide an error, unless the block says that it fails")
  func errors() {
    for isUnordered in [false, true] {
      func check(_ expected: [String], _ elides: Bool = false) -> Bool {
        AnswerCheck(
          expected: expected, actual: ["a", "error: b", "c"], isUnordered: isUnordered,
          elidesErrors: elides
        ).isAsExpected
      }
      #expect(!check(["..."]))
      #expect(check(["..."], true))
      #expect(check(["...", "error: b", "..."]))
      #expect(check(["...", "error: [..]", "c"]))
    }
  }

  @Test("empty lines behind an answer are only there to look well")
  func layout() {
    func check(_ expected: [String], _ actual: [String]) -> Bool {
      AnswerCheck(expected: expected, actual: actual).isAsExpected
    }
    #expect(check(["a", ""], ["a"]) && check([""], []) && check(["a", "", ""], ["a", ""]))
    #expect(check(["a", ""], ["a", ""]) && !check(["a"], ["a", ""]) && !check(["", "a"], ["a"]))
  }

  @Test("a large answer is compared in time")
  func large() {
    let lines = (0..<20_000).map { "line \($0)" }
    #expect(AnswerCheck(expected: ["line 0", "...", "line 19999"], actual: lines).isAsExpected)
    #expect(AnswerCheck(expected: lines, actual: lines).isAsExpected)
    #expect(AnswerCheck(expected: lines.reversed(), actual: lines, isUnordered: true).isAsExpected)
    #expect(!AnswerCheck(expected: lines.reversed(), actual: lines).isAsExpected)
  }

  // MARK: Differences

  private func hunks(_ expected: [String], _ actual: [String]) -> [String] {
    DiffHunk.all(of: AnswerCheck(expected: expected, actual: actual), firstLine: 10).map { hunk in
      "\(hunk.line)|" + hunk.lines.map { $0.kind.rawValue + $0.text }.joined(separator: "|")
    }
  }

  @Test("a difference is shown with its line and a few lines around it")
  func differences() {
    #expect(hunks(["a"], ["a"]) == [])
    #expect(hunks(["a", "b", "c"], ["a", "x", "c"]) == ["11| a|-b|+x| c"])
    #expect(hunks([], ["x"]) == ["9|+x"])
    #expect(hunks(["a"], ["a", "x"]) == ["10| a|+x"])
    #expect(hunks(["a", "b"], ["a"]) == ["11| a|-b"])
    #expect(hunks(["a", "b", "c"], ["x", "y", "c"]) == ["10|-a|-b|+x|+y| c"])
    #expect(hunks(["a", "...", "d"], ["a", "b", "c", "x"]) == ["12| a| ...|-d|+x"])
    let letters = "abcdefghijklmnop".map { "\($0)" }
    var changed = letters
    changed[1] = "x"
    changed[14] = "y"
    #expect(
      hunks(letters, changed) == ["11| a|-b|+x| c| d| e", "24| l| m| n|-o|+y| p"])
  }
}
