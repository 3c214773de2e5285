/// A place at which what came is not what was expected, with a few lines around it, as `diff -u` shows it.
package struct DiffHunk: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case context = " "
    /// Expected, and did not come.
    case missing = "-"
    /// Came, and was not expected.
    case extra = "+"
  }

  package struct Line: Sendable, Equatable {
    package var kind: Kind
    package var text: String
  }

  /// The number of the line of the document at which the difference begins; if nothing is missing, that of the line
  /// behind which something came.
  package var line: Int
  package var lines: [Line]

  /// How many lines are shown before and behind a difference.
  private static let context = 3

  /// All of an answer.
  ///
  /// - Parameters:
  ///   - check: The answer.
  ///   - firstLine: The number of the first line of what was expected.
  /// - Returns: In order; none if all is as expected.
  static func all(of check: AnswerCheck, firstLine: Int) -> [DiffHunk] {
    let steps = shown(check.steps)
    return ranges(of: steps).map { range in
      let start = steps[range].firstIndex(where: \.isDifference) ?? range.lowerBound
      let line = firstLine + steps[..<start].count(where: \.isExpected)
      return DiffHunk(
        line: steps[start].isExpected ? line : line - 1,
        lines: steps[range].map { Self.line($0, check) })
    }
  }

  /// What an elision stands for is not shown; of lines that differ those that are missing come first.
  private static func shown(_ steps: [AnswerCheck.Step]) -> [AnswerCheck.Step] {
    var shown: [AnswerCheck.Step] = []
    var extra: [AnswerCheck.Step] = []
    for step in steps {
      switch step {
      case .elided: continue
      case .extra: extra.append(step)
      case .missing: shown.append(step)
      case .kept, .elision:
        shown += extra + [step]
        extra = []
      }
    }
    return shown + extra
  }

  /// The steps that are shown together: differences and what is around them.
  private static func ranges(of steps: [AnswerCheck.Step]) -> [Range<Int>] {
    steps.indices.filter { steps[$0].isDifference }.reduce(into: []) { ranges, index in
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
  }

  private static func line(_ step: AnswerCheck.Step, _ check: AnswerCheck) -> Line {
    switch step {
    case .kept(let index, _), .elision(let index):
      Line(kind: .context, text: check.expected[index].text)
    case .missing(let index): Line(kind: .missing, text: check.expected[index].text)
    case .elided(let index): Line(kind: .context, text: check.actual[index])
    case .extra(let index): Line(kind: .extra, text: check.actual[index])
    }
  }
}

extension AnswerCheck.Step {
  /// Whether it stands in the document.
  fileprivate var isExpected: Bool {
    switch self {
    case .kept, .elision, .missing: true
    case .elided, .extra: false
    }
  }
}
