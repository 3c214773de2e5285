/// Makes a program of commands.
struct CodeTranslator {
  let source: CodeSource

  /// The program.
  ///
  /// - Throws: `ShellError` if something has no counterpart, with its place.
  func program() throws -> CodeProgram {
    var known = CodeKnowledge()
    for _ in 0..<8 {
      let (program, found) = try read(known)
      if found == known { return program }
      known = found
    }
    throw ShellError("code: the values of these defs are not understood")
  }

  private func read(_ known: CodeKnowledge) throws -> (CodeProgram, CodeKnowledge) {
    let pass = CodePass(known, source)
    let unit = source.chains.first?.unit ?? SourceUnit(name: "", firstLine: 1, bytes: [])
    let session = CodeLowering(pass, .session, unit: unit)
    for chain in source.prologue { try lower(chain, in: session) }
    for submitted in source.submitted {
      pass.nextID = submitted.id
      try lower(submitted.chain, in: session)
    }
    if !source.submitted.isEmpty || source.firstID != 1 { pass.nextID = source.firstID }
    for chain in source.chains where !session.isOver { try lower(chain, in: session) }
    if let gate = pass.gatePlaces.first(where: { !pass.openedGates.contains($0.name) }) {
      throw ShellError.untranslatable("nothing opens the gate \(gate.name)", at: gate.place)
    }
    let count = pass.nextID.map { $0 - source.firstID }
    var found = pass.found
    found.sites = pass.siteTypes
    let program = CodeProgram(
      functions: pass.functionOrder, main: session.preamble + session.output,
      hoisted: session.hoisted,
      gates: pass.gates, openPools: session.pools, numbersFutures: found.numbersFutures,
      keepsItems: found.keepsItems, cancels: found.cancels, sites: found.sites, names: pass.names,
      futureCount: count)
    return (program, found)
  }

  private func lower(_ chain: ParsedChain, in session: CodeLowering) throws {
    session.unit = chain.unit
    do {
      try session.lower(chain.chain, .answer)
    } catch var error as ShellError {
      if error.place == nil { error.place = chain.unit.place(of: chain.chain.first.range.start) }
      throw error
    }
    // `return` leaves nothing at the session.
    if case .return? = chain.chain.first.name { session.isOver = false }
  }
}

extension CommandNode {
  fileprivate enum Name { case `return` }

  fileprivate var name: Name? {
    if case .word(let word) = arguments[0], word.plain == "return" { .return } else { nil }
  }
}
