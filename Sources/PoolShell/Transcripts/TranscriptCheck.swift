/// What came in a session, beside what its blocks expect.
struct TranscriptCheck {
  /// Of the commands that have run to their end.
  private(set) var answers: [CheckedAnswer] = []
  private(set) var problems: [Transcript.Problem]

  init(_ blocks: [Transcript.Block], _ record: SessionRecord) {
    problems = record.problems
    var isComplete = true
    for block in blocks {
      for exchange in block.exchanges {
        guard let lines = record.answers[exchange.line] else {
          if isComplete, !record.isGivenUp { tellEnd(before: exchange) }
          isComplete = false
          continue
        }
        let check = AnswerCheck(
          expected: exchange.expected, actual: lines, isUnordered: block.has(.unordered),
          elidesErrors: block.has(.fails))
        answers.append(CheckedAnswer(block: block, exchange: exchange, check: check))
      }
    }
  }

  private mutating func tellEnd(before exchange: Transcript.Exchange) {
    problems.append(
      Transcript.Problem(line: exchange.line, message: "not run: the session has ended before"))
  }

  /// The places at which something else came.
  var differences: [(command: String, hunk: DiffHunk)] {
    answers.flatMap { answer in
      DiffHunk.all(of: answer.check, firstLine: answer.exchange.expectedLine)
        .map { (answer.exchange.typed.first ?? "", $0) }
    }
  }
}

/// What came for one exchange, beside what was expected.
struct CheckedAnswer {
  var block: Transcript.Block
  var exchange: Transcript.Exchange
  var check: AnswerCheck
}
