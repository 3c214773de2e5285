import FoundationEssentials
import TestSupport
import Testing

/// The examples of the library's documentation: they compile, and print what they say.
@Suite(.fewAtOnce, .timeLimit(.minutes(10))) struct DocumentationTests {
  private static let library = "Sources/ConcurrentFutures"
  private static let catalogue = library + "/ConcurrentFutures.docc"

  private static func files(_ suffix: String, in folder: String) throws -> [String] {
    try Folder.names(in: SwiftModule.root + "/" + folder).filter { $0.hasSuffix(suffix) }
      .map { folder + "/" + $0 }
  }

  private static func text(_ file: String) throws -> String {
    String(decoding: try Folder.bytes(of: SwiftModule.root + "/" + file), as: UTF8.self)
  }

  private static func examples() throws -> [DocumentedExample] {
    try (files(".md", in: catalogue) + ["README.md"]).flatMap {
      DocumentedExample.inArticle(try text($0), file: $0)
    }
      + files(".swift", in: library).flatMap {
        DocumentedExample.inComments(try text($0), file: $0)
      }
  }

  /// The pages that the guide's downloads read: all but one.
  private static func writePages(in folder: Folder) throws {
    let names = [
      "concurrency", "concurrent", "concurrent.futures", "threading", "multiprocessing",
      "multiprocessing.shared_memory", "queue", "sched", "contextvars",
    ]
    for name in names { try folder.write("library/\(name).html", "<title>\(name)</title>") }
  }

  @Test("every example compiles, and prints what it says")
  func examplesAreTrue() async throws {
    let program = ExampleProgram(examples: try Self.examples())
    let folder = try Folder()
    let path = try await SwiftModule.compile(program.sources, in: folder)
    try Self.writePages(in: folder)
    for (number, example) in program.examples.enumerated() where !example.outputs.isEmpty {
      let run = try await run(
        Launch(["\(number)"]) {
          $0.program = path
          $0.directory = folder.path
        })
      let place = SourceLocation(
        fileID: "PoolshTests/\(example.file)", filePath: SwiftModule.root + "/" + example.file,
        line: example.line, column: 1)
      let complaint = example.complaint(about: run.output)
      #expect(complaint == nil, "\(run.errors)", sourceLocation: place)
      #expect(run.status == 0, "\(run.errors)", sourceLocation: place)
    }
  }

  @Test("there are many, and most say what they print")
  func areThere() throws {
    let examples = try Self.examples()
    #expect(examples.count > 120)
    #expect(examples.count { !$0.outputs.isEmpty } > 90)
  }

  // MARK: The guide

  private static func guide() throws -> String { try text(catalogue + "/TheGuide.md") }

  @Test("the guide's table names every example script, and none that is not there")
  func scripts() throws {
    let words = try Self.guide().split { " `|,/\n".contains($0) }
    let named = Set(words.filter { $0.hasSuffix(".poolsh") }.map { String($0.dropLast(7)) })
    let ofTheGuide = try ExamplesFolder.scripts.filter { name in
      try ExamplesFolder.lines(of: name).contains { $0.hasPrefix("# Guide: ") }
    }
    #expect(named.isSuperset(of: ofTheGuide), "\(Set(ofTheGuide).subtracting(named))")
    #expect(named.isSubset(of: try ExamplesFolder.scripts))
  }

  private static let lessons = SwiftModule.root + "/Sources/PoolShell/Lessons/en"

  @Test(
    "the guide's table names every lesson, and none that is not there",
    .enabled(if: FileManager.default.fileExists(atPath: lessons)))
  func lessonsAreThere() throws {
    let parts = try Self.guide().components(separatedBy: "`tutorial ").dropFirst()
    let named = Set(parts.compactMap { part in Int(part.prefix { $0.isNumber }) })
    let numbers = try Folder.names(in: Self.lessons).compactMap { name in
      Int(name.prefix { $0.isNumber })
    }
    #expect(named == Set(numbers))
  }
}
