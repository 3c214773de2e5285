import Foundation
import Testing

@testable import PoolShell

/// What holds for each command of the table, because it is declared.
@Suite("Every command", .timeLimit(.minutes(5)))
struct EveryCommandTests {
  private static let names: [String] = CommandTable.all.map { $0.declaration.name }

  private func declaration(_ name: String) throws -> Declaration {
    try #require(CommandTable.command(named: name)).declaration
  }

  @Test("its example writes exactly what it says", arguments: names)
  func example(name: String) async throws {
    let example = try declaration(name).example
    let run = try await runShell(example.script)
    // What a lesson says is not repeated in help; that it runs without an error is checked all the same.
    let isOfLessons = try declaration(name).group == .learning
    let matches = isOfLessons || Expected.matches(run.output, example.output)
    #expect(matches, "\(example.script)\nmust write\n\(example.output)but wrote\n\(run.output)")
    let isTimed = name == "time" || isOfLessons && run.errors.hasPrefix("time: ")
    #expect(Expected.matches(run.errors, isTimed ? "time: [..]s\n" : ""))
    #expect(run.status == 0)
  }

  @Test("its declaration says what it does", arguments: names)
  func declarationIsComplete(name: String) throws {
    let declaration = try declaration(name)
    #expect(!declaration.summary.isEmpty && !declaration.summary.contains("\n"))
    #expect(!declaration.summary.hasSuffix("."))
    #expect(declaration.usage == name || declaration.usage.hasPrefix(name + " "))
    #expect(!declaration.example.script.isEmpty)
    for option in declaration.options {
      #expect(option.name.hasPrefix("--") && !option.name.contains("_"))
      #expect(option.short.map { $0.hasPrefix("-") && $0.count == 2 } ?? true)
      #expect(!option.summary.isEmpty)
    }
  }

  /// Those of `submit` and `map` would be a page; help has them.
  @Test("its usage names its options, or says that there are many", arguments: names)
  func usageNamesOptions(name: String) throws {
    let declaration = try declaration(name)
    if declaration.options.count > 10, declaration.usage.contains("[OPTION…]") { return }
    for option in declaration.options {
      let isNamed = [option.name, option.short].contains { written in
        written.map(declaration.usage.contains) ?? false
      }
      #expect(isNamed, "\(option.name) is not in: \(declaration.usage)")
    }
  }

  /// What a word in capitals in a usage line promises.
  private static func isPromised(_ word: String, by operand: Operand) -> Bool {
    switch (word, operand) {
    case ("SEL", .selector), ("ID", .future), ("FILE", .file), ("CMD", .command), ("CMD", .task),
      ("POOL", .pool), ("POOL", .poolMade), ("PROG", .program), ("COMMAND", .topic),
      ("TOPIC", .topic), ("LABEL", .label), ("LINE", .shellLine), ("{", .block):
      true
    default: false
    }
  }

  private func operands(_ places: [Operand.Place]) -> [Operand] {
    places.flatMap(\.operands).flatMap { operand in
      if case .keyword(let keyword) = operand { operands(keyword.next ?? []) } else { [operand] }
    }
  }

  @Test("what its usage names is completed", arguments: names)
  func operandsAreDeclared(name: String) throws {
    let declaration = try declaration(name)
    let declared = operands(declaration.operands) + declaration.options.compactMap(\.takes)
    let words = declaration.usage.split { !$0.isUppercase && $0 != "{" }.map(String.init)
    for word in Set(words)
    where ["SEL", "ID", "FILE", "CMD", "POOL", "PROG", "COMMAND", "LABEL", "LINE", "{"].contains(
      word)
    {
      let isDeclared = declared.contains { Self.isPromised(word, by: $0) }
      #expect(isDeclared, "\(word) in \(declaration.usage)")
    }
  }

  @Test("help tells its summary, usage and example", arguments: names)
  func help(name: String) async throws {
    let declaration = try declaration(name)
    let run = try await runShell("help \(name)")
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("\(name): \(declaration.summary)\n"))
    #expect(run.output.contains("\nusage: \(declaration.usage)\n"))
    for line in declaration.example.script.split(separator: "\n") {
      #expect(run.output.contains("\n  \(line)"))
    }
    for option in declaration.options { #expect(run.output.contains(option.name)) }
  }

  @Test("help names all of them on one screen")
  func overview() async throws {
    let run = try await runShell("help")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let words = Set(lines.flatMap { $0.split(separator: " ") }.map(String.init))
    for name in Self.names { #expect(words.contains(name), "\(name) is not in help") }
    // Room for the prompt, and the line on which help was typed.
    #expect(lines.count <= 22)
    for line in lines { #expect(line.count <= 80, "too long: \(line)") }
  }

  @Test("help commands lists all with their summaries, within 100 columns")
  func commandList() async throws {
    let run = try await runShell("help commands")
    let lines = run.output.split(separator: "\n")
    for name in Self.names {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") }, "\(name) is not in help")
    }
    for line in lines { #expect(line.count <= 100, "too long: \(line)") }
  }

  @Test("names and aliases are unique, `-` and `_` alike")
  func uniqueNames() {
    #expect(Set(CommandTable.names).count == CommandTable.names.count)
    for name in CommandTable.names where name.contains("_") {
      #expect(CommandTable.command(named: name.replacing("_", with: "-")) != nil)
    }
    #expect(CommandTable.command(named: "nosuch") == nil)
  }

  @Test(
    "the table has every command of the design",
    arguments: [
      "submit", "map", "wait", "as_completed", "result", "exception", "running", "done",
      "cancelled",
      "failed", "state", "cancel", "on_done", "add_done_callback", "shutdown", "pool", "pools",
      "workers", "jobs", "info", "sleep", "print", "return", "fail", "exec", "sh", "fetch", "save",
      "read", "primes", "fibonacci", "gate", "open", "set", "let", "def", "for", "try", "with",
      "source", "time", "repeat", "history", "help", "version", "exit", "!",
    ])
  func isThere(name: String) {
    #expect(CommandTable.command(named: name) != nil)
  }

  @Test("every command in the folder is in the table")
  func folder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/PoolShell/Commands")
    let listed = Set(CommandTable.all.map { String(describing: $0) })
    var found: Set<String> = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      guard file.contains("Command"), file.hasSuffix(".swift") else { continue }
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let types = text.matches(of: /struct (\w+): (?:\w*)Command\b/).map { String($0.1) }
      #expect(types.allSatisfy(listed.contains), "\(file): \(types) are not all in CommandTable")
      found.formUnion(types)
    }
    #expect(found == listed)
  }
}
