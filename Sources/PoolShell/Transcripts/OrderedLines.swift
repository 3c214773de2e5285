/// Lines that came beside those that were expected, in their order, with as few differences as there can be.
struct OrderedLines {
  typealias Step = AnswerCheck.Step

  private let expected: [LinePattern]
  private let actual: [ArraySlice<UInt8>]
  private let mayElide: [Bool]
  /// The lines between those at both ends that are as expected.
  private let inner: (expected: Range<Int>, actual: Range<Int>)

  /// What a step costs.
  ///
  /// One line in the place of another is cheaper than an elision that takes the one and a line that is missing: an
  /// elision that has swallowed what is new would hide it.
  private enum Cost {
    static let oneSide = 1000
    static let replacement = 999
    static let match = -10
  }

  /// A step of the table.
  private enum Move: UInt8 {
    case end, match, replace, miss, add, pass, elide
  }

  /// With more pairs of lines than this there is no table, and everything differs.
  private static let mostPairs = 1 << 24

  init(_ expected: [LinePattern], _ actual: [String], _ mayElide: [Bool]) {
    let actual = actual.map { ArraySlice($0.utf8) }
    self.expected = expected
    self.actual = actual
    self.mayElide = mayElide
    var start = 0
    while start < min(expected.count, actual.count), expected[start].matches(actual[start]) {
      start += 1
    }
    var (expectedEnd, actualEnd) = (expected.count, actual.count)
    while expectedEnd > start, actualEnd > start,
      expected[expectedEnd - 1].matches(actual[actualEnd - 1])
    {
      (expectedEnd, actualEnd) = (expectedEnd - 1, actualEnd - 1)
    }
    inner = (start..<expectedEnd, start..<actualEnd)
  }

  var steps: [Step] {
    let head = (0..<inner.expected.lowerBound).map { Step.kept(expected: $0, actual: $0) }
    let tail = zip(inner.expected.upperBound..<expected.count, inner.actual.upperBound...)
      .map { Step.kept(expected: $0, actual: $1) }
    return head + innerSteps + tail
  }

  private var innerSteps: [Step] {
    // The one elision of most answers needs no table.
    if inner.expected.count == 1, expected[inner.expected.lowerBound].isElision,
      inner.actual.allSatisfy({ mayElide[$0] })
    {
      return [.elision(expected: inner.expected.lowerBound)]
        + inner.actual.map { .elided(actual: $0) }
    }
    guard (inner.expected.count + 1) * (inner.actual.count + 1) <= Self.mostPairs else {
      return inner.expected.map { .missing(expected: $0) } + inner.actual.map { .extra(actual: $0) }
    }
    return steps(along: moves())
  }

  // MARK: The table

  /// The best move for each pair of lines, from which on both are looked at; from the ends to the beginnings.
  private func moves() -> [[Move]] {
    let columns = inner.actual.count
    var below: [Int] = []
    var table: [[Move]] = []
    for row in stride(from: inner.expected.count, through: 0, by: -1) {
      var costs = [Int](repeating: 0, count: columns + 1)
      var moves = [Move](repeating: .end, count: columns + 1)
      for column in stride(from: columns, through: 0, by: -1) {
        let right = column < columns ? costs[column + 1] : nil
        let diagonal = column < columns && !below.isEmpty ? below[column + 1] : nil
        let down = below.isEmpty ? nil : below[column]
        let best = candidates(row, column, right: right, down: down, diagonal: diagonal)
          .min { $0.cost < $1.cost }
        if let best { (costs[column], moves[column]) = (best.cost, best.move) }
      }
      below = costs
      table.append(moves)
    }
    return table.reversed()
  }

  /// What can be done with a pair of lines; of two that cost the same the first is taken.
  private func candidates(
    _ row: Int, _ column: Int, right: Int?, down: Int?, diagonal: Int?
  ) -> [(cost: Int, move: Move)] {
    var candidates: [(cost: Int, move: Move)] = []
    let index = inner.actual.lowerBound + column
    let pattern = down == nil ? nil : expected[inner.expected.lowerBound + row]
    if let pattern, pattern.isElision {
      if let down { candidates.append((down, .pass)) }
      if let right, mayElide[index] { candidates.append((right, .elide)) }
    } else if let pattern {
      if let diagonal, pattern.matches(actual[index]) {
        candidates.append((diagonal + Cost.match, .match))
      }
      if let diagonal { candidates.append((diagonal + Cost.replacement, .replace)) }
      if let down { candidates.append((down + Cost.oneSide, .miss)) }
    }
    if let right { candidates.append((right + Cost.oneSide, .add)) }
    return candidates
  }

  private func steps(along table: [[Move]]) -> [Step] {
    var steps: [Step] = []
    var (row, column) = (0, 0)
    while true {
      let (line, index) = (inner.expected.lowerBound + row, inner.actual.lowerBound + column)
      switch table[row][column] {
      case .end: return steps
      case .match: steps.append(.kept(expected: line, actual: index))
      case .replace: steps += [.missing(expected: line), .extra(actual: index)]
      case .miss: steps.append(.missing(expected: line))
      case .add: steps.append(.extra(actual: index))
      case .pass: steps.append(.elision(expected: line))
      case .elide: steps.append(.elided(actual: index))
      }
      let move = table[row][column]
      if [.match, .replace, .miss, .pass].contains(move) { row += 1 }
      if [.match, .replace, .add, .elide].contains(move) { column += 1 }
    }
  }
}
