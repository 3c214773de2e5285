/// Lines that came beside those that were expected, when the order means nothing.
enum UnorderedLines {
  typealias Step = AnswerCheck.Step

  /// What was expected stays in its order, what was not comes behind it.
  static func steps(_ expected: [LinePattern], _ actual: [String], _ mayElide: [Bool]) -> [Step] {
    let pairs = pairs(expected, actual, mayElide)
    let taken = Set(pairs.compactMap { $0 })
    let hasElision = expected.contains(where: \.isElision)
    let known: [Step] = expected.indices.map { index in
      if expected[index].isElision { return .elision(expected: index) }
      return pairs[index].map { .kept(expected: index, actual: $0) } ?? .missing(expected: index)
    }
    let rest = actual.indices.filter { !taken.contains($0) && !(hasElision && mayElide[$0]) }
    return known + rest.map { .extra(actual: $0) }
  }

  /// For each line that was expected one that came, each once, so that as many as can be have one, and of those that came
  /// first of all the ones that no elision may stand for.
  private static func pairs(
    _ expected: [LinePattern], _ actual: [String], _ mayElide: [Bool]
  ) -> [Int?] {
    var pairs = [Int?](repeating: nil, count: expected.count)
    // Only one text is right for a line without a gap, and which of its like it gets is all the same.
    var places: [String: [Int]] = [:]
    for index in actual.indices.reversed() { places[actual[index], default: []].append(index) }
    for (index, pattern) in expected.enumerated() where pattern.isLiteral {
      pairs[index] = places[pattern.text]?.popLast()
    }
    let free = places.values.flatMap { $0 }
      .sorted { (mayElide[$0] ? 1 : 0, $0) < (mayElide[$1] ? 1 : 0, $1) }
    let patterns = expected.indices.filter { !expected[$0].isLiteral && !expected[$0].isElision }
    var matching = Matching()
    for line in free {
      matching.add(line, to: patterns.filter { expected[$0].matches(actual[line]) })
    }
    for (pattern, line) in matching.lines { pairs[pattern] = line }
    return pairs
  }

  /// A largest matching, made larger line by line (Kuhn's algorithm): a line that has a pattern keeps one.
  private struct Matching {
    /// By pattern.
    private(set) var lines: [Int: Int] = [:]
    private var candidates: [Int: [Int]] = [:]
    /// The patterns whose lines can go nowhere else: what a search that failed has visited stays so.
    private var settled: Set<Int> = []

    mutating func add(_ line: Int, to patterns: [Int]) {
      candidates[line] = patterns
      var visited = settled
      if !place(line, &visited) { settled = visited }
    }

    private mutating func place(_ line: Int, _ visited: inout Set<Int>) -> Bool {
      let patterns = candidates[line] ?? []
      // A free one first: with many lines alike a search from line to line would take hours.
      if let free = patterns.first(where: { lines[$0] == nil }) {
        lines[free] = line
        return true
      }
      for pattern in patterns where visited.insert(pattern).inserted {
        guard let other = lines[pattern], place(other, &visited) else { continue }
        lines[pattern] = line
        return true
      }
      return false
    }
  }
}
