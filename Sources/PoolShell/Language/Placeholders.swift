/// GNU parallel's placeholders: what stands for the item in the words of a command.
enum Placeholder: Equatable {
  /// Which part of the item.
  enum Part: String, CaseIterable {
    case whole = ""
    case withoutExtension = "."
    case basename = "/"
    case dirname = "//"
    case basenameWithoutExtension = "/."
  }

  /// `{}`, `{.}`, …: of each item, or `{1}`, `{2.}`, `{-1}`, …: of one of them, from the end if it is negative.
  case item(Int?, Part)
  /// `{#}`: the number of the job, from 1.
  case number
  /// `{%}`: the number of the worker that runs the job, from 1; no two jobs have the same at a time.
  case slot

  /// The placeholder between two braces; `nil` if that is just text.
  init?(_ content: Substring) {
    switch content {
    case "#": self = .number
    case "%": self = .slot
    default:
      let sign = content.prefix { $0 == "-" }
      let digits = content.dropFirst(sign.count).prefix { $0.isASCII && $0.isNumber }
      let rest = content.dropFirst(sign.count + digits.count)
      guard let part = Part(rawValue: String(rest)) else { return nil }
      if digits.isEmpty, sign.isEmpty {
        self = .item(nil, part)
      } else {
        guard let position = Int(sign + digits), position != 0 else { return nil }
        self = .item(position, part)
      }
    }
  }

  /// What to put in the place of one that asks for items.
  ///
  /// - Returns: A text for each item if it asks for all; `nil` if there is no such item.
  static func texts(_ position: Int?, _ part: Part, of items: [String]) -> [String]? {
    guard let position else { return items.map { Self.part(part, of: $0) } }
    let index = position > 0 ? position - 1 : items.count + position
    return items.indices.contains(index) ? [Self.part(part, of: items[index])] : nil
  }

  private static func part(_ part: Part, of item: String) -> String {
    let slash = item.lastIndex(of: "/")
    let base = slash.map { String(item[item.index(after: $0)...]) } ?? item
    switch part {
    case .whole: return item
    case .basename: return base
    case .dirname: return dirname(item)
    case .basenameWithoutExtension: return withoutExtension(base)
    case .withoutExtension: return String(item.dropLast(base.count)) + withoutExtension(base)
    }
  }

  /// As dirname(1): slashes at the end do not count.
  private static func dirname(_ path: String) -> String {
    var rest = Substring(path)
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return "." }
    rest = rest[..<slash]
    while rest.last == "/" { rest.removeLast() }
    return rest.isEmpty ? "/" : String(rest)
  }

  private static func withoutExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    return String(name[..<dot])
  }

  /// A text cut at its placeholders.
  enum Segment: Equatable {
    case text(String)
    case placeholder(Placeholder)
  }

  /// Cuts a text at its placeholders; one segment if there are none.
  static func segments(of text: String) -> [Segment] {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return [.text(text)] }
    var segments: [Segment] = []
    var start = text.startIndex
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      let inside = text[text.utf8.index(after: open)...]
      // No further than a placeholder can go: a text of many braces is not searched for each of them.
      let close = inside.utf8.firstIndex { !mayHold($0) }
      rest = inside
      guard let close, text.utf8[close] == UInt8(ascii: "}"),
        let placeholder = Placeholder(inside[..<close])
      else { continue }
      // The text before stays, even if empty: it tells a placeholder from an appended item.
      segments += [.text(String(text[start..<open])), .placeholder(placeholder)]
      start = text.utf8.index(after: close)
      rest = text[start...]
    }
    let plain = String(text[start...])
    return plain.isEmpty && !segments.isEmpty ? segments : segments + [.text(plain)]
  }

  private static func mayHold(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || "#%-./".utf8.contains(byte)
  }
}
