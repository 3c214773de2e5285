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

  /// `{}`, `{.}`, …: of all items joined by spaces, or `{1}`, `{2.}`, …: of one of them.
  case item(Int?, Part)
  /// `{#}`: the number of the job, from 1.
  case number

  /// The placeholder between two braces; `nil` if that is just text.
  init?(_ content: Substring) {
    if content == "#" {
      self = .number
      return
    }
    let digits = content.prefix { $0.isASCII && $0.isNumber }
    guard let part = Part(rawValue: String(content.dropFirst(digits.count))) else { return nil }
    if digits.isEmpty {
      self = .item(nil, part)
    } else {
      guard let position = Int(digits), position > 0 else { return nil }
      self = .item(position, part)
    }
  }

  /// Which item it asks for.
  var position: Int {
    if case .item(let position?, _) = self { position } else { 1 }
  }

  /// What to put in its place; `nil` if there is no such item.
  func text(items: [String], number: Int) -> String? {
    switch self {
    case .number: return "\(number)"
    case .item(nil, let part): return items.map { Self.part(part, of: $0) }.joined(separator: " ")
    case .item(let position?, let part):
      return position <= items.count ? Self.part(part, of: items[position - 1]) : nil
    }
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
    var plain = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      plain += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      if let close = inside.firstIndex(of: "}"), let placeholder = Placeholder(inside[..<close]) {
        // The text before stays, even if empty: it tells a placeholder from an appended item.
        segments += [.text(plain), .placeholder(placeholder)]
        plain = ""
        rest = inside[inside.index(after: close)...]
      } else {
        plain += "{"
        rest = inside
      }
    }
    plain += rest
    return plain.isEmpty && !segments.isEmpty ? segments : segments + [.text(plain)]
  }
}
