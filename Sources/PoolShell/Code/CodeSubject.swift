import ConcurrentFutures

/// What `code` is asked about: a script, a future, the last command.
struct CodeSubject {
  let context: Context

  // MARK: A script

  func file(_ path: String, at range: SourceRange) throws -> CodeSource {
    do {
      return CodeSource(chains: try Self.chains(of: try DescriptorSource(path: path)))
    } catch let failure as FileSystem.Failure {
      throw ShellError("code: \(failure.message)", place: context.place(of: range))
    }
  }

  private static func chains(of source: any LineSource) throws -> [ParsedChain] {
    var parser = Parser(source: source)
    var chains: [ParsedChain] = []
    while let chain = try parser.next() { chains.append(chain) }
    return chains
  }

  private static func chains(_ text: String) throws -> [ParsedChain] {
    try chains(of: TextSource(name: "code", text: text))
  }

  // MARK: A future

  func future(_ word: Expander.ExpandedWord) throws -> CodeSource {
    guard let record = try Selector(context).select([word]).first else {
      throw ShellError("no future \(word.text)", place: context.place(of: word.range))
    }
    var source = source(try Self.chains("result \(record.id)"), context.scope)
    if let scope = record.progress.origin.runner?.scope {
      source = self.source(source.chains, scope)
    }
    try add([record], to: &source)
    return source
  }

  // MARK: The last command

  func lastCommand() throws -> CodeSource {
    guard let chains = try lastChains() else {
      throw ShellError("code: no command has been run yet", hint: "code FILE translates a script")
    }
    var source = source(chains, context.scope)
    let mentions = CodeMentions(chains.map(\.chain))
    try add(try mentioned(mentions), to: &source)
    source.firstID = try firstID(of: source, mentions)
    if mentions.commands.contains(where: ["submit", "map", "shutdown"].contains),
      let pool = context.pool,
      pool.name != PoolTable.mainName
    {
      source.prologue += try Self.chains(poolLine(pool))
    }
    return source
  }

  /// The newest entry of the history that is more than `code` itself.
  private func lastChains() throws -> [ParsedChain]? {
    for (_, entry) in context.session.history.numbered().reversed() {
      // What could not be read was never run.
      guard let chains = try? Self.chains(entry) else { continue }
      let others = chains.filter { !CodeMentions([$0.chain]).commands.contains("code") }
      if !others.isEmpty { return others }
    }
    return nil
  }

  /// The futures of the session that a command is about.
  private func mentioned(_ mentions: CodeMentions) throws -> [FutureRecord] {
    let makesFutures = !mentions.commands.isDisjoint(with: ["submit", "map"])
    let visible = context.scope.visible
    var ids = IDSet()
    for name in mentions.variables {
      if case .ids(let set)? = visible[name] { for id in set { ids.insert(id) } }
    }
    let isAboutAll =
      mentions.hasBareWait || mentions.words.contains { SelectorWord(rawValue: $0) != nil }
    if isAboutAll, !makesFutures {
      return context.session.futures.all
    }
    for word in mentions.words where !makesFutures {
      let (first, last) = Selector.bounds(word) ?? (Int(word) ?? 0, Int(word) ?? -1)
      for id in first...max(first, last) where last >= first { ids.insert(id) }
      if word.hasPrefix("@"),
        let labelled = context.session.futures.ids(labelled: String(word.dropFirst()))
      {
        for id in labelled { ids.insert(id) }
      }
    }
    return ids.compactMap { context.session.futures.find($0) }
  }

  /// The number that the first future of the last command was given.
  private func firstID(of source: CodeSource, _ mentions: CodeMentions) throws -> Int {
    guard !mentions.commands.isDisjoint(with: ["submit", "map"]),
      let last = context.session.futures.last?.id,
      let count = try CodeTranslator(source: source).program().futureCount
    else { return source.submitted.last.map { $0.id + 1 } ?? 1 }
    return max(1, last - count + 1)
  }

  // MARK: What they need

  private func source(_ chains: [ParsedChain], _ scope: Scope) -> CodeSource {
    var source = CodeSource(chains: chains)
    source.definitions = scope.definitions
    for (name, value) in scope.visible {
      switch value {
      case .ids(let ids): source.futures[name] = Array(ids)
      case .failure: break
      default: if let text = try? value.text() { source.constants[name] = text }
      }
    }
    source.arguments = context.scope.arguments
    source.workers = context.session.settings.current.workers
    return source
  }

  /// Has futures submitted first, as they were in the session.
  private func add(_ records: [FutureRecord], to source: inout CodeSource) throws {
    guard records.count <= 200 else {
      throw ShellError("code: \(records.count) futures are too many for a program")
    }
    var pools: [String] = []
    for record in records {
      let name = record.pool.name
      if name != PoolTable.mainName, !pools.contains(name) {
        pools.append(name)
        source.prologue += try Self.chains(poolLine(record.pool))
      }
      let pool = pools.isEmpty ? "" : "--pool \(ShellQuoting.ifNeeded(name)) "
      let label = record.label.map { "--as \(ShellQuoting.ifNeeded($0)) " } ?? ""
      guard let chain = try? Self.chains("submit \(pool)\(label)\(record.task)").first else {
        throw ShellError("code: the command of [\(record.id)] cannot be read again: \(record.task)")
      }
      source.submitted.append((record.id, chain))
    }
    source.firstID = (records.last?.id ?? 0) + 1
  }

  private func poolLine(_ pool: PoolRecord) -> String {
    "pool new \(ShellQuoting.ifNeeded(pool.name)) -w \(pool.executor.maxWorkers)"
  }
}
