/// A lesson of the tutorial, as its file has it.
///
/// `Lessons/README.md` has the format.
struct Lesson: Sendable, Equatable {
  /// One idea, something to do, and what must be true when it is done.
  struct Step: Sendable, Equatable {
    var title: String
    /// What is said before.
    var text: LessonText
    /// What could be typed: commands, some of several lines.
    var answer: [String]
    var goals: [Goal]
    var hint: LessonText
    /// What is said when it is done.
    var closing: LessonText
    /// Of its heading, in the file.
    var line: Int
  }

  /// The name of its file, without `.md`, such as `02-your-first-future`.
  var name: String
  var title: String
  /// What it is about.
  var introduction: LessonText
  var steps: [Step]
  /// What was learnt; empty if the file does not say it.
  var ending: LessonText
}

/// Why a file is no lesson.
struct LessonError: Error, Equatable {
  /// The number of the line, from 1.
  var line: Int
  var message: String
}
