import Testing

@testable import LineEditing

/// On which row the cursor is after a terminal has rewrapped its lines.
@Suite struct ReflowTests {
  private func row(_ text: String, following: Int? = nil, from old: Int, to new: Int) -> Int {
    let reflow = Reflow(text.unicodeScalars, following: following, drawnFor: old) {
      $0.value >= 0x4E00 ? 2 : 1
    }
    return reflow.cursorRow(columns: new)
  }

  @Test(arguments: [
    ("> abc", 40, 80, 0),
    (String(repeating: "x", count: 50), 40, 80, 0),  // joined
    (String(repeating: "x", count: 50), 80, 40, 1),  // wrapped
    (String(repeating: "x", count: 50), 80, 20, 2),
    ("abc\ndef", 40, 80, 1),
    ("\tx", 10, 5, 1),
  ])
  func rowsAreRewrapped(text: String, old: Int, new: Int, row: Int) {
    #expect(self.row(text, from: old, to: new) == row)
  }

  @Test func aRowThatEndsWithABlankIsALineOfItsOwn() {
    // libedit leaves the blank out, so the terminal does not know that the row goes on.
    let text = "123456789 123456789 1"
    #expect(row(text, from: 10, to: 30) == 2)
    #expect(row(text.replacing(" ", with: "x"), from: 10, to: 30) == 0)
  }

  @Test func aWideCharacterThatDidNotFitLeftABlank() {
    #expect(row("123456789上", from: 10, to: 30) == 1)
    #expect(row("12345678上9", from: 10, to: 30) == 0)
  }

  @Test func aTextThatFillsTheRowLeavesTheCursorOnIt() {
    // tmux keeps it behind the last column until the next character comes.
    #expect(row(String(repeating: "x", count: 43), from: 59, to: 43) == 0)
    // Unless there is a next character.
    #expect(row(String(repeating: "x", count: 43), following: 1, from: 59, to: 43) == 1)
  }

  @Test func theCursorGoesOnWithAWideCharacterThatDoesNotFit() {
    #expect(row(String(repeating: "x", count: 32), following: 2, from: 38, to: 33) == 1)
    #expect(row(String(repeating: "x", count: 32), following: 1, from: 38, to: 33) == 0)
  }

  @Test func aTextThatFilledTheRowHasABlankOnTheNext() {
    #expect(row(String(repeating: "x", count: 40), from: 20, to: 40) == 1)
    #expect(row(String(repeating: "x", count: 40), from: 20, to: 50) == 0)
  }

  @Test(
    arguments: [
      ([:], true), (["TERM": "xterm-256color"], true), (["TERM": "linux"], false),
      (["TERM": "xterm", "XTERM_VERSION": "XTerm(379)"], false),
      (["TERM": "screen", "STY": "1.pts"], false),
      (["TERM": "screen", "TMUX": "/tmp/tmux", "XTERM_VERSION": "XTerm(379)"], true),
    ] as [([String: String], Bool)])
  func someTerminalsRewrapNothing(environment: [String: String], rewraps: Bool) {
    #expect(Reflow.isDoneByTerminal { environment[$0] } == rewraps)
  }
}
