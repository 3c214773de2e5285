import ConcurrentFutures

// What is offered for each kind of operand.

extension Completer {
  typealias Candidate = Shell.Completion.Candidate

  /// The candidates of one kind, in order.
  func candidates(
    _ operand: Operand, for fragment: WordFragment, of word: CursorWord, _ expectation: Expectation
  ) -> [Candidate] {
    switch operand {
    case .selector(let choice): selectors(choice, for: fragment)
    case .future(let choice): futures(choice, for: fragment) + last(choice, for: fragment)
    case .pool: named(pools(withMain: true), for: fragment)
    case .poolMade: named(pools(withMain: false), for: fragment)
    case .gate(let closedOnly): named(gates(closedOnly: closedOnly), for: fragment)
    case .label: named(labels.map { ($0, "label") }, for: fragment)
    case .variable: named(variables(isFromOutside: false), for: fragment)
    case .definition: named(definitions, for: fragment)
    case .topic: commands(commandNotes + Help.topicNotes, for: fragment)
    case .setting: named(settings, for: fragment)
    case .settingValue: named(settingValues, for: fragment)
    case .keyword(let keyword): written(keyword.word, keyword.note, for: word)
    case .oneOf(let words): words.flatMap { written($0.word, $0.note, for: word) }
    case .command, .task: commands(commandNotes(expectation), for: fragment)
    case .block: written("{", "a block", for: word, isPrefixNeeded: false)
    case .file: fileCandidates(fragment)
    case .program: programs(fragment)
    case .shellLine: []
    }
  }

  /// Names and notes that begin with what is there, in order of the alphabet.
  func named(_ names: [(String, String)], for fragment: WordFragment) -> [Candidate] {
    names.filter { $0.0.utf8.starts(with: fragment.prefix) }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
      .map { fragment.candidate($0.0, note: $0.1) }
  }

  /// A word that means itself only where it is not quoted.
  private func written(
    _ text: String, _ note: String, for word: CursorWord, isPrefixNeeded: Bool = true
  ) -> [Candidate] {
    guard let beginning = word.plain, text.hasPrefix(beginning) else { return [] }
    if !isPrefixNeeded, !beginning.isEmpty { return [] }
    return [Candidate(replacement: text, display: text, note: note, endsWord: true)]
  }

  // MARK: Commands

  /// In the names of commands `-` and `_` are alike.
  private func commands(_ names: [(String, String)], for fragment: WordFragment) -> [Candidate] {
    let hyphen = UInt8(ascii: "-")
    let prefix = fragment.prefix.map { $0 == hyphen ? UInt8(ascii: "_") : $0 }
    return
      names.filter { $0.0.replacing("-", with: "_").utf8.starts(with: prefix) }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
      .map { fragment.candidate($0.0, note: $0.1) }
  }

  private var commandNotes: [(String, String)] {
    CommandTable.all.flatMap { command in
      let declaration = command.declaration
      return ([declaration.name] + declaration.aliases).map { ($0, declaration.summary) }
    }
  }

  /// The commands that work there.
  private func commandNotes(_ expectation: Expectation) -> [(String, String)] {
    let isInTask = expectation.isInTask || blocks.contains(where: \.isInTask)
    let builtIn = commandNotes.filter { name, _ in
      !isInTask || CommandTable.command(named: name)?.declaration.isSessionOnly == false
    }
    return builtIn + definitions
  }

  /// The blocks around, the outermost first.
  var blocks: [Operand.BlockRole] {
    site.enclosing.map { Expectation(after: $0, isDefined: isDefined).block }
  }

  private var definitions: [(String, String)] {
    let here = site.definitions.map { ($0, "being defined here") }
    return scope.definitions.values.map { ($0.name, $0.usage) } + here
  }

  // MARK: Settings

  private var settings: [(String, String)] {
    Setting.all.map { setting in (setting.name, setting.summary) }
  }

  private var settingValues: [(String, String)] {
    guard let name = site.arguments.last?.plain?.replacing("-", with: "_") else { return [] }
    return Setting.named(name)?.values.map { ($0, "") } ?? []
  }

  // MARK: Pools, gates, labels

  private func pools(withMain: Bool) -> [(String, String)] {
    var pools = session.pools.all.filter { !$0.isShutDown }.map { pool in
      (pool.name, Counted.text(pool.executor.maxWorkers, "worker"))
    }
    if withMain, session.pools.existing(PoolTable.mainName) == nil {
      pools.append((PoolTable.mainName, "made when it is needed"))
    }
    return pools
  }

  private func gates(closedOnly: Bool) -> [(String, String)] {
    session.gates.states.filter { !closedOnly || !$0.isOpen }
      .map { ($0.name, $0.isOpen ? "open" : "closed") }
  }

  var labels: [String] { session.futures.labels }
}
