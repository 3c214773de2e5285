import FoundationEssentials
import TestSupport
import Testing

/// Every public symbol of the library says what it is, with an example to copy.
@Suite(.fewAtOnce, .timeLimit(.minutes(5))) struct PublicSymbolTests {
  /// Why some have no example of their own.
  private static let exceptions: [(symbols: [String], reason: String)] = [
    (
      ["description"],
      "what `print` shows: of errors and futures, in the examples of their types"
    ),
    (["==(_:_:)", "hash(into:)"], "witnesses of Hashable: nobody calls them by name"),
    (
      ["makeIterator()", "makeAsyncIterator()", "next()", "Iterator", "AsyncIterator"],
      "witnesses of Sequence and AsyncSequence: `for` calls them, in the examples of their types"
    ),
    (
      [
        "Statistics.startedThreads", "Statistics.livingThreads", "Statistics.idleThreads",
        "Statistics.queued", "Statistics.isShutDown", "Statistics.isBroken",
      ],
      "all are in the example of `Statistics`"
    ),
  ]

  /// A symbol of a symbol graph, as far as it is asked here.
  private struct Symbol: Decodable {
    struct Comment: Decodable { var lines: [Line] }
    struct Line: Decodable { var text: String }

    var pathComponents: [String]
    var docComment: Comment?

    var name: String { pathComponents.joined(separator: ".") }
    var lines: [String] { docComment?.lines.map(\.text) ?? [] }
    var hasExample: Bool { lines.contains { $0.hasPrefix("```swift") } }
  }

  private struct Graph: Decodable { var symbols: [Symbol] }

  private static func symbols() async throws -> [Symbol] {
    let folder = try Folder()
    let path = try await SwiftModule.extractSymbolGraph(in: folder)
    let data = Data(try Folder.bytes(of: path))
    return try JSONDecoder().decode(Graph.self, from: data).symbols
  }

  private static func isException(_ name: String) -> Bool {
    exceptions.flatMap(\.symbols).contains { name == $0 || name.hasSuffix("." + $0) }
  }

  @Test("every public symbol is documented, and has an example unless it says why not")
  func areDocumented() async throws {
    let symbols = try await Self.symbols()
    #expect(symbols.count > 80)
    for symbol in symbols {
      #expect(!symbol.lines.isEmpty, "\(symbol.name) has no doc comment")
      #expect(
        symbol.hasExample || Self.isException(symbol.name), "\(symbol.name) has no example")
    }
  }

  @Test("no exception is left over")
  func exceptionsAreNeeded() async throws {
    let names = try await Self.symbols().filter { !$0.hasExample }.map(\.name)
    for exception in Self.exceptions.flatMap(\.symbols) {
      #expect(names.contains { $0 == exception || $0.hasSuffix("." + exception) }, "\(exception)")
    }
  }
}
