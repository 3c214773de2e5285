/// Reads a lesson: headings, prose, and the blocks between.
struct LessonParser {
  private let lines: [String]
  /// By the number of the line on which they begin.
  private let fenced: [Int: FencedBlock]
  private let transcripts: [Int: Transcript.Block]

  private var lesson: Lesson
  /// The lines of prose since the last heading or block.
  private var prose: [String] = []
  private var steps: [Draft] = []

  /// A step of which not all is read.
  private struct Draft {
    var step: Lesson.Step
    var hasAnswer = false
    var hasGoals = false
    var hasHint = false

    var hasBlock: Bool { hasAnswer || hasGoals || hasHint }
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - name: Without `.md`.
  ///   - bytes: What is in it.
  /// - Returns: What it says.
  /// - Throws: `LessonError` at the first thing that is wrong.
  static func lesson(named name: String, _ bytes: some Collection<UInt8>) throws -> Lesson {
    var parser = try LessonParser(name: name, bytes)
    return try parser.parse()
  }

  private init(name: String, _ bytes: some Collection<UInt8>) throws {
    lines = DocumentLines.of(bytes)
    fenced = Dictionary(
      FencedBlock.all(in: lines).map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    do {
      transcripts = Dictionary(
        try Transcript(bytes).blocks.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
    } catch let error as Transcript.Malformed {
      let problem = error.problems.first ?? Transcript.Problem(line: 1, message: "malformed")
      throw LessonError(line: problem.line, message: problem.message)
    }
    lesson = Lesson(name: name, title: "", introduction: .init(), steps: [], ending: .init())
  }

  private mutating func parse() throws -> Lesson {
    var number = 0
    while number < lines.count {
      number += 1
      if let block = fenced[number] {
        guard block.isClosed else {
          throw LessonError(line: number, message: "this block is not closed")
        }
        try take(block)
        number += block.content.count + 1
      } else {
        try take(lines[number - 1], number)
      }
    }
    endProse()
    return try finished()
  }

  // MARK: Lines

  private mutating func take(_ line: String, _ number: Int) throws {
    if line.hasPrefix("## ") {
      endProse()
      let step = Lesson.Step(
        title: Self.heading(line), text: .init(), answer: [], goals: [], hint: .init(),
        closing: .init(), line: number)
      steps.append(Draft(step: step))
    } else if line.hasPrefix("# ") {
      guard lesson.title.isEmpty, steps.isEmpty else {
        throw LessonError(line: number, message: "a lesson has one title: '# ' stands only there")
      }
      lesson.title = Self.heading(line)
    } else {
      prose.append(line)
    }
  }

  private static func heading(_ line: String) -> String {
    String(line.drop { $0 == "#" }.drop { $0 == " " })
  }

  private mutating func endProse() {
    let text = LessonText(markdown: prose)
    prose = []
    append(text)
  }

  /// Text belongs to what stands before it.
  private mutating func append(_ text: LessonText) {
    if steps.isEmpty {
      lesson.introduction.append(text)
    } else if steps[steps.count - 1].hasBlock {
      steps[steps.count - 1].step.closing.append(text)
    } else {
      steps[steps.count - 1].step.text.append(text)
    }
  }

  // MARK: Blocks

  private mutating func take(_ block: FencedBlock) throws {
    endProse()
    if let transcript = transcripts[block.line], !transcript.has(.skip) {
      return try take(transcript)
    }
    switch block.words.first {
    case "goal": try takeGoals(block)
    case "hint": try takeHint(block)
    default: takeCode(block)
    }
  }

  /// The draft that a block belongs to.
  private func current(_ line: Int, _ what: String) throws -> Int {
    guard !steps.isEmpty else {
      throw LessonError(line: line, message: "\(what) before the first step ('## ')")
    }
    return steps.count - 1
  }

  private mutating func take(_ transcript: Transcript.Block) throws {
    let index = try current(transcript.line, "an answer")
    let isFirst = !steps.contains(where: \.hasAnswer)
    guard isFirst != transcript.has(.continue) else {
      let rule =
        isFirst
        ? "the first answer of a lesson begins its session: no 'continue'"
        : "a lesson is one session: its later answers say 'continue'"
      throw LessonError(line: transcript.line, message: rule)
    }
    steps[index].hasAnswer = true
    steps[index].step.answer += transcript.exchanges.map(\.command)
  }

  private mutating func takeGoals(_ block: FencedBlock) throws {
    let index = try current(block.line, "a goal")
    for (offset, line) in block.content.enumerated() where !line.allSatisfy({ $0 == " " }) {
      do {
        steps[index].step.goals.append(try Goal(line))
      } catch let error as Goal.Unknown {
        throw LessonError(line: block.line(of: offset), message: error.message)
      }
    }
    steps[index].hasGoals = true
  }

  private mutating func takeHint(_ block: FencedBlock) throws {
    let index = try current(block.line, "a hint")
    steps[index].step.hint.append(LessonText(markdown: block.content))
    steps[index].hasHint = true
  }

  /// Code of another language, or commands that are not run: shown as it is.
  private mutating func takeCode(_ block: FencedBlock) {
    var text = LessonText()
    text.append(code: block.content)
    append(text)
  }

  // MARK: The whole

  private mutating func finished() throws -> Lesson {
    guard !lesson.title.isEmpty else {
      throw LessonError(line: 1, message: "a lesson begins with its title: '# TITLE'")
    }
    if let last = steps.last, !last.hasBlock, steps.count > 1 {
      lesson.ending = last.step.text
      steps.removeLast()
    }
    guard !steps.isEmpty else {
      throw LessonError(line: lines.count, message: "a lesson has steps: '## TITLE'")
    }
    for draft in steps { try Self.check(draft) }
    lesson.steps = steps.map(\.step)
    return lesson
  }

  private static func check(_ draft: Draft) throws {
    let missing =
      draft.step.text.isEmpty
      ? "text" : !draft.hasAnswer ? "answer" : draft.step.goals.isEmpty ? "goal" : nil
    let fault = missing ?? (draft.step.hint.isEmpty ? "hint" : nil)
    guard let fault else { return }
    throw LessonError(
      line: draft.step.line, message: "the step '\(draft.step.title)' has no \(fault)")
  }
}
