import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// Completion asked anywhere, of anything.
@Suite("Completion anywhere", .timeLimit(.minutes(5)))
struct CompletionFuzzTests {
  private static let examples: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "examples")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".poolsh") }.sorted().map {
      folder.appending(path: $0).path()
    }
  }()

  @Test("there are examples") func examplesAreThere() { #expect(Self.examples.count > 20) }

  @Test("an example cut at every byte", arguments: examples)
  func everyByte(path: String) async throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try await onShellThread { try Self.askEverywhere([text]) }
  }

  @Test("damaged text cut at every byte", arguments: 0..<8)
  func damaged(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("{}{}$()${;&|'\"\\ \n#:.-!<>`@[*=~/aé🙂\0")
    let texts = (0..<10).map { _ in
      String((0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] })
    }
    try await onShellThread { try Self.askEverywhere(texts) }
  }

  @Test("each word of the commands' usage lines and examples, cut at every byte")
  func usages() async throws {
    let texts = CommandTable.all.flatMap { command in
      [command.declaration.usage, command.declaration.example.script]
    }
    try await onShellThread { try Self.askEverywhere(texts) }
  }

  @Test("a NUL in a line for /bin/sh ends a word and nothing else") func nul() async throws {
    #expect(try await completion(of: "! ls \0 Packag‸").replacements.contains("Package.swift"))
  }

  /// Asks with every number as the cursor, those outside of the text too.
  private static func askEverywhere(_ texts: [String]) throws {
    try inTime("the answers", timeout: patience * 5) {
      let shell = ShellUnderTest()
      let source = AskingSource("")
      let underTest = Shell(session: shell.session, source: source, isInteractive: true)
      source.ask = {
        for text in texts {
          for cursor in -1...(text.utf8.count + 1) { check(underTest, text, cursor) }
        }
      }
      let status = underTest.run()
      #expect(status == 0 && shell.output.text.isEmpty && shell.errors.text.isEmpty)
      #expect(shell.session.pools.all.isEmpty && shell.session.futures.all.isEmpty)
    }
  }

  private static func check(_ shell: Shell, _ text: String, _ cursor: Int) {
    let offered = shell.complete(text, cursor: cursor)
    let end = min(max(cursor, 0), text.utf8.count)
    #expect((0...end).contains(offered.start))
    #expect(Set(offered.replacements).count == offered.candidates.count)
    for candidate in offered.candidates where !candidate.isHarmless {
      Issue.record("\(candidate) in \(text.debugDescription) at \(cursor)")
    }
  }

  @Test("deep nesting is no recursion, and a long text is read once")
  func size() async throws {
    let texts = [
      String(repeating: "{ ", count: 20_000), String(repeating: "print $(", count: 20_000),
      String(repeating: "print ${x:-", count: 20_000), String(repeating: "a ", count: 100_000),
      "print " + String(repeating: "é", count: 100_000),
      "print '" + String(repeating: "\n", count: 100_000),
      String(repeating: "submit ", count: 20_000), String(repeating: "let a = b; ", count: 20_000),
    ]
    try await onShellThread {
      for answer in try ask(texts.map { $0 + "‸" }, after: "").answers {
        #expect(answer.start >= 0)
      }
    }
  }
}

extension Shell.Completion.Candidate {
  fileprivate var isHarmless: Bool {
    !replacement.isEmpty && !display.isEmpty
      && (display + note).unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}
