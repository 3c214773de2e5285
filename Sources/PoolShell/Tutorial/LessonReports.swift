/// What the tutorial says.
package enum LessonReport: Sendable {
  /// `tutorial`: all lessons.
  case list([LessonSummary], footer: LessonText)
  /// `progress`: the steps of one.
  case steps(StepList)
  /// Everything else.
  case message(LessonMessage)
}

/// A lesson in the list of all.
package struct LessonSummary: Sendable {
  var number: Int
  var name: String
  var title: String
  var steps: Int
  /// The step to go on with; `nil` if it was not begun, or is done.
  var step: Int?
  var isDone: Bool
  /// The same for people; empty if it was not begun.
  var note: String

  var state: String { step != nil ? "begun" : isDone ? "done" : "new" }
}

/// The steps of a lesson, with what has become of each.
package struct StepList: Sendable {
  struct Step: Sendable {
    var title: String
    /// `done`, `skipped`, `now` or `open`.
    var state: String
    var note: String
  }

  var lesson: Int
  var name: String
  var heading: String
  /// The step that goes on; `nil` if all are over.
  var step: Int?
  var steps: [Step]
}

/// Something that is said in a lesson.
package struct LessonMessage: Sendable {
  /// What it is: for programs, always the same words.
  enum Kind: String, Sendable {
    case lesson, step, done, skipped, hint, answer, play, offer, unreached, finished, left, reset
  }

  /// The command that says it.
  var command = "tutorial"
  var kind: Kind
  var lesson: Int?
  var name: String?
  var step: Int?
  var title: String?
  /// Stands above the text, for people.
  var heading: String?
  var text = LessonText()
  /// Whether an empty line comes first, for people.
  var isApart = true
}

extension TextRenderer {
  /// The widest that a text is set.
  private static let widest = 76

  func write(_ report: LessonReport, to writer: Output.Writer) throws {
    let width = min(Self.widest, max(20, (writer.columns ?? 80) - 1))
    switch report {
    case .list(let lessons, let footer):
      try writer.out(StyledText(Self.table(lessons).joined(separator: "\n") + "\n\n"))
      for line in Self.styled(footer.lines(width: width)) { try writer.out(line) }
    case .steps(let list):
      try writer.out(StyledText(list.heading, .heading) + "\n")
      try writer.out(StyledText(Self.table(list).joined(separator: "\n") + "\n"))
    case .message(let message):
      if message.isApart { try writer.out("\n") }
      if let heading = message.heading {
        try writer.out(StyledText(heading, .heading) + "\n")
        if !message.text.isEmpty { try writer.out("\n") }
      }
      for line in Self.styled(message.text.lines(width: width)) { try writer.out(line) }
    }
  }

  private static func table(_ lessons: [LessonSummary]) -> [String] {
    let digits = "\(lessons.last?.number ?? 0)".count
    return columns(
      lessons.map { lesson in
        let number = "\(lesson.number)"
        let margin = String(repeating: " ", count: digits - number.count)
        return (margin + number + "  " + lesson.title, lesson.note)
      })
  }

  private static func table(_ list: StepList) -> [String] {
    columns(
      list.steps.enumerated().map { index, step in
        ("\(index < 9 && list.steps.count > 9 ? " " : "")\(index + 1)  " + step.title, step.note)
      })
  }

  private static func columns(_ rows: [(String, String)]) -> [String] {
    let width = rows.map { DisplayWidth.columns($0.0) }.max() ?? 0
    return rows.map { left, right in
      guard !right.isEmpty else { return left }
      return left + String(repeating: " ", count: width - DisplayWidth.columns(left) + 2) + right
    }
  }

  /// Lines in which what stands between backticks is code, also where it goes on in the next line.
  private static func styled(_ lines: [String]) -> [StyledText] {
    var isCode = false
    return lines.map { line in
      if line.isEmpty { isCode = false }  // no code goes on in the next paragraph
      if line.hasPrefix("    ") { return StyledText(line, .code) + "\n" }
      var text = StyledText()
      for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      {
        if index > 0 { isCode.toggle() }
        // The marks stay: without colour they alone tell what is to be typed.
        if index > 0 { text.append(StyledText("`", .code)) }
        text.append(StyledText(String(part), isCode && !part.isEmpty ? .code : nil))
      }
      return text + "\n"
    }
  }
}

extension JSONRenderer {
  func objects(_ report: LessonReport) -> [JSONObject] {
    switch report {
    case .list(let lessons, _):
      [JSONObject().adding("command", "tutorial").adding("lessons", lessons.map(object))]
    case .steps(let list):
      [
        JSONObject().adding("command", "progress").adding("lesson", list.lesson)
          .adding("name", list.name).adding("step", list.step)
          .adding(
            "steps",
            list.steps.enumerated().map { index, step in
              JSONObject().adding("step", index + 1).adding("title", step.title)
                .adding("state", step.state)
            })
      ]
    case .message(let message):
      [
        JSONObject().adding("command", message.command).adding("event", message.kind.rawValue)
          .adding("lesson", message.lesson).adding("name", message.name)
          .adding("step", message.step).adding("title", message.title)
          .adding("text", message.text.isEmpty ? nil : message.text.plain)
      ]
    }
  }

  private func object(_ lesson: LessonSummary) -> JSONObject {
    JSONObject().adding("lesson", lesson.number).adding("name", lesson.name)
      .adding("title", lesson.title).adding("state", lesson.state).adding("step", lesson.step)
      .adding("steps", lesson.steps)
  }
}
