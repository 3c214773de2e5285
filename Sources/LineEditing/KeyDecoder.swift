/// Turns the bytes of a keyboard into characters, keys and pastes.
///
/// A value without clock or descriptor: whoever reads decides when the rest of a sequence has had its time.
struct KeyDecoder {
  /// What was typed.
  enum Event: Equatable {
    case character(Unicode.Scalar)
    case key(Key)
    /// A text that was pasted whole.
    case paste(String)
  }

  /// Whether Escape and then Enter is Alt-Enter; not with vi's keys, where people type one quickly after the other.
  var takesAltEnter = true
  private var bytes: [UInt8] = []
  private var position = 0
  /// What has come of a paste; `nil` outside of one.
  private var pasted: [UInt8]?

  private static let escape = UInt8(ascii: "\u{1B}")
  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  mutating func feed(_ more: some Sequence<UInt8>) {
    bytes.removeFirst(position)
    position = 0
    bytes += more
  }

  /// Whether there is nothing left, not even the beginning of something.
  var isEmpty: Bool { position == bytes.count && pasted == nil }

  /// Whether a paste has begun and not ended: then much is still to come.
  var isPasting: Bool { pasted != nil }

  /// The last byte of a paste that has not ended.
  var lastPasted: UInt8? { pasted?.last }

  /// Drops a paste whose end does not come.
  mutating func abandonPaste() { pasted = nil }

  private var rest: ArraySlice<UInt8> { bytes[position...] }

  /// Takes the next event.
  ///
  /// - Parameter isOver: Whether nothing has come for a while: the beginning of a sequence is then what it is, the
  ///   Escape key.
  /// - Returns: `nil` if more bytes are needed for one.
  mutating func next(isOver: Bool) -> Event? {
    while pasted != nil || position < bytes.count {
      if pasted != nil {
        guard let text = takePaste() else { return nil }
        return .paste(text)
      }
      let (before, wasPasting) = (position, pasted != nil)
      if bytes[position] == Self.escape {
        switch takeEscape(isOver: isOver) {
        case .event(let event): return event
        case .incomplete: return nil
        case .dropped: break
        }
      } else if let event = takeCharacter(isOver: isOver) {
        return event
      }
      if position == before, wasPasting == (pasted != nil) { return nil }
    }
    return nil
  }

  // MARK: Characters

  /// The character at the position; what is none is dropped.
  private mutating func takeCharacter(isOver: Bool) -> Event? {
    let first = bytes[position]
    guard first >= 0x80 else {
      position += 1
      return .character(Unicode.Scalar(first))
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    let sequence = rest.prefix(length)
    if first >= 0xC2, first < 0xF5, sequence.count < length, !isOver,
      sequence.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 })
    {
      return nil
    }
    guard let text = String(validating: sequence, as: UTF8.self),
      let scalar = text.unicodeScalars.first
    else {
      position += 1
      return nil
    }
    position += sequence.count
    // Their codes mean keys.
    return (0x80..<0xA0).contains(scalar.value) ? nil : .character(scalar)
  }

  // MARK: Sequences

  private enum Escape {
    case event(Event)
    case incomplete
    case dropped
  }

  /// What begins with the Escape character at the position.
  private mutating func takeEscape(isOver: Bool) -> Escape {
    guard position + 1 < bytes.count else { return isOver ? takeEscapeKey() : .incomplete }
    switch Unicode.Scalar(bytes[position + 1]) {
    case "[": return takeControlSequence(isOver: isOver)
    case "O": return takeFunctionKey(isOver: isOver)
    case "\r" where takesAltEnter, "\n" where takesAltEnter:
      position += 2
      return .event(.key(.newline))
    default: return takeEscapeKey()
    }
  }

  private mutating func takeEscapeKey() -> Escape {
    position += 1
    return .event(.character("\u{1B}"))
  }

  /// `ESC [ parameters final`.
  private mutating func takeControlSequence(isOver: Bool) -> Escape {
    var end = position + 2
    // The Linux console sends ESC [ [ A for F1.
    let isConsole = end < bytes.count && bytes[end] == UInt8(ascii: "[")
    if isConsole { end += 1 }
    let start = end
    while end < bytes.count, (0x20..<0x40).contains(bytes[end]) { end += 1 }
    guard end < bytes.count else { return isOver ? takeEscapeKey() : .incomplete }
    let sequence = bytes[position...end]
    position = end + 1
    if isConsole { return .dropped }
    if sequence.elementsEqual(Self.pasteStart) {
      pasted = []
      return .dropped
    }
    let parameters = String(decoding: bytes[start..<end], as: UTF8.self)
    return Key(parameters: parameters, final: Unicode.Scalar(bytes[end])).map { .event(.key($0)) }
      ?? .dropped
  }

  /// `ESC O final`: the arrows of a terminal whose keypad is in application mode.
  private mutating func takeFunctionKey(isOver: Bool) -> Escape {
    guard position + 2 < bytes.count else { return isOver ? takeEscapeKey() : .incomplete }
    let final = Unicode.Scalar(bytes[position + 2])
    position += 3
    return Key(parameters: "", final: final).map { .event(.key($0)) } ?? .dropped
  }

  // MARK: Pastes

  /// The paste, once its end is there.
  private mutating func takePaste() -> String? {
    var all = pasted ?? []
    pasted = nil  // or it would be copied
    // What was there before has been looked through, but for the beginning of a mark.
    let start = max(0, all.count - Self.pasteEnd.count + 1)
    all += rest
    position = bytes.count
    guard let end = all[start...].firstRange(of: Self.pasteEnd) else {
      pasted = all
      return nil
    }
    bytes = Array(all[end.upperBound...])
    position = 0
    return Self.text(pasted: all[..<end.lowerBound])
  }

  /// A pasted text as it is inserted: line ends are newlines, the last ones are left out, so that nothing runs by
  /// itself; tabs stay; other control characters go.
  private static func text(pasted bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": scalars.append("\n")
      case "\n", "\t": scalars.append(scalar)
      case _ where scalar.properties.generalCategory == .control: break
      default: scalars.append(scalar)
      }
    }
    while scalars.last == "\n" { scalars.removeLast() }
    return String(scalars)
  }
}
