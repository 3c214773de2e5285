import Testing
import TestSupport

/// What a window of another size shows; compared with tmux 3.3a, byte stream by byte stream.
@Suite struct ScreenResizingTests {
  private func screen(
    _ text: String, columns: Int = 10, rows: Int = 4, reflow: Screen.Reflow = .wrapsAgain
  ) -> Screen {
    var screen = Screen(columns: columns, rows: rows, reflow: reflow)
    screen.feed(text)
    return screen
  }

  @Test func aLineIsWrappedAgain() {
    var screen = screen("0123456789abc")
    screen.resize(columns: 5, rows: 4)
    // tmux moves what is above out, even if there is room below.
    #expect(screen.text == "56789\nabc")
    #expect(screen.scrolledBack.map(\.text) == ["01234"])
    #expect(screen.cursor == .init(row: 1, column: 3))
    screen.resize(columns: 20, rows: 4)
    #expect(screen.text == "0123456789abc")
    #expect(screen.cursor == .init(row: 0, column: 13))
  }

  @Test func theCursorStaysAtItsCharacter() {
    var screen = screen("0123456789abc\u{1B}[2D")
    screen.resize(columns: 7, rows: 4)
    screen.feed("X")
    #expect(screen.transcript == ["0123456789aXc"])
    screen.resize(columns: 4, rows: 4)
    screen.feed("Y")
    #expect(screen.transcript == ["0123456789aXY"])
  }

  @Test func wideCharactersAreWrappedAsAWhole() {
    var screen = screen("中文中文中")
    screen.resize(columns: 5, rows: 4)
    #expect(screen.scrolledBack.map(\.text) == ["中文", "中文"])
    #expect(screen.text == "中")
    screen.resize(columns: 12, rows: 4)
    #expect(screen.text == "中文中文中")
  }

  @Test func aLowerWindowKeepsTheCursor() {
    var screen = screen("1\r\n2\r\n3")
    screen.resize(columns: 10, rows: 2)
    #expect(screen.text == "2\n3")
    #expect(screen.cursor == .init(row: 1, column: 1))
    screen.resize(columns: 10, rows: 4)
    #expect(screen.text == "1\n2\n3")
    #expect(screen.cursor == .init(row: 2, column: 1))
  }

  @Test func rowsAreCutWithoutReflow() {
    var screen = screen("0123456789abc", reflow: .cuts)
    screen.resize(columns: 5, rows: 4)
    #expect(screen.text == "01234\nabc")
    #expect(screen.cursor == .init(row: 1, column: 3))
    screen.resize(columns: 10, rows: 4)
    #expect(screen.text == "01234\nabc")
  }

  @Test func theMainScreenComesBackAtTheNewSize() {
    var screen = screen("main\r\n\u{1B}[?1049hother")
    screen.resize(columns: 20, rows: 6)
    screen.feed("\u{1B}[?1049lx")
    #expect(screen.text == "main\nx")
    #expect(screen.lines.count == 6)
    #expect(screen.lines.allSatisfy { $0.cells.count == 20 })
  }

  /// Whatever comes, the picture keeps its form.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func keepsItsForm(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var screen = Screen(columns: 20, rows: 6, reflow: generator.oneIn(2) ? .cuts : .wrapsAgain)
    let pieces = [
      "a", "word ", "中", "e\u{301}", "\r\n", "\t", "\u{8}", "\u{1B}[A", "\u{1B}[3C", "\u{1B}[K",
      "\u{1B}[1J", "\u{1B}[2@", "\u{1B}[3P", "\u{1B}[L", "\u{1B}[2M", "\u{1B}[2;4r", "\u{1B}M",
      "\u{1B}[?1049h", "\u{1B}[?1049l", "\u{1B}7", "\u{1B}8", "\u{1B}[5X", "\u{1B}[9;9H",
    ]
    for _ in 0..<500 {
      screen.feed(pieces[generator.below(pieces.count)])
      if generator.oneIn(20) {
        screen.resize(columns: 2 + generator.below(30), rows: 2 + generator.below(8))
      }
      #expect(screen.lines.count == screen.rows)
      #expect(screen.lines.allSatisfy { $0.cells.count == screen.columns })
      #expect(0..<screen.rows ~= screen.cursor.row && 0..<screen.columns ~= screen.cursor.column)
    }
    #expect(screen.unknown == [])
  }

  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("中", 2), ("한", 2), ("🙂", 2), ("。", 2), ("Ａ", 2), ("\u{301}", 0),
      ("\u{200D}", 0), ("\u{FE0F}", 0), ("→", 1), ("│", 1), ("█", 1), ("✔", 1), ("⌚", 2),
    ] as [(Unicode.Scalar, Int)])
  func knowsHowWideACharacterIs(_ scalar: Unicode.Scalar, _ cells: Int) {
    #expect(scalar.cells == cells)
  }
}
