import ConcurrentFutures
import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// Each step of each lesson that is built in: its goals do not hold when nothing is typed, and hold after its answer.
@Suite("The lessons are proved", .timeLimit(.minutes(5)))
struct LessonProofTests {
  private struct Translation: CustomTestStringConvertible {
    var language: String
    var name: String
    /// Learners have real time; in both languages the answers are the same, so once is enough.
    var clock: SessionClock.Choice

    var testDescription: String { "\(language)/\(name), \(clock) time" }
  }

  private static let all =
    EmbeddedLessons.files.languages.flatMap { language in
      EmbeddedLessons.names.map { Translation(language: language, name: $0, clock: .virtual) }
    } + EmbeddedLessons.names.map { Translation(language: "en", name: $0, clock: .real) }

  @Test("each step fails when nothing is typed and is done by its answer", arguments: all)
  private func steps(of lesson: Translation) async throws {
    var faults: [String] = []
    // In real time sleeps are told apart by tenths of a second, which a busy machine may not do.
    for _ in 1...(lesson.clock == .real ? 3 : 1) {
      faults = try await onShellThread {
        try inTime("the end of \(lesson.name)") { Self.faults(of: lesson) }
      }
      if faults.isEmpty { break }
    }
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
  }

  private static func faults(of lesson: Translation) -> [String] {
    var values = Settings.Values()
    values.clock = lesson.clock
    let shell = ShellUnderTest(values)
    let proof = Proof()
    let learner = Learner("tutorial \(lesson.name) --lang \(lesson.language)") {
      try proof.next($0, $1)
    }
    let loop = Shell(session: shell.session, source: learner)
    learner.shell = loop
    let status = loop.run()
    let faults = proof.faults + (proof.isDone ? [] : ["the lesson does not end"])
    if faults.isEmpty, status == 0 { return [] }
    return faults + ["status \(status)\n" + shell.errors.text]
  }

  /// Types the answers one after the other, and nothing else.
  private final class Proof {
    private(set) var faults: [String] = []
    private(set) var isDone = false
    private var answered = -1
    /// How often a line that does nothing may still be typed, while a callback or a task comes to its end.
    private var looks = 0

    func next(_ lesson: LessonRun, _ session: Session) throws -> String? {
      let (phase, index) = lesson.state.withLock { ($0.phase, $0.step) }
      guard phase == .working else {
        isDone = phase == .finished
        return nil
      }
      let step = lesson.lesson.steps[index]
      let place = "\(lesson.lesson.name).md:\(step.line): '\(step.title)'"
      if answered == index {
        looks -= 1
        if looks > 0 {
          HostProcess.pause(.milliseconds(10))
          return "let nothing = 0"
        }
        faults.append("\(place) is not done after its answer: \(step.goals)")
        return "skip"
      }
      if lesson.isReached(in: session) { faults.append("\(place) is done before it begins") }
      answered = index
      looks = session.clock.isVirtual ? 0 : 100
      return "answer --run"
    }
  }

  @Test("each lesson can be read, in each language", arguments: EmbeddedLessons.files.languages)
  func shelf(language: String) throws {
    let shelf = try EmbeddedLessons.files.shelf(language)
    for lesson in shelf.lessons {
      #expect((1...12).contains(lesson.steps.count), "\(lesson.name): \(lesson.steps.count) steps")
      #expect(!lesson.introduction.isEmpty, "\(lesson.name) does not say what it is about")
    }
    #expect(shelf.words.missing == [])
  }

  @Test(
    "a translation has the same steps, answers and goals",
    arguments: EmbeddedLessons.files.languages.dropFirst())
  func translations(language: String) throws {
    let files = EmbeddedLessons.files
    let (original, translated) = (try files.shelf("en"), try files.shelf(language))
    for (one, other) in zip(original.lessons, translated.lessons) {
      #expect(one.steps.count == other.steps.count, "\(one.name)")
      for (step, counterpart) in zip(one.steps, other.steps) {
        let place = "\(language)/\(one.name).md:\(counterpart.line)"
        #expect(step.answer == counterpart.answer, "\(place): the answer")
        #expect(step.goals == counterpart.goals, "\(place): the goals")
      }
    }
  }

  @Test("a translation is whole", arguments: EmbeddedLessons.files.languages.dropFirst())
  func translationIsWhole(language: String) throws {
    let files = EmbeddedLessons.files
    for name in EmbeddedLessons.names + [LessonFiles.words] {
      #expect(files.text(of: name, in: language) != nil, "\(language)/\(name).md is missing")
    }
    let words = LessonWords(files.text(of: LessonFiles.words, in: language) ?? "")
    #expect(words.missing == [])
  }

  @Test("every file in the folders is built in, as it is")
  func folder() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/PoolShell/Lessons")
    let files = EmbeddedLessons.files
    var found = 0
    for language in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
      let languageFolder = folder.appending(path: language)
      let names = try? FileManager.default.contentsOfDirectory(atPath: languageFolder.path())
      for name in names ?? [] where name.hasSuffix(".md") {
        let text = try String(contentsOf: languageFolder.appending(path: name), encoding: .utf8)
        #expect(
          files.text(of: String(name.dropLast(3)), in: language) == text, "\(language)/\(name)")
        found += 1
      }
    }
    #expect(found >= 2)
  }
}
