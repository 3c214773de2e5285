/// What came, beside what was expected.
struct AnswerCheck: Sendable, Equatable {
  /// The lines of both, by their indexes, in the order in which they are shown.
  enum Step: Sendable, Equatable {
    /// As expected.
    case kept(expected: Int, actual: Int)
    /// A line that stands for any lines.
    case elision(expected: Int)
    /// A line that an elision stands for.
    case elided(actual: Int)
    /// A line that was expected and did not come.
    case missing(expected: Int)
    /// A line that came and was not expected.
    case extra(actual: Int)
  }

  let expected: [LinePattern]
  let actual: [String]
  let steps: [Step]
  /// How many empty lines stand in the document behind what was expected, only to look well.
  let layout: Int

  /// Whether all is as expected.
  let isAsExpected: Bool

  /// - Parameters:
  ///   - expected: The lines that stand in the document.
  ///   - actual: The lines that came.
  ///   - isUnordered: Whether the order means nothing.
  ///   - elidesErrors: See `LinePattern.mayElide`.
  init(
    expected: [String], actual: [String], isUnordered: Bool = false, elidesErrors: Bool = false
  ) {
    let ends = (Self.emptyLines(endOf: expected), Self.emptyLines(endOf: actual))
    let surplus =
      isUnordered
      ? min(ends.0, expected.count(where: \.isEmpty) - actual.count(where: \.isEmpty))
      : ends.0 - ends.1
    layout = max(0, surplus)
    let patterns = expected.dropLast(layout).map(LinePattern.init)
    self.expected = patterns
    self.actual = actual
    let mayElide = actual.map { LinePattern.mayElide($0, elidesErrors: elidesErrors) }
    steps =
      isUnordered
      ? UnorderedLines.steps(patterns, actual, mayElide)
      : OrderedLines(patterns, actual, mayElide).steps
    isAsExpected = !steps.contains(where: \.isDifference)
  }

  private static func emptyLines(endOf lines: [String]) -> Int {
    lines.reversed().prefix(while: \.isEmpty).count
  }
}

extension AnswerCheck.Step {
  /// Whether a line is only on one side.
  var isDifference: Bool {
    switch self {
    case .missing, .extra: true
    case .kept, .elision, .elided: false
    }
  }
}
