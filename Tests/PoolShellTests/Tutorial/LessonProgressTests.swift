import Foundation
import Testing

@testable import PoolShell

/// What is remembered of the lessons, and the texts that wrap.
@Suite("What a tutorial remembers", .timeLimit(.minutes(5)))
struct LessonProgressTests {
  private static let text = """
    # poolsh tutorial: lesson, step to go on with, done
    01-one-future 1 done
    02-two-of-them 4

    """

  @Test("is written as it is read") func roundTrip() throws {
    let progress = try LessonProgress(Self.text)
    #expect(progress["01-one-future"] == .init(step: 1, isDone: true))
    #expect(progress["02-two-of-them"] == .init(step: 4, isDone: false))
    #expect(progress.text == Self.text)
    #expect(try LessonProgress(LessonProgress().text) == LessonProgress())
  }

  @Test(
    "what is damaged is told with its line",
    arguments: [
      ("", 1), ("01-x 1\n", 1), ("# poolsh tutorial: lesson, step to go on with, done", 1),
      (text + "x", 4), (text + "\n", 4), (text + "x 0\n", 4), (text + "x one\n", 4),
      (text + "x 1 finished\n", 4), (text + "x 1 done y\n", 4), (text + " 1\n", 4),
      (text + "02-two-of-them 5\n", 4), (text + "x\n", 4),
    ])
  func damaged(text: String, line: Int) {
    #expect(throws: LessonProgress.Damaged(line: line)) { try LessonProgress(text) }
  }

  @Test("is kept in a file, whose folders are made") func file() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/state/poolsh/tutorial"
    _ = try await runLessons("tutorial 1\nskip", path: path)
    let mark = "# poolsh tutorial: lesson, step to go on with, done\n"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == mark + "01-one-future 2\n")
    let run = try await runLessons("tutorial\ntutorial 1\nskip\nskip\nnext\nskip", path: path)
    #expect(run.output.contains("1  One future   2 of 3\n"))
    #expect(run.output.contains("It goes on at step 2"))
    let all = mark + "01-one-future 1 done\n02-two-of-them 1 done\n"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == all)
  }

  @Test("a damaged file is told once, and begins afresh") func damagedFile() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/tutorial"
    try "nonsense\u{0}\n".write(toFile: path, atomically: true, encoding: .utf8)
    let run = try await runLessons("tutorial\ntutorial\ntutorial 1\nskip", path: path)
    let notice = "\(path): line 1 cannot be understood; the lessons begin afresh\n"
    #expect(run.output.split(separator: notice, omittingEmptySubsequences: false).count == 2)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasSuffix("\n01-one-future 2\n"))
  }

  @Test("a file that cannot be used is told once, and is left as it is") func unusable()
    async throws
  {
    let folder = try TemporaryFolder()
    for path in [folder.path, "/dev/null/tutorial", "/proc/tutorial"] {
      let run = try await runLessons("tutorial\ntutorial 1\nskip\nskip\nexit\ntutorial", path: path)
      let parts = run.output.split(
        separator: "how far you come is not kept: ", omittingEmptySubsequences: false)
      #expect(parts.count == 2, "\(path): \(run.output)")
      // In this session it is known all the same.
      #expect(run.output.contains("1  One future   3 of 3\n"))
    }
  }

  @Test("a place behind the end of a lesson, which has become shorter") func shorter() async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path + "/tutorial"
    let text = "# poolsh tutorial: lesson, step to go on with, done\n01-one-future 9\nold 2 done\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let run = try await runLessons("tutorial 1\nskip", path: path)
    #expect(
      run.output.contains("3 of 3: Define something") && run.output.contains("Lesson 1 is done"))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\nold 2 done\n"))
  }

  @Test("where it is") func path() {
    let path = { (variables: [String: String]) in
      LessonProgressFile.standardPath { variables[$0] }
    }
    #expect(path(["HOME": "/tmp"]) == "/tmp/.local/state/poolsh/tutorial")
    #expect(path(["HOME": "/tmp", "XDG_STATE_HOME": "/x"]) == "/x/poolsh/tutorial")
    #expect(path(["HOME": "/tmp", "XDG_STATE_HOME": "x"]) == "/tmp/.local/state/poolsh/tutorial")
    #expect(path(["HOME": "/no/such"]) == nil && path([:]) == nil)
  }
}

/// Texts in lines.
@Suite("The texts of lessons") struct LessonTextTests {
  @Test("words wrap at blanks") func words() {
    #expect(TextWrapper.lines("one two three", width: 7) == ["one two", "three"])
    #expect(TextWrapper.lines("  one   two  ", width: 20) == ["one two"])
    #expect(TextWrapper.lines("longerthanthat x", width: 5) == ["longerthanthat", "x"])
    #expect(TextWrapper.lines("", width: 5) == [])
  }

  @Test("code stays together, but not if it is longer than a line") func code() {
    #expect(TextWrapper.lines("type `a b c` now", width: 10) == ["type", "`a b c`", "now"])
    #expect(TextWrapper.lines("type `a b c`.", width: 12) == ["type", "`a b c`."])
    let long = "`" + String(repeating: "ab ", count: 20) + "c`"
    #expect(TextWrapper.lines(long, width: 30).count == 3)
    #expect(TextWrapper.lines("type \(long) now", width: 63) == ["type", long, "now"])
    #expect(TextWrapper.lines("a `b", width: 3) == ["a", "`b"])
  }

  @Test("Chinese wraps behind any character, but not before a mark") func chinese() {
    #expect(TextWrapper.lines("一二三四五六", width: 8) == ["一二三四", "五六"])
    #expect(TextWrapper.lines("一二三四，五六", width: 8) == ["一二三", "四，五六"])
    #expect(TextWrapper.lines("一二（三四）", width: 6) == ["一二", "（三", "四）"])
    #expect(TextWrapper.lines("用 `submit x` 提交。", width: 12) == ["用", "`submit x`", "提交。"])
    #expect(TextWrapper.lines("用`submit x`提交。", width: 40) == ["用`submit x`提交。"])
    #expect(TextWrapper.joined("一二", "三") == "一二三")
    #expect(TextWrapper.joined("对。", "`x` 三") == "对。`x` 三")
    #expect(TextWrapper.joined("一二", "x") == "一二 x" && TextWrapper.joined("a", "b") == "a b")
  }

  @Test("paragraphs, lists, lines that stay") func paragraphs() {
    let text = LessonText(
      markdown: [
        "One", "two.", "", "- first", "  goes on", "- second", "", "| a | b |", "|--|--|", "",
        "1. x",
      ])
    #expect(
      text.lines(width: 12) == [
        "One two.", "", "- first goes", "  on", "- second", "", "| a | b |", "|--|--|", "", "1. x",
      ])
    #expect(text.opened(with: "Right.").plain.hasPrefix("Right. One two.\n"))
    #expect(LessonText().opened(with: "Right.").plain == "Right.")
  }
}
