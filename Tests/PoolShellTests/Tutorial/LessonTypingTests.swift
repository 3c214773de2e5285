import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// Answers that are typed command by command: what a step asks for is all of them, so none is done before the last.
@Suite("A step is done by the last line of its answer", .timeLimit(.minutes(10)))
struct LessonTypingTests {
  @Test("no step is done before its answer is whole", arguments: EmbeddedLessons.names)
  func steps(of name: String) async throws {
    let faults = try await onShellThread {
      try inTime("the end of \(name)") { Self.faults(of: name) }
    }
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
  }

  private static func faults(of name: String) -> [String] {
    var values = Settings.Values()
    values.clock = .virtual
    let shell = ShellUnderTest(values)
    let typist = Typist()
    let learner = Learner("tutorial \(name) --lang en") { typist.next($0, $1) }
    let loop = Shell(session: shell.session, source: learner)
    learner.shell = loop
    _ = loop.run()
    return typist.faults + (typist.isDone ? [] : ["the lesson does not end"])
  }

  private final class Typist {
    private(set) var faults: [String] = []
    private(set) var isDone = false
    private var step = -1
    /// The commands of the step that are still to be typed, and the lines of the one that is.
    private var commands: ArraySlice<String> = []
    private var lines: ArraySlice<Substring> = []
    private var looks = 0

    func next(_ lesson: LessonRun, _ session: Session) -> String? {
      if let line = lines.popFirst() { return String(line) }
      // So that what the command has begun, and nobody waits for, may come to its end.
      if !commands.isEmpty { HostProcess.pause(.milliseconds(60)) }
      let (phase, index) = lesson.state.withLock { ($0.phase, $0.step) }
      if !commands.isEmpty, index != step || lesson.isReached(in: session) {
        let title = lesson.lesson.steps[step].title
        faults.append("'\(title)' is done before \(commands.first ?? "") was typed")
      }
      guard phase == .working else {
        isDone = phase == .finished
        return nil
      }
      if index != step {
        (step, looks) = (index, 500)
        commands = lesson.lesson.steps[index].answer[...]
      }
      if let command = commands.popFirst() {
        lines = command.split(separator: "\n")[...]
        return lines.popFirst().map(String.init)
      }
      looks -= 1
      HostProcess.pause(.milliseconds(10))
      return looks > 0 ? "let nothing = 0" : nil
    }
  }
}
