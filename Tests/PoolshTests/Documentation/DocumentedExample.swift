import FoundationEssentials

/// A block of Swift in the library's documentation, and what it says that it prints.
///
/// ```` ```swift ```` begins one, in an article or in a doc comment. What it prints stands behind each line that
/// prints, as in `print(6 * 7)  // 42`, or below in blocks tagged `output` or `output unordered`.
struct DocumentedExample: Sendable {
  /// Lines of output that come together.
  struct Output: Equatable, Sendable {
    var lines: [String]
    /// Whether they may come in any order.
    var isUnordered = false
  }

  /// The file, from the package's root.
  var file: String
  /// Where the code begins.
  var line: Int
  /// Whether it goes on from the example before it, whose functions and types it may use.
  var isContinued: Bool
  var code: [String] = []
  private var outputBlocks: [Output] = []

  /// What it says that it prints; empty if it says nothing.
  var outputs: [Output] {
    if !outputBlocks.isEmpty { return outputBlocks }
    let lines = code.compactMap(Self.outputBehind)
    return lines.isEmpty ? [] : [Output(lines: lines)]
  }

  private static func outputBehind(_ line: String) -> String? {
    guard line.contains("print("), let mark = line.firstRange(of: "  // ") else { return nil }
    return String(line[mark.upperBound...])
  }
}

// MARK: - Finding them

extension DocumentedExample {
  /// Those of an article.
  static func inArticle(_ text: String, file: String) -> [DocumentedExample] {
    var reader = Reader(file: file)
    for line in text.lines { reader.read(line) }
    return reader.examples
  }

  /// Those of a source file's doc comments, each of which stands for itself.
  static func inComments(_ text: String, file: String) -> [DocumentedExample] {
    var reader = Reader(file: file)
    for line in text.lines {
      let code = line.trimmingPrefix { $0 == " " }
      if code.hasPrefix("///") {
        let comment = code.dropFirst(3)
        reader.read(String(comment.hasPrefix(" ") ? comment.dropFirst() : comment))
      } else {
        reader.endDocument()
      }
    }
    return reader.examples
  }

  /// Goes through a document line by line.
  private struct Reader {
    private enum Place { case text, otherBlock, example, output }

    let file: String
    private(set) var examples: [DocumentedExample] = []
    private var place = Place.text
    private var number = 0
    private var isFirst = true

    init(file: String) { self.file = file }

    mutating func endDocument() {
      number += 1
      place = .text
      isFirst = true
    }

    mutating func read(_ line: String) {
      number += 1
      switch place {
      case .text:
        if line.hasPrefix("```") { begin(line.dropFirst(3)) }
      case _ where line.hasPrefix("```"):
        place = .text
      case .example:
        examples[examples.count - 1].code.append(line)
      case .output:
        let last = examples[examples.count - 1].outputBlocks.count - 1
        examples[examples.count - 1].outputBlocks[last].lines.append(line)
      case .otherBlock:
        break
      }
    }

    private mutating func begin(_ tag: Substring) {
      switch tag {
      case "swift":
        place = .example
        examples.append(DocumentedExample(file: file, line: number + 1, isContinued: !isFirst))
        isFirst = false
      case "output", "output unordered":
        place = .output
        let output = Output(lines: [], isUnordered: tag != "output")
        examples[examples.count - 1].outputBlocks.append(output)
      default:
        place = .otherBlock
      }
    }
  }
}

// MARK: - Comparing

extension DocumentedExample {
  /// What is wrong with an output; `nil` if it is what the example says.
  func complaint(about output: String) -> String? {
    let lines = output.lines
    let expected = outputs.flatMap(\.lines)
    let complaint =
      "printed:\n\(output)\nbut the documentation says:\n" + expected.joined(separator: "\n")
    guard lines.count == expected.count else { return complaint }
    var rest = lines[...]
    for part in outputs {
      let found = rest.prefix(part.lines.count)
      rest = rest.dropFirst(part.lines.count)
      let isRight =
        part.isUnordered
        ? found.sorted() == part.lines.sorted()
        : zip(found, part.lines).allSatisfy { Self.matches($0, $1) }
      if !isRight { return complaint }
    }
    return nil
  }

  /// Whether a line is as a pattern says, in which `[..]` stands for anything.
  static func matches(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.components(separatedBy: "[..]")
    guard parts.count > 1 else { return line == pattern }
    guard line.hasPrefix(parts[0]) else { return false }
    var rest = line.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
