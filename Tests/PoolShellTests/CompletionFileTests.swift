import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// Paths: what is offered, and that it means the file it is offered for.
@Suite("Completion of files", .timeLimit(.minutes(5)))
struct CompletionFileTests {
  private func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["alpha.txt", "my file", ".hidden", "it's", "élan", "-n", "beta"] {
      try folder.write(name, "")
    }
    try FileManager.default.createDirectory(
      atPath: folder.file("my dir"), withIntermediateDirectories: false)
    try folder.write("my dir/inner file", "")
    return folder
  }

  @Test(
    "names begin with what is typed, hidden ones with a dot, directories end in a slash",
    arguments: [
      ("read DIR/al‸", ["alpha.txt"]), ("read DIR/be‸", ["beta"]), ("read DIR/zz‸", []),
      ("read DIR/.h‸", [".hidden"]), ("read DIR/.‸", [".hidden"]), ("read DIR/..‸", ["../"]),
      ("read DIR/my‸", ["my\\ dir/", "my\\ file"]), ("read \"DIR/my‸", ["my dir/", "my file\""]),
      ("read 'DIR/my‸", ["my dir/", "my file'"]), ("read DIR/\"my‸", ["\"my dir/", "\"my file\""]),
      ("read DIR/'my f‸", ["'my file'"]), ("read DIR/my\\ f‸", ["my\\ file"]),
      ("read DIR/my\\‸", ["my\\ dir/", "my\\ file"]), ("read DIR/m\"y f‸", ["\"my file\""]),
      ("read DIR/my\\ dir/‸", ["inner\\ file"]), ("read \"DIR/my dir/in‸", ["inner file\""]),
      ("read \"DIR/my dir\"/in‸", ["inner\\ file"]), ("read \"DIR/al‸\"", ["alpha.txt"]),
      ("read DIR/'alpha'‸", ["'alpha.txt'"]), ("read DIR/it‸", ["it\\'s"]),
      ("read 'DIR/it‸", ["it'\\''s'"]), ("read \"DIR/it‸", ["it's\""]),
      ("read DIR/é‸", ["élan"]), ("read DIR/-‸", ["-n"]),
      ("read DIR/no/such/‸", []), ("read DIR/alpha.txt/‸", []),
      ("read DIR/$(x)al‸", []), ("read $(x)DIR/al‸", []), ("read DIR/$HOME‸", ["$HOME"]),
      ("read DIR/${HOME}‸", []),
      ("! cat DIR/al‸", ["alpha.txt"]), ("! cat DIR/my\\ f‸", ["my\\ file"]),
      ("! cat 'DIR/my f‸", ["my file'"]), ("! cat x | grep y DIR/al‸", ["alpha.txt"]),
      ("! cat <DIR/al‸", ["alpha.txt"]), ("! cat `DIR/al‸", []), ("! # DIR/al‸", []),
      ("! DIR/al‸", []), ("! DIR/my‸", ["my\\ dir/"]), ("exec DIR/my‸", ["my\\ dir/"]),
      ("sh 'cat DIR/al‸", ["alpha.txt"]), ("sh \"cat DIR/al‸", ["alpha.txt"]),
      ("sh 'cat DIR/my‸", []), ("print DIR/al‸", []),
    ] as [(String, [String])])
  func names(line: String, expected: [String]) async throws {
    let folder = try makeFolder()
    let offered = try await completion(of: line.replacing("DIR", with: folder.path))
    #expect(offered.replacements == expected)
  }

  @Test("a directory named by a variable")
  func variables() async throws {
    let folder = try makeFolder()
    let offered = try await completions(
      of: [
        "read $dir/al‸", "read \"${dir}/my‸", "read ${no_such}/al‸", "read ${dir}‸",
        "read a$dir/al‸",
      ],
      after: "let dir = \(folder.path)")
    #expect(
      offered.map(\.replacements) == [["alpha.txt"], ["my dir/", "my file\""], [], [], []])
  }

  @Test("notes and ends: a directory goes on, a file ends the word")
  func notes() async throws {
    let folder = try makeFolder()
    let offered = try await completion(of: "read \(folder.path)/my‸")
    #expect(offered.candidates.map(\.note) == ["directory", "file"])
    #expect(offered.candidates.map(\.endsWord) == [false, true])
    #expect(offered.candidates.map(\.display) == ["my dir/", "my file"])
  }

  @Test("a name that could draw on the terminal, or is no UTF-8")
  func strangeNames() async throws {
    let folder = try TemporaryFolder()
    try folder.write("x\u{1B}[31m\n\ty", "")
    let path = Array(folder.file("x").utf8) + [0xFF]
    let descriptor = path.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { open(Array($0) + [0], O_CREAT | O_WRONLY, 0o600) }
    }
    close(descriptor)
    let offered = try await completion(of: "read \(folder.path)/‸")
    #expect(offered.candidates.map(\.display) == ["x^[[31m^J^Iy"])
    let shell = try await completion(of: "! cat \(folder.path)/‸")
    #expect(shell.candidates.isEmpty, "a newline would end the line")
  }

  @Test("of many files some are offered, which begin alike as far as all do")
  func manyFiles() async throws {
    let folder = try TemporaryFolder()
    for index in 0..<600 { try folder.write("aa\(index + 1000)", "") }
    try folder.write("az", "")
    try folder.write("b", "")
    let offered = try await completions(of: ["read \(folder.path)/a‸", "read \(folder.path)/aa15‸"])
    #expect(offered[0].candidates.count == 500 && offered[0].replacements.last == "az")
    #expect(offered[1].candidates.count == 100)
  }

  @Test(
    "programs of PATH",
    arguments: [
      "exec basenam‸", "! basenam‸", "submit exec basenam‸",
      "! ls | basenam‸", "! a; basenam‸", "sh 'ls | basenam‸", "! a && 'basenam‸",
    ])
  func programs(line: String) async throws {
    let offered = try await completion(of: line)
    let names = offered.candidates.map(\.display)
    #expect(names.contains("basename"))
    #expect(names == names.sorted() && !names.contains("Package.swift"))
  }

  @Test(
    "programs are none behind the first word", arguments: ["exec ls basenam‸", "! ls basenam‸"])
  func noPrograms(line: String) async throws {
    #expect(try await completion(of: line).candidates.isEmpty)
  }

  // MARK: Round trips

  /// How a user may have begun to write the name.
  private static let styles: [(begin: String, end: String)] = [("", ""), ("'", "'"), ("\"", "\"")]

  @Test("whatever a file is called, the completed line has its name", arguments: 0..<8)
  func roundTrip(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let folder = try TemporaryFolder()
      let name = Self.name(&random)
      try folder.write(name, "")
      let prefix = String(
        String.UnicodeScalarView(
          name.unicodeScalars.prefix(name.unicodeScalars.first == "." ? 1 : 0)))
      for style in Self.styles {
        for line in [
          "read \(style.begin)\(folder.path)/\(prefix)",
          "for x in \(folder.path)/\(style.begin)\(prefix)",
        ] {
          let offered = try await completion(of: line + "‸")
          let candidate = try #require(offered.candidates.first, "\(name.debugDescription) \(line)")
          let completed =
            String(decoding: line.utf8.prefix(offered.start), as: UTF8.self)
            + candidate.replacement
          #expect(
            try Self.lastWord(completed) == "\(folder.path)/\(name)", "\(name.debugDescription)")
        }
      }
    }
  }

  @Test("at a word's beginning it means no more than the name", arguments: tricky)
  func trickyNames(name: String) throws {
    for typed in ["", "'", "\""] {
      let text = "for x in \(typed)"
      let site = CursorScanner.site(atEndOf: Array(text.utf8))
      guard case .word(let word) = site.kind else {
        Issue.record("no word")
        return
      }
      let fragment = WordFragment(
        of: word, after: 0, in: Array(text.utf8), cursor: text.utf8.count)
      let completed = "for x in " + fragment.candidate(name).replacement
      #expect(try Self.lastWord(completed) == name)
      // Neither an option, nor a range, a pattern, a placeholder, a mark or a block.
      let node = try Self.lastArgument(completed)
      guard case .word(let parsed) = node else {
        Issue.record("a block")
        return
      }
      #expect(!node.isWrittenAsOption(of: MapCommand.declaration))
      #expect(parsed.plain != ":::" && parsed.plain != "::::")
      #expect(!parsed.hasWritten { text in text.contains { "*?[".contains($0) } })
      #expect(!(parsed.hasWritten { $0.contains("..") }) || Selector.bounds(name) == nil)
      let segments = parsed.pieces.map { piece in
        if case .literal(let text, _) = piece { Placeholder.segments(of: text).count } else { 1 }
      }
      #expect(segments.allSatisfy { $0 == 1 })
    }
  }

  private static let tricky = [
    "-n", "--pool", "#x", "{", "}", "{}", "{.}", "a{1}b", "{1..5}", "1..5", "-1..5", ":::", "::::",
    "*", "a?",
    "[a]", "~", "!", "a b", "'", "\"", "\\", "$x", "${x}", "$(x)", "`x`", "a;b", "a&b", "a|b", "(",
    ")",
    "<a>", "a\nb", "a\r\nb", "\r", "a\r", "\t", " ", "  a ", "é🙂", "\u{301}a", "a..b", "..a",
    "{a b}", "{ }",
    "x=y", "@x", "\\n", "a\\", "{}}", "}}", "{{1}}", "''", "$", "a$", "%", "\u{1B}[31m",
  ]

  private static func name(_ random: inout SeededGenerator) -> String {
    let alphabet = Array(" '\"\\$`;&|<>(){}[]*?#~!-=:.@%ab1é🙂\n\t\r\u{301}\u{7F}".unicodeScalars)
    while true {
      var name = String.UnicodeScalarView()
      for _ in 0...random.below(8) { name.append(alphabet[random.below(alphabet.count)]) }
      if String(name) != ".", String(name) != ".." { return String(name) }
    }
  }

  private static func lastArgument(_ line: String) throws -> ArgumentNode {
    var parser = Parser(source: TextSource(name: "-c", text: line))
    let chain = try #require(try parser.next(), "\(line)")
    #expect(chain.chain.links.isEmpty)
    return try #require(chain.chain.first.arguments.last)
  }

  private static func lastWord(_ line: String) throws -> String {
    guard case .word(let word) = try lastArgument(line) else { return "a block" }
    return word.pieces.map { piece in
      if case .literal(let text, _) = piece { text } else { "<a variable>" }
    }.joined()
  }
}
