import TestSupport
import Testing

@testable import PoolShell

/// What reaches a terminal: cleaned, in whole lines, above the status line.
@Suite struct TerminalOutputTests {
  private let shown = Recorder()
  private let errors = Recorder()

  /// Both streams on one terminal, unless it is changed.
  private func makeOutput(
    separately: Bool = false, with change: (inout Output.Streams) -> Void = { _ in },
    afterWrite: @escaping @Sendable () -> Void = {}
  ) -> Output {
    var streams = Output.Streams()
    streams.isOutputTerminal = true
    streams.isErrorTerminal = true
    streams.isInteractive = true
    change(&streams)
    return Output(
      standardOutput: { [shown] in shown.append($0) },
      standardError: { [shown, errors] in (separately ? errors : shown).append($0) },
      streams: streams, afterWrite: afterWrite)
  }

  private func write(_ bytes: [UInt8], to output: Output) {
    bytes.withUnsafeBytes { bytes in output.write { try $0.out(bytes) } }
  }

  // MARK: Cleaning

  @Test func nothingDrawsOnTheTerminal() {
    let output = makeOutput()
    output.write("a\u{1B}[2J\n")
    output.writeError("b\u{1B}[2J\n")
    LineBytes.with(id: nil, "c\u{1B}[2J") { output.write($0) }
    #expect(shown.text == "a^[[2J\nb^[[2J\nc^[[2J\n")
  }

  @Test func whatIsNoTerminalGetsItsBytes() {
    let output = makeOutput(separately: true, with: { $0.isErrorTerminal = false })
    output.writeError("b\u{1B}[2J\r\n")
    #expect(errors.text == "b\u{1B}[2J\r\n")
    let script = makeOutput(with: { $0.isInteractive = false })
    write([0x1B, 0xFF, 0x0D, 0x0A, 0x41], to: script)
    #expect(shown.bytes == [0x1B, 0xFF, 0x0D, 0x0A, 0x41])
  }

  /// Pieces of 64 KiB cut characters.
  @Test func aCharacterMayComeInTwoPieces() {
    let output = makeOutput()
    let half = Array(repeating: UInt8(ascii: "x"), count: (1 << 16) - 1) + [0xC3]
    output.write { writer in
      try half.withUnsafeBytes { try writer.out($0) }
      try [UInt8](arrayLiteral: 0xA9, 0x0A).withUnsafeBytes { try writer.out($0) }
    }
    #expect(shown.text == String(repeating: "x", count: (1 << 16) - 1) + "é\n")
  }

  @Test func aCharacterDoesNotGoOnInTheNextUnit() {
    let output = makeOutput()
    write([0x61, 0xC3], to: output)
    write([0xA9, 0x62], to: output)
    #expect(shown.text == "a\u{FFFD}\n\u{FFFD}b\n")
  }

  // MARK: Whole lines

  @Test func aUnitEndsWithANewline() {
    let output = makeOutput()
    write([0x61], to: output)
    output.writeError("b")
    output.write("c\n")
    write([], to: output)
    #expect(shown.text == "a\nb\nc\n")
  }

  @Test func whatAnotherStreamHasBegunIsEnded() {
    let output = makeOutput()
    output.write { writer in
      writer.err("warning")
      try writer.out("value")
      try writer.out(" goes on\n")
    }
    #expect(shown.text == "warning\nvalue goes on\n")
  }

  @Test func linesOfOneUnitGoOn() {
    let output = makeOutput()
    output.write { writer in
      try writer.out("[1] ")
      try writer.out(String(repeating: "x", count: 1 << 16))
      try writer.out(" end\n")
    }
    #expect(shown.text == "[1] " + String(repeating: "x", count: 1 << 16) + " end\n")
  }

  @Test func aPromptIsLeftOpenUntilEnter() {
    let output = makeOutput()
    output.writePrompt("> ")
    output.noteLineEnd()
    output.write("a\n")
    output.writePrompt("> ")
    output.write("b\n")
    output.writePrompt("> ")
    output.endPromptLine()
    output.write("c\n")
    #expect(shown.text == "> a\n> \nb\n> \nc\n")
  }

  @Test func aPromptIsOnStandardErrorIfThatAloneIsATerminal() {
    let output = makeOutput(separately: true, with: { $0.isOutputTerminal = false })
    output.writePrompt("> ")
    #expect(errors.text == "> " && shown.text == "")
    let nowhere = makeOutput(
      separately: true, with: { ($0.isOutputTerminal, $0.isErrorTerminal) = (false, false) })
    nowhere.writePrompt("? ")
    nowhere.endPromptLine()
    #expect(errors.text == "> " && shown.text == "")
  }

  @Test func whoLooksOnIsToldOfEveryUnitOnce() {
    let marks = Recorder()
    let output = makeOutput(afterWrite: { [shown] in
      Array((shown.text + "|").utf8).withUnsafeBytes { marks.append($0) }
    })
    output.write { writer in
      try writer.out("a")
      writer.err("b\n")
    }
    #expect(marks.text == "a\nb\n|")
    output.writeError("c\n")
    #expect(marks.text == "a\nb\n|a\nb\nc\n|")
  }

  // MARK: The status line

  @Test func theStatusLineIsUnderEverything() {
    let output = makeOutput()
    output.showStatus("1 of 2")
    #expect(shown.text == "1 of 2")
    output.write("a\n")
    #expect(shown.text == "1 of 2\r\u{1B}[Ka\n1 of 2")
    output.showStatus("2 of 2")
    #expect(shown.text.hasSuffix("a\n1 of 2\r\u{1B}[K2 of 2"))
    output.showStatus("2 of 2")
    output.showStatus(nil)
    #expect(shown.text.hasSuffix("a\n1 of 2\r\u{1B}[K2 of 2\r\u{1B}[K"))
    let all = shown.text
    output.write("b\n")
    output.showStatus(nil)
    #expect(shown.text == all + "b\n")
  }

  /// The line was noted after it was drawn: who pressed Ctrl-C as soon as it was there read the last words behind it.
  @Test func theLastWordsMayComeAsSoonAsTheStatusLineIsSeen() {
    let output = Guarded<Output?>(nil)
    var streams = Output.Streams()
    streams.isErrorTerminal = true
    let made = Output(
      standardOutput: { _ in },
      standardError: { [shown] bytes in
        shown.append(bytes)
        if shown.text == "1 of 2" { output.withLock { $0 }?.writeErrorAtOnce("over\n") }
      }, streams: streams)
    output.withLock { $0 = made }
    made.showStatus("1 of 2")
    #expect(shown.text == "1 of 2\r\u{1B}[Kover\n")
    output.withLock { $0 = nil }
  }

  @Test func theStatusLineWaitsForTheLeftMargin() {
    let script = makeOutput(with: { $0.isInteractive = false })
    script.write("half")
    script.showStatus("status")
    script.write(" line\n")
    script.write("half")
    #expect(shown.text == "half line\nstatus\r\u{1B}[Khalf")
  }

  @Test func aStatusLineNeedsATerminalOnStandardError() {
    for change: @Sendable (inout Output.Streams) -> Void in [
      { $0.isErrorTerminal = false }, { $0.understandsEscapes = false },
    ] {
      let output = makeOutput(separately: true, with: change)
      output.showStatus("status")
      output.writeError("a\n")
      output.showStatus(nil)
    }
    #expect(shown.text == "" && errors.text == "a\na\n")
  }

  @Test func aPipeDoesNotMoveTheStatusLine() {
    let output = makeOutput(separately: true, with: { $0.isOutputTerminal = false })
    output.showStatus("status")
    output.write("a")
    output.writeError("b\n")
    #expect(shown.text == "a" && errors.text == "status\r\u{1B}[Kb\nstatus")
  }

  /// What `| tee log` writes would stand behind the status line.
  @Test func theReaderOfAPipeGetsTheStatusLinesPlace() {
    for (delay, end) in [(Duration.zero, "2 of 2"), (.seconds(3600), "")] {
      let errors = Recorder()
      var streams = Output.Streams()
      (streams.isErrorTerminal, streams.isOutputPipe) = (true, true)
      streams.pipeDelay = delay
      let output = Output(
        standardOutput: { _ in }, standardError: { errors.append($0) }, streams: streams)
      output.showStatus("1 of 2")
      LineBytes.with(id: nil, "a") { output.write($0) }
      output.write("b\n")
      #expect(errors.text == "1 of 2\r\u{1B}[K")
      output.showStatus("1 of 2")
      output.showStatus("2 of 2")
      #expect(errors.text == "1 of 2\r\u{1B}[K" + (end.isEmpty ? "" : "1 of 2\r\u{1B}[K2 of 2"))
      output.showStatus(nil)
    }
  }

  @Test(arguments: [
    ("12345678901", "123456789"), ("日本語日本語", "日本語日"),
    ("e\u{301}e\u{301}12345678", "e\u{301}e\u{301}1234567"),
    ("😀😀😀😀😀", "😀😀😀😀"), ("a\u{1B}[2J\tb\nc", "a^[[2J b "),
    ("❤\u{FE0F}❤\u{FE0F}12345678", "❤\u{FE0F}❤\u{FE0F}12345"),
  ])
  func theStatusLineIsCutToTheWidth(line: String, expected: String) {
    let output = makeOutput(with: { $0.columns = { 10 } })
    output.showStatus(line)
    #expect(shown.text == expected)
  }

  /// A terminal that has become narrower has put the line on several rows.
  @Test func aWrappedStatusLineIsTakenAwayWhole() {
    let columns = Guarded(80)
    let output = makeOutput(with: { $0.columns = { columns.withLock { $0 } } })
    output.showStatus(String(repeating: "x", count: 50))
    columns.withLock { $0 = 20 }
    output.showStatus(nil)
    #expect(shown.text == String(repeating: "x", count: 50) + "\u{1B}[2A\r\u{1B}[J")
  }

  @Test func theLastWordsTakeTheStatusLineAway() {
    let output = makeOutput()
    output.showStatus("status")
    output.writeErrorAtOnce("terminated\n")
    #expect(shown.text == "status\r\u{1B}[Kterminated\n")
  }

  @Test func standardErrorThatFailsIsNobodysTrouble() {
    var streams = Output.Streams()
    streams.isErrorTerminal = true
    let output = Output(
      standardOutput: { [shown] in shown.append($0) },
      standardError: { _ in throw Output.Failure.closed }, streams: streams)
    output.showStatus("status")
    output.writeError("lost\n")
    output.write("a\n")
    #expect(shown.text == "a\n" && output.isWell)
  }

  @Test func anOutputThatFailsLeavesStandardErrorAlone() {
    var streams = Output.Streams()
    (streams.isOutputTerminal, streams.isErrorTerminal, streams.isInteractive) = (true, true, true)
    let output = Output(
      standardOutput: { _ in throw Output.Failure.cannotWrite("gone") },
      standardError: { [errors] in errors.append($0) }, streams: streams)
    output.write("a\n")
    output.writeError("told\n")
    #expect(output.failureText == "cannot write to standard output: gone")
    #expect(errors.text == "told\n")
  }
}
