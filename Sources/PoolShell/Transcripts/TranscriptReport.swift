/// What `poolsh test` has to say, in the order in which it comes about.
package enum TranscriptReport: Sendable, Equatable {
  /// Something else came than stands in the document.
  case difference(file: String, command: String, DiffHunk)
  /// Something else is wrong with a block.
  case problem(file: String, Transcript.Problem)
  /// A document that cannot be run.
  case unreadable(String)
  /// A document in which nothing is to be run.
  case nothingToRun(file: String)
  /// A document was rewritten.
  case updated(file: String, answers: Int)
  case summary(TranscriptTotals)

  /// Whether it is an error or a notice, and so for standard error.
  var isDiagnostic: Bool {
    switch self {
    case .unreadable, .nothingToRun: true
    case .difference, .problem, .updated, .summary: false
    }
  }
}

/// How many of what there were.
package struct TranscriptTotals: Sendable, Equatable {
  package var files = 0
  package var blocks = 0
  package var skipped = 0
  package var commands = 0
  package var differences = 0
  package var problems = 0
  /// Documents that cannot be run.
  package var unreadable = 0

  mutating func add(_ other: TranscriptTotals) {
    files += other.files
    blocks += other.blocks
    skipped += other.skipped
    commands += other.commands
    differences += other.differences
    problems += other.problems
    unreadable += other.unreadable
  }

  /// What the process ends with.
  package var status: Int32 {
    if unreadable > 0 { return 2 }
    return differences + problems > 0 ? 1 : 0
  }
}

// MARK: - For people

extension TranscriptReport {
  var text: StyledText {
    switch self {
    case .difference(let file, let command, let hunk):
      "\("\(file):\(hunk.line):", .place) > \(command)\n" + hunk.lines.map(\.styled).joined()
    case .problem(let file, let problem):
      "\("\(file):\(problem.line):", .place) \("error:", .error) \(problem.message)\n"
    case .unreadable(let message): "\("error:", .error) \(message)\n"
    case .nothingToRun(let file):
      "\(file): nothing to run: no block has the tag \(Transcript.tag)\n"
    case .updated(let file, let answers): "\(file): \(Counted.text(answers, "answer")) rewritten\n"
    case .summary(let totals): StyledText(totals.text + "\n")
    }
  }
}

extension DiffHunk.Line {
  fileprivate var styled: StyledText {
    switch kind {
    case .context: "\(kind.rawValue + text)\n"
    case .missing: "\(kind.rawValue + text, .error)\n"
    case .extra: "\(kind.rawValue + text, .finished)\n"
    }
  }
}

extension TranscriptTotals {
  fileprivate var text: String {
    let skipped = skipped > 0 ? " (\(self.skipped) skipped)" : ""
    let counts = [
      Counted.text(files, "file"), Counted.text(blocks, "block") + skipped,
      Counted.text(commands, "command"),
    ]
    let faults = [
      (differences, "difference"), (problems, "error"), (unreadable, "file that cannot be run"),
    ].filter { $0.0 > 0 }.map { Self.fault($0.0, $0.1) }
    return counts.joined(separator: ", ") + ": "
      + (faults.isEmpty ? "all as written" : faults.joined(separator: ", "))
  }

  private static func fault(_ count: Int, _ noun: String) -> String {
    if count != 1, noun.hasPrefix("file") { return "\(count) files that cannot be run" }
    return Counted.text(count, noun)
  }
}

// MARK: - For programs

extension TranscriptReport {
  var json: String {
    let object = JSONObject()
    switch self {
    case .difference(let file, let command, let hunk):
      return object.adding("file", file).adding("line", hunk.line).adding("command", command)
        .adding("diff", hunk.lines.map { $0.kind.rawValue + $0.text }).text
    case .problem(let file, let problem):
      return object.adding("file", file).adding("line", problem.line)
        .adding("error", problem.message).text
    case .unreadable(let message): return object.adding("error", message).text
    case .nothingToRun(let file):
      return object.adding("notice", "nothing to run").adding("file", file).text
    case .updated(let file, let answers):
      return object.adding("file", file).adding("rewritten", answers).text
    case .summary(let totals):
      return object.adding("files", totals.files).adding("blocks", totals.blocks)
        .adding("skipped", totals.skipped).adding("commands", totals.commands)
        .adding("differences", totals.differences).adding("errors", totals.problems)
        .adding("unreadable", totals.unreadable).text
    }
  }
}
