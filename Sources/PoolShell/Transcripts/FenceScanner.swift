/// Finds the fenced blocks of a document, line by line.
///
/// It knows as much of Markdown as that takes: fences, lists (a block in one is indented) and comments.
struct FenceScanner {
  private(set) var blocks: [FencedBlock] = []
  /// The fence of the last block, while it is open.
  private var fence: Fence?
  private var isInComment = false
  /// The columns at which the texts of the list items around begin, the innermost last.
  private var items: [Int] = []
  private var lineNumber = 0

  private struct Fence {
    var character: Character
    var length: Int
    var column: Int
  }

  mutating func take(_ line: String) {
    lineNumber += 1
    if let fence { return takeInside(fence, line) }
    if isInComment {
      isInComment = !line.contains("-->")
      return
    }
    takeOutside(line)
  }

  private mutating func takeInside(_ fence: Fence, _ line: String) {
    let last = blocks.count - 1
    if closes(fence, line) {
      blocks[last].isClosed = true
      self.fence = nil
    } else {
      blocks[last].content.append(Indentation.removing(upTo: fence.column, from: line))
    }
  }

  private func closes(_ fence: Fence, _ line: String) -> Bool {
    let (column, rest) = Indentation.split(line)
    guard column <= fence.column + 3 else { return false }
    let run = rest.prefix { $0 == fence.character }
    return run.count >= fence.length && rest.dropFirst(run.count).allSatisfy(\.isBlank)
  }

  private mutating func takeOutside(_ line: String) {
    var (column, rest) = Indentation.split(line)
    guard !rest.isEmpty else { return }
    items.removeAll { $0 > column }
    // More than three blanks make it code that is indented.
    while column - (items.last ?? 0) <= 3 {
      if let fence = Self.fence(rest, at: column) { return open(fence, rest) }
      if rest.hasPrefix("<!--") {
        isInComment = !rest.contains("-->")
        return
      }
      guard let marker = Self.listMarker(rest) else { return }
      rest = rest.dropFirst(marker)
      column += marker
      let blanks = Indentation.split(String(rest), from: column)
      guard !blanks.rest.isEmpty else { return items.append(column + 1) }
      (column, rest) = blanks
      items.append(column)
    }
  }

  private mutating func open(_ fence: Fence, _ rest: Substring) {
    self.fence = fence
    let info = rest.dropFirst(fence.length).trimmingBlanks
    blocks.append(
      FencedBlock(
        info: String(info), line: lineNumber,
        indent: String(repeating: " ", count: fence.column)))
  }

  private static func fence(_ text: Substring, at column: Int) -> Fence? {
    guard let character = text.first, character == "`" || character == "~" else { return nil }
    let length = text.prefix { $0 == character }.count
    guard length >= 3 else { return nil }
    // Else it is code within a line.
    guard character == "~" || !text.dropFirst(length).contains("`") else { return nil }
    return Fence(character: character, length: length, column: column)
  }

  /// How long the marker of a list item is; `nil` if there is none.
  private static func listMarker(_ text: Substring) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }.count
    let mark = text.dropFirst(digits).first
    let isMarker = digits == 0 ? "-*+".contains(mark ?? "x") : ".)".contains(mark ?? "x")
    guard isMarker, digits <= 9 else { return nil }
    let next = text.dropFirst(digits + 1).first
    return next?.isBlank ?? true ? digits + 1 : nil
  }
}

/// The blanks before a line: a tab goes on to the next multiple of four columns.
enum Indentation {
  /// The column at which the text of a line begins, and the text.
  static func split(_ line: String, from start: Int = 0) -> (column: Int, rest: Substring) {
    var column = start
    let blanks = line.prefix(while: \.isBlank)
    for blank in blanks { column = next(column, blank) }
    return (column, line[blanks.endIndex...])
  }

  /// A line without as many blanks as there are before a column.
  static func removing(upTo column: Int, from line: String) -> String {
    var reached = 0
    let blanks = line.prefix { character in
      guard reached < column, character.isBlank else { return false }
      reached = next(reached, character)
      return true
    }
    return String(line[blanks.endIndex...])
  }

  private static func next(_ column: Int, _ blank: Character) -> Int {
    blank == "\t" ? (column / 4 + 1) * 4 : column + 1
  }
}

extension Character {
  /// Whether it is a blank or a tab.
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = drop(while: \.isBlank)
    while text.last?.isBlank == true { text.removeLast() }
    return text
  }
}
