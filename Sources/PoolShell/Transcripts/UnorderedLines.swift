/// Lines that came beside those that were expected, when the order means nothing.
enum UnorderedLines {
  typealias Step = AnswerCheck.Step

  /// What was expected stays in its order, what was not comes behind it.
  static func steps(_ expected: [LinePattern], _ actual: [String], _ mayElide: [Bool]) -> [Step] {
    let pairs = pairs(expected, actual)
    let taken = Set(pairs.compactMap { $0 })
    let hasElision = expected.contains(where: \.isElision)
    let known: [Step] = expected.indices.map { index in
      if expected[index].isElision { return .elision(expected: index) }
      return pairs[index].map { .kept(expected: index, actual: $0) } ?? .missing(expected: index)
    }
    let rest = actual.indices.filter { !taken.contains($0) && !(hasElision && mayElide[$0]) }
    return known + rest.map { .extra(actual: $0) }
  }

  /// For each line that was expected one that came, each once, so that as many as can be have one.
  private static func pairs(_ expected: [LinePattern], _ actual: [String]) -> [Int?] {
    var pairs = [Int?](repeating: nil, count: expected.count)
    // Only one text is right for a line without a gap, and which of its like it gets is all the same.
    var places: [String: [Int]] = [:]
    for index in actual.indices.reversed() { places[actual[index], default: []].append(index) }
    for (index, pattern) in expected.enumerated() where pattern.isLiteral {
      pairs[index] = places[pattern.text]?.popLast()
    }
    var matching = Matching(free: places.values.flatMap { $0 }.sorted())
    for (index, pattern) in expected.enumerated() where !pattern.isLiteral {
      matching.add(index) { pattern.matches(actual[$0]) }
    }
    for (actual, expected) in matching.owners { pairs[expected] = actual }
    return pairs
  }

  /// A largest matching, made larger one by one (Kuhn's algorithm).
  private struct Matching {
    let free: [Int]
    private(set) var owners: [Int: Int] = [:]
    private var candidates: [Int: [Int]] = [:]

    init(free: [Int]) { self.free = free }

    mutating func add(_ pattern: Int, _ matches: (Int) -> Bool) {
      candidates[pattern] = free.filter(matches)
      var visited: Set<Int> = []
      _ = place(pattern, &visited)
    }

    private mutating func place(_ pattern: Int, _ visited: inout Set<Int>) -> Bool {
      for line in candidates[pattern] ?? [] where visited.insert(line).inserted {
        guard let owner = owners[line] else {
          owners[line] = pattern
          return true
        }
        if place(owner, &visited) {
          owners[line] = pattern
          return true
        }
      }
      return false
    }
  }
}
