/// The tutorial's own sentences in one language: `words.md` in the folder of its lessons.
///
/// A line of the file that begins with `- KEY: ` gives a sentence, in which `{name}` stands for what is put there.
struct LessonWords: Sendable, Equatable {
  /// What there is to be said; what is put into a sentence is behind it.
  enum Key: String, CaseIterable, Sendable {
    /// lesson, lessons, title
    case lesson
    case commands
    /// step
    case resumed
    /// step, steps, title
    case step
    /// Several, separated by ` | `.
    case praise
    case offer
    case answer
    /// lesson
    case unreached
    case skipped
    case play
    /// lesson, title
    case finished
    /// titles
    case learnt
    /// lesson, title
    case next
    case last
    /// lesson, step
    case left
    case list
    /// lesson, title
    case progress
    case done
    /// step, steps
    case place
    case skippedStep = "skipped-step"
    case now
    case afresh
  }

  private var sentences: [Key: String] = [:]

  /// Reads a file; `fallback` gives what that does not.
  init(_ text: String, else fallback: LessonWords? = nil) {
    sentences = fallback?.sentences ?? [:]
    for line in text.split(separator: "\n") where line.hasPrefix("- ") {
      let parts = line.dropFirst(2).split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, let key = Key(rawValue: String(parts[0])) else { continue }
      sentences[key] = String(parts[1])
    }
  }

  /// The keys that the text gives no sentence for.
  var missing: [Key] { Key.allCases.filter { sentences[$0] == nil } }

  /// A sentence with the values put in.
  func sentence(_ key: Key, _ values: [String: String] = [:]) -> String {
    values.reduce(sentences[key] ?? key.rawValue) { sentence, value in
      sentence.replacing("{\(value.key)}", with: value.value)
    }
  }

  /// A word of praise, another one for each step.
  func praise(_ step: Int) -> String {
    let all = sentence(.praise).split(separator: " | ").map(String.init)
    return all.isEmpty ? "" : all[step % all.count]
  }
}
