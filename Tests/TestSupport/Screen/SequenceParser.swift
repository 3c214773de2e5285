/// Cuts what a program writes into characters, control characters and control sequences.
struct SequenceParser: Sendable {
  /// What is to be done.
  enum Action: Equatable, Sendable {
    case print(Unicode.Scalar)
    case control(UInt8)
    /// ESC, intermediate characters, final character.
    case escape(String)
    /// `CSI`: the marker in front of the numbers (`?`), the numbers (-1 is none), the intermediate and final
    /// characters.
    case sequence(marker: Character?, numbers: [Int], final: String)
  }

  private enum State: Equatable {
    case ground
    case escape
    case sequence
    /// A title or the like, up to its end.
    case string
  }

  private var state = State.ground
  private var collected = ""
  private var character: [UInt8] = []
  private var missing = 0

  /// Takes one byte.
  ///
  /// - Returns: What is complete with it.
  mutating func take(_ byte: UInt8) -> Action? {
    if missing > 0, byte & 0xC0 != 0x80 { missing = 0 }  // the character before was never complete
    if byte >= 0x80 { return takePart(byte) }
    switch (state, byte) {
    case (.string, 0x07):
      state = .ground
    case (.string, 0x1B), (_, 0x1B):
      (state, collected) = (.escape, "")
    case (.string, _), (_, 0x7F): break
    case (_, 0..<0x20): return .control(byte)
    case (.ground, _): return .print(Unicode.Scalar(byte))
    case (.escape, _): return takeEscape(byte)
    case (.sequence, _): return takeSequence(byte)
    }
    return nil
  }

  private mutating func takeEscape(_ byte: UInt8) -> Action? {
    collected.unicodeScalars.append(Unicode.Scalar(byte))
    switch byte {
    case UInt8(ascii: "[") where collected.count == 1: (state, collected) = (.sequence, "")
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      state = .string
    case 0x20..<0x30: break
    default:
      state = .ground
      return .escape(collected)
    }
    return nil
  }

  private mutating func takeSequence(_ byte: UInt8) -> Action? {
    collected.unicodeScalars.append(Unicode.Scalar(byte))
    guard (0x40..<0x7F).contains(byte) else { return nil }
    state = .ground
    let marker = collected.first.flatMap { "<=>?".contains($0) ? $0 : nil }
    let body = collected.dropFirst(marker == nil ? 0 : 1)
    let numbers = body.prefix { $0.isNumber || $0 == ";" || $0 == ":" }
    return .sequence(
      marker: marker,
      numbers: numbers.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }
        .map { Int($0) ?? -1 },
      final: String(body[numbers.endIndex...]))
  }

  /// A part of a character that is not ASCII; what is no UTF-8 shows as the replacement character.
  private mutating func takePart(_ byte: UInt8) -> Action? {
    if missing == 0 {
      character = []
      missing = byte >= 0xF8 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    }
    character.append(byte)
    missing -= 1
    guard missing == 0, state == .ground else { return nil }
    return String(decoding: character, as: UTF8.self).unicodeScalars.first.map { .print($0) }
  }
}
