import PoolShell
import Testing

@Suite struct ParserRobustnessTests {
  /// SplitMix64: the same inputs in every run.
  struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }

  private static let plain = Array("ab1_ \t\n;&|{}{}  \n()$$'\"\\#!:-@=<>`.é".utf8)
  private static let broken: [UInt8] = plain + [0x00, 0x0D, 0xFF, 0xC3, 0xEF, 0xBB, 0xBF]

  @Test(.timeLimit(.minutes(5)), arguments: [false, true])
  func byteSoupAlwaysEnds(isBroken: Bool) throws {
    let alphabet = isBroken ? Self.broken : Self.plain
    var generator = SeededGenerator(state: UInt64(alphabet.count))
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...60, using: &generator)
      let soup = (0..<length).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      try check(soup)
    }
  }

  /// Every call of `next()` must pass at least a byte or a line.
  private func check(_ soup: [UInt8]) throws {
    var parser = Parser(source: TextSource(name: "test", bytes: soup))
    for _ in 0...(soup.count + 1) {
      do {
        guard let chain = try parser.next() else { return }
        try check(chain)
      } catch let error as SyntaxError {
        let place = try #require(error.place)
        #expect(place.line >= 1 && place.column >= 1 && place.column <= place.text.count + 1)
        parser.discardLine()
      }
    }
    Issue.record("no end in sight: \(soup)")
  }

  /// The text of a chain is parsed to the same chain again, and that of a word to the same word.
  private func check(_ parsed: ParsedChain) throws {
    let last = parsed.chain.links.last?.command ?? parsed.chain.first
    var range = parsed.chain.first.range
    range.end = last.range.end
    // A newline before it keeps U+FEFF from being a mark; a CR may be the end of a line.
    let text = "\n" + parsed.unit.text(range)
    if text.utf8.contains(UInt8(ascii: "\r")) { return }
    guard try description(of: text) == describe(parsed.chain) else {
      Issue.record("\(text.debugDescription) is parsed differently the second time")
      return
    }
    for case .word(let word) in last.arguments where last.range.start != word.range.start {
      #expect(!word.pieces.isEmpty)
      guard !parsed.unit.text(last.range).hasPrefix("!") else { continue }
      #expect(try description(of: "x " + parsed.unit.text(word.range)) == "x|" + describe(word))
    }
  }

  @Test func aCallThatForgetsToDiscardStillEnds() throws {
    var parser = makeParser("a\u{0}b 'c\nd")
    for _ in 0..<3 { _ = try? parser.next() }
    parser.discardLine()
    #expect(try parser.next() == nil)
  }

  struct LongText: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var count: Int
  }

  /// In a debug build each takes about a second; with a quadratic step it would take minutes.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      LongText(
        testDescription: "many commands in a line",
        text: String(repeating: "print abc;", count: 100_000), count: 100_000),
      LongText(
        testDescription: "lines that end a block and begin another",
        text: "{\n" + String(repeating: "a }; {\n", count: 50_000) + "}", count: 50_001),
      LongText(
        testDescription: "a long quote",
        text: "a '" + String(repeating: "0123456789", count: 100_000) + "'", count: 1),
      LongText(
        testDescription: "a quote of many lines",
        text: "a \"" + String(repeating: "012345678\n", count: 100_000) + "\"", count: 1),
      LongText(
        testDescription: "a long chain",
        text: String(repeating: "a && ", count: 100_000) + "b", count: 1),
    ])
  func longTextsTakeLinearTime(long: LongText) throws {
    let count = try parse(long.text).count
    #expect(count == long.count)
  }
}
