import TestSupport
import Testing

@testable import PoolShell

/// Rewriting a document with what came.
@Suite("Updating a document") struct TranscriptUpdateTests {
  /// The document after an update, when these lines came for its commands.
  private func updated(_ text: String, _ answers: [[String]]) throws -> String {
    String(decoding: try update(Array(text.utf8), answers), as: UTF8.self)
  }

  private func checked(_ bytes: [UInt8], _ answers: [[String]]) throws -> [CheckedAnswer] {
    let blocks = try Transcript(bytes).sessions.flatMap { $0 }
    let lines = blocks.flatMap(\.exchanges).map(\.line)
    let record = SessionRecord(
      answers: Dictionary(uniqueKeysWithValues: zip(lines, answers)), problems: [],
      isGivenUp: false)
    return TranscriptCheck(blocks, record).answers
  }

  private func update(_ bytes: [UInt8], _ answers: [[String]]) throws -> [UInt8] {
    TranscriptUpdate.apply(try checked(bytes, answers), to: bytes)
  }

  @Test("what differs is replaced, and nothing else")
  func replaces() throws {
    let document = "# T\r\n\n```poolsh\n> a\none\n\n> b\n> c\nthree\nfour\n```\ntail"
    #expect(
      try updated(document, [["1"], ["2", "2"], ["three", "four"]])
        == "# T\r\n\n```poolsh\n> a\n1\n\n> b\n2\n2\n> c\nthree\nfour\n```\ntail")
  }

  @Test("gaps and elisions stay where they still match")
  func keeps() throws {
    let document = "```poolsh\n> a\nt: [..]s\n...\nz\n```\n"
    #expect(
      try updated(document, [["t: 5s", "b", "y"]]) == "```poolsh\n> a\nt: [..]s\n...\ny\n```\n")
    #expect(
      try updated(document, [["u: 5s", "b", "z"]]) == "```poolsh\n> a\nu: 5s\n...\nz\n```\n")
  }

  @Test("lines of a block in a list keep its indentation, those of a DOS file their ends")
  func indents() throws {
    #expect(
      try updated("- x\n\n  ```poolsh\n  > a\n  b\n  ```\n", [["c", "", " d"]])
        == "- x\n\n  ```poolsh\n  > a\n  c\n\n   d\n  ```\n")
    #expect(
      try updated("```poolsh\r\n> a\r\nb\r\n```\r\n", [["c", "d"]])
        == "```poolsh\r\n> a\r\nc\r\nd\r\n```\r\n")
  }

  @Test("what would be taken for something else is written with a gap before it")
  func ambiguous() throws {
    let document = "```poolsh\n> a\n```\n"
    let lines = ["> x", ". y", ">", ".", "...", "```", "~~~~", "a [..] b"]
    for line in lines {
      let bytes = try update(Array(document.utf8), [[line]])
      #expect(try checked(bytes, [[line]]).allSatisfy(\.check.isAsExpected), "\(line)")
    }
    #expect(try updated(document, [lines]).contains("\n[..]> x\n. y\n[..]>\n.\n[..]...\n[..]```\n"))
  }

  @Test("bytes that are no text stay where they are")
  func bytes() throws {
    let head: [UInt8] = [0xFF, 0x00, 0x0A]
    let bytes = head + Array("```poolsh\n> a\nb\n```\n".utf8) + [0xC3]
    #expect(
      try update(bytes, [["c"]]) == head + Array("```poolsh\n> a\nc\n```\n".utf8) + [0xC3])
  }

  @Test("in any order, what is still right stays in its place")
  func unordered() throws {
    #expect(
      try updated("```poolsh unordered\n> a\nx\ny\nz\n```\n", [["z", "w", "x"]])
        == "```poolsh unordered\n> a\nx\nz\nw\n```\n")
  }

  // MARK: Whatever is written and comes

  private static let lines = [
    "a", "b", "c", "a b", "", "...", "[..]", "a[..]", "[..]b", "> x", ">", ". y", ".", "```",
    "~~~", "error: x", "error: y", "  a", "\ta", "é",
  ]

  private func random(_ count: Int, _ generator: inout SeededGenerator) -> [String] {
    (0..<generator.below(count)).map { _ in Self.lines[generator.below(Self.lines.count)] }
  }

  @Test(
    "after an update everything is as expected, and another changes nothing",
    arguments: ["", " unordered", " fails", " unordered fails"], ["\n", "\r\n"])
  func property(words: String, lineEnd: String) throws {
    var generator = SeededGenerator(seed: UInt64(words.utf8.count * 2 + lineEnd.utf8.count))
    for _ in 0..<2000 {
      let indent = generator.oneIn(3) ? "   " : ""
      let written = random(7, &generator).filter { !$0.hasPrefix("```") }
      let block = ["````poolsh\(words)", "> typed"] + written + ["````"]
      let document = ["1. x", ""] + block.map { $0.isEmpty ? "" : indent + $0 } + ["end"]
      let bytes = Array(document.joined(separator: lineEnd).utf8)
      let count = try Transcript(bytes).blocks.flatMap(\.exchanges).count
      let answers = (0..<count).map { _ in random(7, &generator) }
      try check(bytes, answers)
    }
  }

  private func check(_ bytes: [UInt8], _ answers: [[String]]) throws {
    let result = try update(bytes, answers)
    let told = "\(String(decoding: bytes, as: UTF8.self)) with \(answers)"
    if try checked(bytes, answers).allSatisfy(\.check.isAsExpected) {
      #expect(result == bytes, "\(told)")
    }
    let isAsExpected = try checked(result, answers).allSatisfy(\.check.isAsExpected)
    #expect(isAsExpected, "\(told) became \(String(decoding: result, as: UTF8.self))")
    let again = try update(result, answers)
    #expect(again == result, "\(told)")
  }
}
