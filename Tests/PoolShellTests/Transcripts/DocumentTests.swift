import Foundation
import Testing

@testable import PoolShell

/// The documents of this repository: what they show is what comes.
@Suite("Documents", .timeLimit(.minutes(10))) struct DocumentTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  /// Where there is a document for each command; what is in folders there is about something else.
  private static let commandFolder = "Tests/Transcripts"

  private static let documents =
    ["README.md"] + files(under: "Tests/Transcripts") + files(under: "Sources/PoolShell/Lessons")

  /// The documents in a folder and those below, as paths from the root; none if it is not there.
  private static func files(under folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
    return (names?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".md") && !isWithoutSession($0) }.sorted()
      .map { folder + "/" + $0 }
  }

  /// The page for authors of lessons, and what the tutorial itself says.
  private static func isWithoutSession(_ path: String) -> Bool {
    path.hasSuffix("words.md") || path.hasSuffix("README.md")
  }

  /// The lessons have pages beside them that show none.
  private static func hasSessions(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return !path.contains("/Lessons/") || name.first?.isNumber == true
  }

  @Test("a document shows what comes", arguments: documents)
  func document(_ path: String) async throws {
    let (totals, told) = try await onShellThread {
      var told: [String] = []
      var file = TranscriptFile(Self.root.appending(path: path).path()) {
        told.append($0.text.plain)
      }
      return (file.run(), told)
    }
    #expect(totals.status == 0, "\(told.joined())")
    #expect(totals.commands > 0 || !Self.hasSessions(path))
  }

  @Test("there is a document for each command, and for nothing else")
  func commands() throws {
    let names = Self.files(under: Self.commandFolder)
      .map { String($0.dropFirst(Self.commandFolder.count + 1).dropLast(3)) }
      .filter { !$0.contains("/") }
    let commands = CommandTable.all.map { $0.declaration.name }
      .map { $0 == "!" ? "bang" : $0 }
    #expect(Set(commands).subtracting(names) == [], "commands without a document")
    #expect(Set(names).subtracting(commands) == [], "documents without a command")
  }
}
