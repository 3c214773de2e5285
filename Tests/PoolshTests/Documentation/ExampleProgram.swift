import FoundationEssentials

/// All examples of the documentation as one program, which runs the one whose number it is given.
///
/// Each file of documentation becomes a source file that imports what its examples import, so an example that
/// forgets an import does not compile. An example becomes a type: what it declares are members, the rest is in
/// `run`. One that is continued lies in the type of the one before it, where it sees what that has declared.
struct ExampleProgram: Sendable {
  let examples: [DocumentedExample]

  /// The source files, by name.
  var sources: [String: String] {
    var sources = ["Given.swift": Self.given, "Main.swift": main]
    for file in Set(examples.map(\.file)) {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      sources["Examples of \(name).swift"] = source(of: file)
    }
    return sources
  }

  /// What the documentation takes for granted; its landing page says so.
  private static let given = """
    import ConcurrentFutures

    struct NoSuchPage: Error, CustomStringConvertible {
      let description: String
    }

    let urls = ["swift.org", "python.org", "debian.org", "kernel.org"]

    func download(_ url: String) throws -> String {
      guard urls.contains(url) else { throw NoSuchPage(description: "no such page: \\(url)") }
      return "the page of \\(url)"
    }

    let pool = ThreadPoolExecutor()

    let futures: [Future<String>] = {
      do {
        return try urls.map { url in try pool.submit { try download(url) } }
      } catch {
        fatalError("\\(error)")
      }
    }()

    """

  private var main: String {
    var path: [String] = []
    var runs: [String] = []
    for (number, example) in examples.enumerated() {
      path = (example.isContinued ? path : []) + ["Example\(number)"]
      runs.append("    \(path.joined(separator: ".")).run,\n")
    }
    return """
      @main enum Main {
        static let examples: [@Sendable () async throws -> Void] = [
      \(runs.joined())  ]

        static func main() async throws {
          guard let number = Int(CommandLine.arguments[1]) else { fatalError("no number") }
          try await examples[number]()
        }
      }

      """
  }

  private func source(of file: String) -> String {
    let parts = examples.enumerated().filter { $0.element.file == file }
      .map { ExampleSource(number: $0.offset, example: $0.element) }
    let imports = Set(parts.flatMap(\.imports)).union(["import ConcurrentFutures"]).sorted()
    var text = imports.joined(separator: "\n") + "\n"
    var open = 0
    for part in parts {
      if !part.example.isContinued {
        text += String(repeating: "}\n", count: open)
        open = 0
      }
      text += part.text
      open += 1
    }
    return text + String(repeating: "}\n", count: open)
  }
}

/// One example as a type, whose last brace is still missing.
private struct ExampleSource {
  let number: Int
  let example: DocumentedExample
  private(set) var imports: [String] = []
  private var declarations = ""
  private var statements = ""

  init(number: Int, example: DocumentedExample) {
    self.number = number
    self.example = example
    sort()
  }

  var text: String {
    let isAsync = statements.contains("await ")
    return """
      enum Example\(number) {
      \(declarations)static func run() \(isAsync ? "async " : "")throws {
      \(statements)\(uses)}

      """
  }

  /// Puts each line where it belongs.
  private mutating func sort() {
    var depth = 0
    var isDeclaration = false
    for (offset, line) in example.code.enumerated() {
      if line.hasPrefix("import ") {
        imports.append(line)
        continue
      }
      var text = line + "\n"
      if depth == 0 {
        isDeclaration = Self.declares(line)
        if line.hasPrefix("func ") { text = "static " + text }
        // So that the compiler's errors name the documentation. Not within a statement: not everywhere may it stand.
        let place = "file: \"\(example.file)\", line: \(example.line + offset)"
        text = "#sourceLocation(\(place))\n" + text
      }
      if isDeclaration { declarations += text } else { statements += text }
      depth += line.count { "{([".contains($0) } - line.count { "})]".contains($0) }
    }
    if !declarations.isEmpty { declarations += "#sourceLocation()\n" }
    if !statements.isEmpty { statements += "#sourceLocation()\n" }
  }

  private static func declares(_ line: String) -> Bool {
    ["func ", "struct ", "final class ", "enum ", "actor ", "///"].contains { line.hasPrefix($0) }
  }

  /// An example may end with a constant that the reader goes on with: no warning that nobody does.
  private var uses: String {
    var uses = ""
    for line in example.code where line.hasPrefix("let ") {
      guard let end = line.firstIndex(where: { "=:".contains($0) }) else { continue }
      let names = line[..<end].dropFirst(4).split { " (),".contains($0) }
      for name in names where name != "_" && count(of: name) == 1 { uses += "_ = \(name)\n" }
    }
    return uses
  }

  /// How often a word stands in the code.
  private func count(of word: Substring) -> Int {
    example.code.joined(separator: "\n").split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      .count { $0 == word }
  }
}
