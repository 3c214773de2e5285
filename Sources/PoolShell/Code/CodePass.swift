/// What one reading of the commands finds out for the next one.
///
/// What a def is given and gives is known only when all of its calls were seen; so the commands are gone through again
/// until nothing changes.
struct CodeKnowledge: Equatable {
  /// What is known of a def.
  struct Signature: Equatable {
    var parameters: [CodeType] = []
    /// The variables of its callers that it reads.
    var hidden: [String] = []
    var hiddenTypes: [String: CodeType] = [:]
    var type = CodeType.unknown
    var mayFail = false
  }

  var signatures: [String: Signature] = [:]
  /// Names that no caller has set: those of the environment.
  var environment: Set<String> = []
  /// What the futures of each place give, and places whose futures come together in a list.
  var sites: [CodeType] = []
  var siteParents: [Int] = []
  var numbersFutures = false
  var keepsItems = false
  /// Whether anything is cancelled: then a future may end so.
  var cancels = false
  /// How many commands submit, or ask for numbers.
  var numberings = 0
  /// Places whose tasks may fail, or give nothing to show.
  var outcomes: [Bool] = []
}

/// One reading of the commands.
final class CodePass {
  /// What the reading before has found out, and what this one has.
  let known: CodeKnowledge
  var found: CodeKnowledge
  let names = CodeNames()
  var functions: [String: CodeFunction] = [:]
  var functionOrder: [CodeFunction] = []
  var definitions: [String: Definition]
  /// What defs are called, before any variable is.
  var definitionNames: [String: String] = [:]
  /// The values that variables have in a session, for commands of it.
  let constants: [String: String]
  let futures: [String: [Int]]
  /// `$1` and so on, for commands of a session; `nil` are those of the program.
  let arguments: [String]?
  var workers: Int?
  var gates: [(name: String, variable: String)] = []
  var openedGates: Set<String> = []
  var gatePlaces: [(name: String, place: Place)] = []
  /// The number of the next future; `nil` is unknown.
  var nextID: Int? = 1
  private var siteCount = 0
  private var blockCount = 0

  init(_ known: CodeKnowledge, _ source: CodeSource) {
    self.known = known
    found = known
    found.sites = []
    found.numberings = 0
    definitions = source.definitions
    constants = source.constants
    futures = source.futures
    arguments = source.arguments
    workers = source.workers
    for name in source.definedNames where definitionNames[name] == nil {
      definitionNames[name] = names.name(name)
    }
  }

  // MARK: Futures

  /// A place where futures are submitted.
  func addSite(_ task: CodeTask) -> Int {
    let type = task.type
    defer { siteCount += 1 }
    found.numberings += 1
    if found.outcomes.count <= siteCount { found.outcomes.append(false) }
    found.outcomes[siteCount] = !task.mayFail && type.isLine && task.body.giveText
    if found.siteParents.count <= siteCount { found.siteParents.append(siteCount) }
    found.sites.append(type)
    return siteCount
  }

  /// What the futures of a place give, as far as it is known.
  func type(ofSite site: Int) -> CodeType {
    let root = root(of: site)
    let all = found.sites.indices.filter { self.root(of: $0) == root }.map { found.sites[$0] }
    let before = root < known.sites.count ? known.sites[root] : .unknown
    return all.reduce(before) { $0.joined(with: $1) ?? $0 }
  }

  /// Whether every task of a place gives a value that can be seen.
  func endsWithValue(_ site: Int) -> Bool {
    let root = root(of: site)
    return known.outcomes.indices.allSatisfy { self.root(of: $0) != root || known.outcomes[$0] }
      && !known.outcomes.isEmpty
  }

  private func root(of site: Int) -> Int {
    var site = site
    while site < found.siteParents.count, found.siteParents[site] != site {
      site = found.siteParents[site]
    }
    return site
  }

  /// The futures of two places come together in a list, and must be of one type.
  ///
  /// - Returns: The place that stands for both; `nil` if they have nothing in common.
  func unite(_ one: Int, _ other: Int) -> Int? {
    guard let type = type(ofSite: one).joined(with: type(ofSite: other)) else { return nil }
    let (first, second) = (root(of: one), root(of: other))
    found.siteParents[max(first, second)] = min(first, second)
    if found.sites.indices.contains(min(first, second)) { found.sites[min(first, second)] = type }
    return min(first, second)
  }

  /// What every place gives in the end.
  var siteTypes: [CodeType] { found.sites.indices.map { type(ofSite: $0) } }

  // MARK: Other things that are counted

  func newBlock() -> Int {
    blockCount += 1
    return blockCount
  }

  /// The variable that a gate has become.
  func gate(_ name: String) -> String {
    if let gate = gates.first(where: { $0.name == name }) { return gate.variable }
    let variable = names.name(name)
    gates.append((name, variable))
    return variable
  }
}

/// What is to be translated.
struct CodeSource {
  var chains: [ParsedChain]
  var definitions: [String: Definition] = [:]
  var constants: [String: String] = [:]
  /// Variables that hold futures in a session.
  var futures: [String: [Int]] = [:]
  /// Pools that the commands use.
  var prologue: [ParsedChain] = []
  var arguments: [String]?
  var workers: Int?
  /// The number of the first future.
  var firstID = 1
  /// Futures of the session that the commands are about: submitted first, with the numbers that they have.
  var submitted: [(id: Int, chain: ParsedChain)] = []
}

extension CodeSource {
  /// The defs that there are, and those that will be made.
  fileprivate var definedNames: [String] {
    definitions.keys.sorted()
      + chains.compactMap { parsed in
        let arguments = parsed.chain.first.arguments
        guard arguments.count > 1, case .word(let command) = arguments[0], command.plain == "def",
          case .word(let name) = arguments[1]
        else { return nil }
        return name.plain
      }
  }
}
