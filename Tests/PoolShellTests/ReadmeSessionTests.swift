import Foundation
import PoolShell
import Testing

/// The README's sessions: what is typed after the prompts, and exactly what comes back.
@Suite("README sessions", .timeLimit(.minutes(5)))
struct ReadmeSessionTests {
  static let readme: String = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  /// The contents of the fenced blocks with a tag.
  static func blocks(tagged tag: String) -> [String] {
    readme.components(separatedBy: "```\(tag)\n").dropFirst().compactMap { rest in
      rest.components(separatedBy: "```").first
    }
  }

  @Test("a session in README.md goes as it is written", arguments: blocks(tagged: "poolsh"))
  func session(_ block: String) async throws {
    let typed = block.split(separator: "\n").filter { $0.hasPrefix("> ") || $0.hasPrefix(". ") }
    let script = typed.map { $0.dropFirst(2) }.joined(separator: "\n")
    let run = try await runShell(script) { $0.isEchoing = true }
    #expect(run.output == block)
    #expect(run.errors.isEmpty)
    #expect(run.status == 0)
  }

  @Test("README.md has sessions")
  func isThere() {
    #expect(Self.blocks(tagged: "poolsh").count >= 2)
  }
}
