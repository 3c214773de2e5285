/// Runs the sessions of a document, and rewrites it if that is wanted.
package struct TranscriptFile {
  package let path: String
  package var runner = TranscriptRunner()
  /// Whether what came is written into the document.
  package var isUpdating = false
  /// What is told, as it comes about: if a session should take the process down, what was before has been said.
  private let tell: (TranscriptReport) -> Void
  private var totals = TranscriptTotals()

  package init(_ path: String, tell: @escaping (TranscriptReport) -> Void) {
    self.path = path
    self.tell = tell
  }

  /// Runs it.
  package mutating func run() -> TranscriptTotals {
    totals = TranscriptTotals()
    totals.files = 1
    do {
      try runSessions(of: FileSystem.contents(of: path))
    } catch let malformed as Transcript.Malformed {
      totals.unreadable = 1
      for problem in malformed.problems { tell(.problem(file: path, problem)) }
    } catch {
      totals.unreadable = 1
      tell(.unreadable(ShellError(wrapping: error).line))
    }
    return totals
  }

  private mutating func runSessions(of bytes: [UInt8]) throws {
    let transcript = try Transcript(bytes)
    totals.skipped = transcript.blocks.count { $0.has(.skip) }
    totals.blocks = transcript.blocks.count
    if transcript.blocks.isEmpty { tell(.nothingToRun(file: path)) }
    var answers: [CheckedAnswer] = []
    for blocks in transcript.sessions {
      let check = TranscriptCheck(blocks, runner.run(blocks))
      totals.commands += check.answers.count
      answers += check.answers
      tell(check)
    }
    if isUpdating { try update(bytes, answers) }
  }

  private mutating func tell(_ check: TranscriptCheck) {
    let differences = isUpdating ? [] : check.differences
    totals.differences += differences.count
    totals.problems += check.problems.count
    let problems = check.problems.map { ($0.line, TranscriptReport.problem(file: path, $0)) }
    let all =
      problems
      + differences.map { ($1.line, .difference(file: path, command: $0, $1)) }
    for (_, report) in all.sorted(by: { $0.0 < $1.0 }) { tell(report) }
  }

  private func update(_ bytes: [UInt8], _ answers: [CheckedAnswer]) throws {
    let changed = answers.count { !$0.check.isAsExpected }
    guard changed > 0 else { return }
    let document = TranscriptUpdate.apply(answers, to: bytes)
    try FileSystem.write(path) { write in try document.withUnsafeBytes(write) }
    tell(.updated(file: path, answers: changed))
  }
}
