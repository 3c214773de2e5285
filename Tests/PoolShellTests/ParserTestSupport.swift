@testable import PoolShell

/// A source that plays lines, and records how each was asked for.
final class ScriptedSource: LineSource {
  enum Event {
    case line(String)
    case interrupt
    case end
  }

  let name = "test"
  private var events: ArraySlice<Event>
  /// The `continuing` of each call.
  private(set) var requests: [Bool] = []

  init(_ events: [Event]) {
    self.events = events[...]
  }

  convenience init(lines: String...) {
    self.init(lines.map { .line($0) })
  }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    requests.append(continuing)
    switch events.popFirst() {
    case .line(let text): return Array(text.utf8)
    case .interrupt: throw InputInterrupted()
    case .end, nil: return nil
    }
  }
}

func makeParser(_ text: String) -> Parser {
  Parser(source: TextSource(name: "test", text: text))
}

/// The chains of a text without errors.
func parse(_ text: String) throws -> [ParsedChain] {
  var parser = makeParser(text)
  var chains: [ParsedChain] = []
  while let chain = try parser.next() { chains.append(chain) }
  return chains
}

/// What a text is parsed to, in a notation that shows every decision of the parser.
///
/// Arguments stand between `|`; chains are ended by `;`; the pieces of a word are joined by `+`;
/// what is quoted stands in `'…'` (literals) or after `"` (variables and substitutions).
func description(of text: String) throws -> String {
  try parse(text).map { describe($0.chain) }.joined(separator: "; ")
}

func describe(_ chain: Chain) -> String {
  chain.links.reduce(describe(chain.first)) { text, link in
    text + (link.connector == .and ? " && " : " || ") + describe(link.command)
  }
}

private func describe(_ command: CommandNode) -> String {
  command.arguments.map { argument in
    switch argument {
    case .word(let word): describe(word)
    case .block(let block): "{\(describe(block.body))}"
    }
  }.joined(separator: "|")
}

private func describe(_ list: CommandList) -> String {
  list.chains.map(describe).joined(separator: "; ")
}

func describe(_ word: Word) -> String {
  word.pieces.map(describe).joined(separator: "+")
}

private func describe(_ piece: Word.Piece) -> String {
  switch piece {
  case .literal(let text, quoted: false): text
  case .literal(let text, quoted: true): "'\(text)'"
  case .variable(let variable): describe(variable)
  case .item(let text): "item(\(text))"  // never parsed
  case .substitution(let list, let quoted): (quoted ? "\"" : "") + "$(\(describe(list)))"
  }
}

private func describe(_ variable: Word.Variable) -> String {
  let fallback = variable.fallback.map { ":-" + describe($0) } ?? ""
  return (variable.quoted ? "\"" : "") + "${\(variable.name)\(fallback)}"
}
