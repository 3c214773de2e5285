import TestSupport
import Testing

@testable import LineEditing

/// Bytes of a keyboard, and what they mean.
@Suite struct KeyDecoderTests {
  private func events(_ bytes: [UInt8], isOver: Bool = true) -> [KeyDecoder.Event] {
    var decoder = KeyDecoder()
    decoder.feed(bytes)
    return take(&decoder, isOver: isOver)
  }

  private func take(_ decoder: inout KeyDecoder, isOver: Bool) -> [KeyDecoder.Event] {
    var events: [KeyDecoder.Event] = []
    while let event = decoder.next(isOver: isOver) { events.append(event) }
    return events
  }

  private func characters(_ text: String) -> [KeyDecoder.Event] {
    text.unicodeScalars.map { .character($0) }
  }

  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right),
    ("\u{1B}[D", .left), ("\u{1B}[1;5C", .wordRight), ("\u{1B}[1;3D", .wordLeft),
    ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end),
    ("\u{1B}[3~", .delete), ("\u{1B}[3;5~", .deleteWord), ("\u{1B}\r", .newline),
    ("\u{1B}[13;2u", .newline), ("\u{1B}[27;2;13~", .newline),
  ])
  func aSequenceIsAKey(sequence: String, key: Key) {
    #expect(events(Array(sequence.utf8)) == [.key(key)])
  }

  @Test(arguments: ["\u{1B}[5~", "\u{1B}[[A", "\u{1B}[15~", "\u{1B}[?1;2c", "\u{1B}OP"])
  func anUnknownSequenceIsDroppedWhole(sequence: String) {
    #expect(events(Array((sequence + "x").utf8)) == characters("x"))
  }

  @Test func textIsItsCharacters() {
    #expect(events(Array("aé上😀".utf8)) == characters("aé上😀"))
  }

  @Test func whatIsNoUTF8IsDropped() {
    #expect(events([0x61, 0xFF, 0xC3, 0x28, 0x62]) == characters("a(b"))
  }

  @Test func aControlCharacterThatWouldBeAKeyIsDropped() {
    #expect(events(Array("a\u{80}\u{9F}b".utf8)) == characters("ab"))
  }

  @Test func everythingMayComeByteForByte() {
    let typed = "é\u{1B}[1;5C上\u{1B}[200~a\tb\u{1B}[201~\u{1B}b😀"
    var decoder = KeyDecoder()
    var events: [KeyDecoder.Event] = []
    for byte in typed.utf8 {
      decoder.feed([byte])
      events += take(&decoder, isOver: false)
    }
    #expect(
      events == characters("é") + [.key(.wordRight)] + characters("上") + [.paste("a\tb")]
        + characters("\u{1B}b😀"))
    #expect(decoder.isEmpty)
  }

  @Test func theEscapeKeyIsKnownWhenNothingFollows() {
    var decoder = KeyDecoder()
    decoder.feed([0x1B])
    #expect(decoder.next(isOver: false) == nil)
    #expect(!decoder.isEmpty)
    #expect(decoder.next(isOver: true) == .character("\u{1B}"))
    #expect(decoder.isEmpty)
  }

  @Test func aPasteHasNewlinesAndTabsAndNoOtherControl() {
    let pasted = "\u{1B}[200~one\r\n\ttwo\rthree\u{7}\u{1B}[31m\n\n\u{1B}[201~x"
    #expect(events(Array(pasted.utf8)) == [.paste("one\n\ttwo\nthree[31m")] + characters("x"))
  }

  @Test func aPasteEndsOnlyAtItsEnd() {
    var decoder = KeyDecoder()
    decoder.feed(Array("\u{1B}[200~abc".utf8))
    #expect(decoder.next(isOver: true) == nil)
    #expect(decoder.isPasting)
    decoder.feed(Array("\u{1B}[201~".utf8))
    #expect(decoder.next(isOver: false) == .paste("abc"))
  }

  @Test(arguments: 0..<200)
  func noBytesStopIt(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var decoder = KeyDecoder()
    let some: [UInt8] = [
      0x1B, 0x5B, 0x4F, 0x41, 0x31, 0x3B, 0x7E, 0xC3, 0xE4, 0xB8, 0x32, 0x30, 0x0D,
    ]
    for _ in 0..<100 {
      decoder.feed((0..<generator.below(5)).map { _ in some[generator.below(13)] })
      _ = take(&decoder, isOver: generator.oneIn(4))
    }
    _ = take(&decoder, isOver: true)
    #expect(decoder.isEmpty || decoder.isPasting)
  }
}
