import TestSupport
import Testing

@testable import PoolShell

/// No job can draw on the terminal: what it writes becomes characters and nothing else.
@Suite struct TerminalCleanerTests {
  private func cleaned(_ pieces: [[UInt8]]) -> String {
    var cleaner = TerminalCleaner()
    var result: [UInt8] = []
    for piece in pieces {
      piece.withUnsafeBytes { cleaner.clean($0, into: &result) }
    }
    cleaner.finish(into: &result)
    return String(validating: result, as: UTF8.self) ?? "not UTF-8: \(result)"
  }

  @Test(arguments: [
    ("plain é 日本 😀\n\tx", "plain é 日本 😀\n\tx"), ("a\u{1B}[2Jb", "a^[[2Jb"),
    ("\u{0}\u{7}\u{7F}", "^@^G^?"),
    ("a\r\nb\r\n", "a\nb\n"), ("10%\r20%\n", "10%^M20%\n"), ("a\r\r\nb", "a^M\nb"), ("a\r", "a"),
    ("\u{9B}2J\u{85}", "\u{FFFD}2J\u{FFFD}"), ("\u{A0}", "\u{A0}"),
  ])
  func controlCharactersBecomeVisible(text: String, expected: String) {
    #expect(cleaned([Array(text.utf8)]) == expected)
    #expect(cleaned(text.utf8.map { [$0] }) == expected)
  }

  @Test(arguments: [
    [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x9B, 0x41],
    [0xF0, 0x9F, 0x98, 0x1B, 0x5B], [0xC3, 0x0D, 0x0A],
  ])
  func invalidBytesBecomeReplacements(bytes: [UInt8]) {
    let expected = Printable.text(
      String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    #expect(cleaned([bytes]) == expected)
    #expect(cleaned(bytes.map { [$0] }) == expected)
  }

  /// However the bytes are cut into pieces, the result is that of the whole, and that is what Swift decodes.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func piecesMakeNoDifference(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet: [UInt8] =
      [0x41, 0x0A, 0x0D, 0x1B, 0x80, 0x9B, 0xA0, 0xBF, 0xC2, 0xC3, 0xE0, 0xE2]
      + [0xED, 0xF0, 0xF4, 0xFF, 0x9F, 0x90]
    for _ in 0..<200 {
      let bytes = (0..<20).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      var pieces: [[UInt8]] = [[]]
      for byte in bytes {
        pieces[pieces.count - 1].append(byte)
        if Bool.random(using: &generator) { pieces.append([]) }
      }
      #expect(cleaned(pieces) == reference(bytes), "\(bytes)")
    }
  }

  private func reference(_ bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.last == "\r" { text.unicodeScalars.removeLast() }
    var result = ""
    for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
      switch scalar.value {
      case 0x80..<0xA0: result.unicodeScalars.append("\u{FFFD}")
      case 0x0D: result += "^M"
      case 0x1B: result += "^["
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
