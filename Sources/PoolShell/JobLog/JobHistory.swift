/// What a joblog says is done: commands by their text, each as often as the log has a job of it.
///
/// A job is told from others with the same text by its number, so that the attempts of one count once.
struct JobHistory {
  /// What counts as done.
  enum Rule {
    /// Whatever has run to its end: `--resume`.
    case ran
    /// Only what succeeded: `--resume-failed`.
    case succeeded
  }

  /// How many more jobs of a text are done.
  private var left: [[UInt8]: Int] = [:]
  /// How many lines were no lines of a joblog.
  private(set) var malformed = 0

  private struct Entry {
    var text: Int
    var seq: Int
    var isSuccess: Bool

    var job: (Int, Int) { (text, seq) }
  }

  /// - Parameters:
  ///   - log: The whole file.
  ///   - rule: What counts as done.
  ///   - tries: How many attempts a job has before it has failed.
  init(_ log: [UInt8], rule: Rule, tries: Int = 1) {
    var numbers: [[UInt8]: Int] = [:]
    var entries: [Entry] = []
    for line in log.split(separator: UInt8(ascii: "\n")).dropFirst() {
      guard let ending = JobLogLine.Ending(line) else {
        malformed += 1
        continue
      }
      if ending.exit == .stopped { continue }
      let text = numbers[Array(ending.command), default: numbers.count]
      numbers[Array(ending.command)] = text
      entries.append(Entry(text: text, seq: ending.seq, isSuccess: ending.exit == .success))
    }
    let done = Self.done(entries, texts: numbers.count, rule: rule, tries: tries)
    left = numbers.mapValues { done[$0] }.filter { $0.value > 0 }
  }

  /// How many jobs of each text are done.
  private static func done(_ entries: [Entry], texts: Int, rule: Rule, tries: Int) -> [Int] {
    var done = Array(repeating: 0, count: texts)
    var rest = entries.sorted { $0.job < $1.job }[...]
    while let first = rest.first {
      let attempts = rest.prefix { $0.job == first.job }
      rest = rest.dropFirst(attempts.count)
      let hasEnded = rule == .ran && attempts.count >= tries
      if hasEnded || attempts.contains(where: \.isSuccess) { done[first.text] += 1 }
    }
    return done
  }

  /// Whether a job is done; the next one with the same text is another.
  mutating func claim(_ command: String) -> Bool {
    if left.isEmpty { return false }
    let text = JobLogLine.column(command)
    guard let count = left[text] else { return false }
    left[text] = count > 1 ? count - 1 : nil
    return true
  }
}
