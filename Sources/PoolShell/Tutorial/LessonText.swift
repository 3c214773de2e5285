/// A text of a lesson, as it is shown: paragraphs, items of lists, lines that stand as they are.
package struct LessonText: Sendable, Equatable {
  enum Paragraph: Sendable, Equatable {
    /// The words of several lines of the file.
    case prose(String)
    /// An item of a list, with what stands before it.
    case item(marker: String, String)
    /// Lines that are not wrapped: a table, or code.
    case verbatim([String])
  }

  private(set) var paragraphs: [Paragraph] = []

  init() {}

  /// A text of one paragraph.
  init(_ prose: String) { if !prose.isEmpty { paragraphs = [.prose(prose)] } }

  var isEmpty: Bool { paragraphs.isEmpty }

  mutating func append(_ other: LessonText) { paragraphs += other.paragraphs }

  mutating func append(code lines: [String]) {
    paragraphs.append(.verbatim(lines.map { "    " + $0 }))
  }

  /// The same with words in front of its first paragraph, as praise.
  func opened(with words: String) -> LessonText {
    var text = self
    guard case .prose(let prose)? = paragraphs.first else {
      text.paragraphs.insert(.prose(words), at: 0)
      return text
    }
    text.paragraphs[0] = .prose(TextWrapper.joined(words, prose))
    return text
  }

  /// The whole as one text, a line for each paragraph and item.
  var plain: String {
    paragraphs.map { paragraph in
      switch paragraph {
      case .prose(let text): text
      case .item(let marker, let text): marker + text
      case .verbatim(let lines): lines.joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }

  /// The lines as they fit into a width, with an empty one between paragraphs.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    var former: Paragraph?
    for paragraph in paragraphs {
      if let former, !(former.isItem && paragraph.isItem) { lines.append("") }
      switch paragraph {
      case .prose(let text): lines += TextWrapper.lines(text, width: width)
      case .item(let marker, let text): lines += Self.item(marker, text, width: width)
      case .verbatim(let text): lines += text
      }
      former = paragraph
    }
    return lines
  }

  private static func item(_ marker: String, _ text: String, width: Int) -> [String] {
    let indent = String(repeating: " ", count: marker.count)
    let lines = TextWrapper.lines(text, width: max(width - marker.count, 8))
    return lines.enumerated().map { ($0.offset == 0 ? marker : indent) + $0.element }
  }
}

extension LessonText {
  /// Reads Markdown, as much of it as lessons need.
  init(markdown lines: [String]) {
    var isOpen = false
    for line in lines {
      guard line.contains(where: { $0 != " " }) else {
        isOpen = false
        continue
      }
      take(line, isOpen: isOpen)
      isOpen = true
    }
  }

  private mutating func take(_ line: String, isOpen: Bool) {
    if line.hasPrefix("|") || line.hasPrefix("    ") {
      if isOpen, case .verbatim(let lines)? = paragraphs.last {
        paragraphs[paragraphs.count - 1] = .verbatim(lines + [line])
      } else {
        paragraphs.append(.verbatim([line]))
      }
    } else if let marker = Self.marker(of: line) {
      paragraphs.append(.item(marker: marker, String(line.dropFirst(marker.count))))
    } else if isOpen {
      goOn(line)
    } else {
      paragraphs.append(.prose(line))
    }
  }

  private mutating func goOn(_ line: String) {
    let line = String(line.drop { $0 == " " })
    switch paragraphs.last {
    case .prose(let text)?:
      paragraphs[paragraphs.count - 1] = .prose(TextWrapper.joined(text, line))
    case .item(let marker, let text)?:
      paragraphs[paragraphs.count - 1] = .item(
        marker: marker, TextWrapper.joined(text, line))
    default: paragraphs.append(.prose(line))
    }
  }

  /// `- ` or `1. ` at the beginning of a line.
  private static func marker(of line: String) -> String? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return "- " }
    let digits = line.prefix { ("0"..."9").contains($0) }
    let rest = line.dropFirst(digits.count)
    return (1...2).contains(digits.count) && rest.hasPrefix(". ") ? digits + ". " : nil
  }
}

extension LessonText.Paragraph {
  fileprivate var isItem: Bool { if case .item = self { true } else { false } }
}
