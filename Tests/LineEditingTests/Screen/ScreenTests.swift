import Testing
import TestSupport

/// The terminal model that the tests of the prompt look at.
@Suite struct ScreenTests {
  private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> Screen {
    var screen = Screen(columns: columns, rows: rows)
    screen.feed(text)
    return screen
  }

  // MARK: Characters

  @Test func showsWhatIsWritten() {
    let screen = screen("one\r\ntwo\r\n")
    #expect(screen.text == "one\ntwo")
    #expect(screen.cursor == .init(row: 2, column: 0))
  }

  @Test func theWrapAtTheMarginIsDeferred() {
    var screen = screen("0123456789")
    #expect(screen.cursor == .init(row: 0, column: 9))
    #expect(screen.isWrapPending)
    screen.feed("\r\nx")
    #expect(screen.text == "0123456789\nx")
    screen = self.screen("0123456789a")
    #expect(screen.text == "0123456789\na")
    #expect(screen.lines[0].wraps)
    #expect(!screen.lines[1].wraps)
  }

  @Test func wideCharactersTakeTwoCells() {
    let screen = screen("中文x🙂")
    #expect(screen.text == "中文x🙂")
    #expect(screen.cursor.column == 7)
  }

  @Test func aWideCharacterIsNotCutAtTheMargin() {
    let screen = screen("012345678中")
    #expect(screen.text == "012345678\n中")
    #expect(screen.transcript == ["012345678中"])
  }

  @Test func halfOfAWideCharacterCannotStay() {
    #expect(screen("中文\u{1B}[2Gx").text == " x文")
    #expect(screen("中文\rx").text == "x 文")
    #expect(screen("中文\u{1B}[2G\u{1B}[1P").text == " 文")
  }

  @Test func marksJoinTheirCharacter() {
    #expect(screen("e\u{301}a").text == "e\u{301}a")
    #expect(screen("e\u{301}a").cursor.column == 2)
    let atTheMargin = screen("012345678e\u{301}")
    #expect(atTheMargin.text == "012345678e\u{301}")
    #expect(atTheMargin.cursor.row == 0)
  }

  @Test func aCharacterMayComeInParts() {
    var screen = Screen()
    for byte in "a中🙂\u{1B}[2Db".utf8 { screen.feed([byte]) }
    #expect(screen.text == "a中b")
  }

  @Test func whatIsNoTextIsAReplacementCharacter() {
    var screen = Screen()
    screen.feed([0x61, 0xFF, 0x62])
    #expect(screen.text == "a\u{FFFD}b")
  }

  // MARK: Control characters and rows

  @Test func controlCharactersMoveTheCursor() {
    #expect(screen("ab\u{8}c").text == "ac")
    #expect(screen("a\tb").text == "a       b")
    #expect(screen("a\t\t\tb").text == "a        b")
    #expect(screen("ab\rc").text == "cb")
    #expect(screen("\u{7}\u{7}").bells == 2)
  }

  @Test func whatLeavesAtTheTopCanBeLookedAt() {
    let screen = screen("1\r\n2\r\n3\r\n4\r\n5\r\n")
    #expect(screen.text == "3\n4\n5")
    #expect(screen.scrolledBack.map(\.text) == ["1", "2"])
    #expect(screen.transcript == ["1", "2", "3", "4", "5"])
  }

  @Test func goesUpAtTheTop() {
    #expect(screen("1\r\n2\u{1B}[H\u{1B}Mx").text == "x\n1\n2")
  }

  @Test func aRegionScrollsAlone() {
    let screen = screen("1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3;1H\nx")
    #expect(screen.text == "1\n3\nx\n4")
    #expect(screen.scrolledBack == [])
  }

  // MARK: Control sequences

  @Test(arguments: [
    ("abc\u{1B}[2Dx", "axc"), ("abc\u{1B}[1;2Hx", "axc"), ("abc\u{1B}[2Gx", "axc"),
    ("abc\r\u{1B}[Cx", "axc"), ("abc\u{1B}[Hx", "xbc"), ("a\u{1B}[2dx", "a\n x"),
    ("a\u{1B}[Bx", "a\n x"), ("a\r\nb\u{1B}[Ax", "ax\nb"),
    ("abc\u{1B}[2G\u{1B}[K", "a"), ("abc\u{1B}[2G\u{1B}[1K", "  c"), ("abc\u{1B}[2K", ""),
    ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[J", "a"), ("a\r\nb\r\nc\u{1B}[2;1H\u{1B}[1J", "\n\nc"),
    ("a\r\nb\u{1B}[H\u{1B}[2J", ""), ("abc\u{1B}[2G\u{1B}[P", "ac"),
    ("abc\u{1B}[2G\u{1B}[2@", "a  bc"), ("abcd\u{1B}[2G\u{1B}[2X", "a  d"),
    ("a\r\nb\u{1B}[H\u{1B}[L", "\na\nb"), ("a\r\nb\u{1B}[H\u{1B}[M", "b"),
    ("ab\u{1B}[s\u{1B}[Hx\u{1B}[uy", "xby"), ("ab\u{1B}7\u{1B}[Hx\u{1B}8y", "xby"),
    ("abc\u{1B}[2G\u{1B}[4hx\u{1B}[4l", "axbc"), ("\u{1B}]0;title\u{7}a", "a"),
    ("\u{1B}]0;title\u{1B}\\a", "a"), ("\u{1B}(B\u{1B}[!pa", "a"),
  ])
  func followsASequence(_ text: String, shows: String) {
    let screen = screen(text)
    #expect(screen.text == shows)
    #expect(screen.unknown == [])
  }

  @Test func tellsWhatItDoesNotKnow() {
    #expect(screen("\u{1B}[5y\u{1B}[?1$p\u{1B}Z").unknown == ["CSI 5y", "CSI ?1$p", "ESC Z"])
  }

  /// As xterm does it: the last column is where the cursor is.
  @Test func erasingAtTheMarginErasesTheLastColumn() {
    #expect(screen("0123456789\u{1B}[Kx").text == "012345678x")
  }

  @Test func knowsTheModes() {
    var screen = screen("\u{1B}[?2004h\u{1B}[?25l")
    #expect(screen.isPasteBracketed)
    #expect(!screen.isCursorShown)
    screen.feed("\u{1B}[?2004l\u{1B}[?25h")
    #expect(!screen.isPasteBracketed)
    #expect(screen.isCursorShown)
  }

  @Test func theAlternateScreenHidesTheMainOne() {
    var screen = screen("main\u{1B}[?1049h\u{1B}[Hother")
    #expect(screen.text == "other")
    screen.feed("\u{1B}[?1049l!")
    #expect(screen.text == "main!")
  }

  @Test func keepsHowCharactersLook() {
    let line = screen("a\u{1B}[90mb\u{1B}[0;1mc\u{1B}[31md\u{1B}[38;5;240me\u{1B}[me").lines[0]
    #expect(line.text(where: \.isGrey) == "be")
    #expect(line.text(where: \.isBold) == "cde")
    #expect(line.text(where: \.isColored) == "d")
    #expect(line.text { $0 == .plain } == "ae")
  }
}
