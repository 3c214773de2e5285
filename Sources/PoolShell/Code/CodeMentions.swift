/// What commands mention: names of commands, words, variables.
struct CodeMentions {
  private(set) var commands: Set<String> = []
  /// Words that are written out, where futures may be meant.
  private(set) var words: [String] = []
  private(set) var variables: Set<String> = []
  /// Whether a command is about futures without saying which.
  private(set) var hasBareWait = false

  private static let selecting: Set<String> = [
    "wait", "as_completed", "result", "exception", "running", "done", "cancelled", "failed",
    "state", "cancel", "on_done", "save", "add_done_callback",
  ]

  init(_ chains: [Chain]) { for chain in chains { visit(chain) } }

  private mutating func visit(_ chain: Chain) {
    visit(chain.first.arguments)
    for link in chain.links { visit(link.command.arguments) }
  }

  private mutating func visit(_ arguments: ArgumentList) {
    visit(Array(arguments)[...])
  }

  private mutating func visit(_ arguments: ArraySlice<ArgumentNode>) {
    if case .word(let word)? = arguments.first, let name = word.plain?.replacing("-", with: "_") {
      commands.insert(name)
      if ["submit", "map", "time", "repeat"].contains(name) { visitRest(arguments.dropFirst()) }
      if Self.selecting.contains(name) { visitSelectors(name, arguments.dropFirst()) }
    }
    for argument in arguments {
      switch argument {
      case .block(let block): for chain in block.body.chains { visit(chain) }
      case .word(let word): visit(word)
      }
    }
  }

  /// The command that the rest of the arguments is, past options and a number.
  private mutating func visitRest(_ arguments: ArraySlice<ArgumentNode>) {
    let known = arguments.first { argument in
      guard case .word(let word) = argument, let name = word.plain else { return false }
      return CommandTable.command(named: name) != nil
    }
    if let known, let index = arguments.firstIndex(where: { $0.range == known.range }) {
      visit(arguments[index...])
    }
  }

  private mutating func visitSelectors(_ name: String, _ arguments: ArraySlice<ArgumentNode>) {
    let plain = arguments.compactMap { argument -> String? in
      if case .word(let word) = argument { word.plain ?? "$" } else { nil }
    }
    let selectors = plain.filter { word in
      word == "$" || word.hasPrefix("@") || Int(word) != nil || Selector.bounds(word) != nil
        || SelectorWord(rawValue: word) != nil
    }
    words += selectors
    if selectors.isEmpty, name == "wait" || name == "as_completed" { hasBareWait = true }
  }

  private mutating func visit(_ word: Word) {
    for piece in word.pieces {
      switch piece {
      case .variable(let variable):
        variables.insert(variable.name)
        if let fallback = variable.fallback { visit(fallback) }
      case .substitution(let list, _): for chain in list.chains { visit(chain) }
      case .literal, .item: break
      }
    }
  }
}
