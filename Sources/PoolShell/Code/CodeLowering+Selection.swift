/// Futures that were submitted together.
struct CodeGroup {
  /// One future, or a list.
  var futures: CodeExpression
  /// The number of the first and how many there are, if that is known.
  var firstID: Int?
  var count: Int?
  var label: String?
  /// Whether a command has shown how they ended.
  var isSeen = false
  /// Whether a `wait` has listed them as done.
  var isListed = false
  /// Whose futures these are.
  var pool: CodeVariable?
  /// Whether it is what a `wait` has left over: no futures of its own.
  var isRest = false
  /// Whether some of them were looked at, and it is not known which were not.
  var isPartlySeen = false
  /// Whether a `wait` has listed some of them, and it is not known which.
  var isPartlyListed = false
}

extension CodeLowering {
  // MARK: Selectors

  /// The futures that words select; `nil` if there are no words.
  func selection(_ words: [Word], at range: SourceRange) throws -> CodeExpression? {
    if words.isEmpty { return nil }
    var parts: [CodeExpression] = []
    for word in words { parts += try select(word) }
    guard !parts.isEmpty else { throw error("there are no futures yet", at: range) }
    return try together(parts, at: range)
  }

  /// Exactly one future.
  func oneFuture(_ words: [Word], at range: SourceRange) throws -> CodeExpression {
    guard let future = try selection(words, at: range) else {
      throw error("ID is missing", at: range)
    }
    guard !future.isList else { throw error("it is not known that this is one future", at: range) }
    return future
  }

  /// Futures as one list; one future by itself stays one.
  func together(_ parts: [CodeExpression], at range: SourceRange) throws -> CodeExpression {
    guard let first = parts.first, var site = first.site else {
      throw error("there are no futures", at: range)
    }
    if parts.count == 1 { return first }
    for part in parts.dropFirst() {
      guard let other = part.site, let both = pass.unite(site, other) else {
        throw error("these futures give values of different kinds", at: range)
      }
      site = both
    }
    if parts.allSatisfy({ !$0.isList }) { return .list(parts, site: site) }
    return .concatenation(parts.map { $0.isList ? $0 : .list([$0], site: site) }, site: site)
  }

  private func select(_ word: Word) throws -> [CodeExpression] {
    if let plain = word.plain { return [try select(plain, word)] }
    let value = try expression(word)
    if case .id(let future) = value { return [future] }
    guard value.site != nil else {
      throw error("it is not known which futures these are", at: word.range)
    }
    return [value]
  }

  private func select(_ text: String, _ word: Word) throws -> CodeExpression {
    if let (first, last) = Selector.bounds(text) {
      return try numbered(first...max(first, last), word)
    }
    if let id = Int(text) { return try numbered(id...id, word) }
    if text.hasPrefix("@") {
      return try all(word) { $0.label == String(text.dropFirst()) }
    }
    guard let selector = SelectorWord(rawValue: text) else {
      throw error("\(text) is no selector", at: word.range)
    }
    switch selector {
    case .all: return try all(word) { _ in true }
    case .unseen: return try all(word) { !$0.isSeen }
    case .last: return try last(word)
    case .done: return .filtered(try list(word), nil)
    case .skipped: throw error("skipped has no counterpart", at: word.range)
    case .pending, .running, .finished, .failed, .cancelled:
      return .filtered(try list(word), FutureRecord.State(rawValue: text))
    }
  }

  private func list(_ word: Word) throws -> CodeExpression {
    let futures = try all(word) { _ in true }
    return futures.isList ? futures : .list([futures], site: futures.site ?? 0)
  }

  /// The futures that pass.
  private func all(_ word: Word, where passes: (CodeGroup) -> Bool) throws -> CodeExpression {
    if let lostFutures { throw error(lostFutures, at: word.range) }
    let futures = try groups.filter { !$0.isRest && passes($0) }.map { try visible($0.futures) }
    guard !futures.isEmpty else { throw error("there are no such futures", at: word.range) }
    return try together(futures, at: word.range)
  }

  private func last(_ word: Word) throws -> CodeExpression {
    guard let group = groups.last(where: { !$0.isRest }) else {
      throw error("there is no future yet", at: word.range)
    }
    let futures = try visible(group.futures)
    guard futures.isList else { return futures }
    guard let count = group.count else {
      throw error("it is not known which future is the last", at: word.range)
    }
    return .element(futures, count - 1)
  }

  private func numbered(_ ids: ClosedRange<Int>, _ word: Word) throws -> CodeExpression {
    var found: [CodeExpression] = []
    var missing = ids.lowerBound
    for group in groups where !group.isRest {
      guard let first = group.firstID, let count = group.count else { continue }
      let common = ids.clamped(to: first...max(first, first + count - 1))
      guard count > 0, ids.overlaps(first...(first + count - 1)) else { continue }
      let futures = try visible(group.futures)
      if !futures.isList || common.count == count && ids.count > 1 {
        found.append(futures)
      } else if common.count == 1 {
        found.append(.element(futures, common.lowerBound - first))
      } else {
        found.append(.slice(futures, common.lowerBound - first, common.upperBound - first + 1))
      }
      missing += common.count
    }
    guard missing == ids.upperBound + 1 else {
      throw error("no future \(missing) is known here", at: word.range)
    }
    return try together(found, at: word.range)
  }

  /// The futures of a session that have these numbers.
  func known(_ ids: [Int]) throws -> CodeExpression {
    let range = SourceRange(0, 0)
    let word = Word(pieces: [], range: range)
    return try together(try ids.map { try numbered($0...$0, word) }, at: range)
  }

  /// A variable of futures, which may be read outside of the block in which it was set.
  func visible(_ futures: CodeExpression) throws -> CodeExpression {
    guard case .variable(let variable) = futures, !blocks.starts(with: variable.home) else {
      return futures
    }
    if !variable.isHoisted { hoisted.append(variable) }
    variable.isHoisted = true
    return futures
  }

  // MARK: Bare wait and as_completed

  /// What a bare `wait` or `as_completed` is about; `nil` if there is nothing.
  func unseen(includingListed: Bool, at range: SourceRange) throws -> CodeExpression? {
    if case .def = role {
      throw error("in a def it is not known which futures these are", at: range)
    }
    if let lostFutures { throw error(lostFutures, at: range) }
    let pool = withPools.last
    let parts = groups.filter {
      !$0.isSeen && (includingListed ? !$0.isRest : !$0.isListed)
        && (pool == nil || $0.pool === pool)
    }
    if parts.contains(where: { $0.isPartlySeen || !includingListed && $0.isPartlyListed }) {
      throw error("it is not known which futures were looked at already", at: range)
    }
    if parts.isEmpty { return nil }
    return try together(try parts.map { try visible($0.futures) }, at: range)
  }

  /// A command has shown how these have ended.
  func markSeen(_ futures: CodeExpression) {
    for index in groups.indices {
      let group = groups[index]
      if group.isRest {
        if touchesListed(futures) { groups[index].isPartlySeen = true }
      } else if Self.covers(futures, group.futures) {
        groups[index].isSeen = true
      } else if Self.touches(futures, group.futures) {
        groups[index].isPartlySeen = true
      }
    }
    if groups.allSatisfy({ $0.isSeen || $0.isRest }) { groups.removeAll(where: \.isRest) }
  }

  /// A `wait` has listed futures as done: all of these, or those that are not in the rest.
  ///
  /// - Parameters:
  ///   - futures: What it was about.
  ///   - rest: What it has left over.
  ///   - isComplete: Whether nothing can be left over.
  ///   - isBare: Whether it was about whatever no other had listed.
  func markListed(_ futures: CodeExpression, rest: CodeVariable, isComplete: Bool, isBare: Bool) {
    let pool = withPools.last
    if isBare { groups.removeAll { $0.isRest && $0.pool === pool } }
    let isAmongRest = touchesListed(futures)
    let isPart = !isBare && !isComplete
    for index in groups.indices {
      if groups[index].isRest {
        if isAmongRest { groups[index].isPartlySeen = true }
        continue
      }
      if Self.covers(futures, groups[index].futures), !isPart {
        groups[index].isListed = true
      } else if Self.covers(futures, groups[index].futures)
        || Self.touches(futures, groups[index].futures)
      {
        groups[index].isPartlyListed = true
      }
    }
    if isBare, !isComplete {
      groups.append(CodeGroup(futures: .variable(rest), pool: pool, isRest: true))
    }
  }

  /// Whether some of these were in a `wait` before, and so may be among what it has left over.
  private func touchesListed(_ futures: CodeExpression) -> Bool {
    groups.contains { group in
      group.isListed
        && (Self.covers(futures, group.futures) || Self.touches(futures, group.futures))
    }
  }

  /// Whether the futures of a group are among these.
  private static func covers(_ futures: CodeExpression, _ group: CodeExpression) -> Bool {
    switch futures {
    case .variable(let one):
      if case .variable(let other) = group { one === other } else { false }
    case .list(let parts, _), .concatenation(let parts, _):
      parts.contains { covers($0, group) }
    default: false
    }
  }

  /// Whether some of a group are among these, as far as it is known.
  private static func touches(_ futures: CodeExpression, _ group: CodeExpression) -> Bool {
    switch futures {
    case .element(let part, _), .slice(let part, _, _): covers(part, group)
    case .list(let parts, _), .concatenation(let parts, _):
      parts.contains { touches($0, group) }
    case .filtered, .ordered: true
    default: false
    }
  }
}
