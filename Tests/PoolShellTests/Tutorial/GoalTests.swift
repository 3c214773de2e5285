import Foundation
import Testing

@testable import PoolShell

/// Each goal: it does not hold before, and holds after commands that reach it, whichever.
@Suite("Goals", .timeLimit(.minutes(5)))
struct GoalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var goal: String
    /// What does not reach it.
    var before: String
    /// The command that does.
    var after: String
    var testDescription: String { "\(goal): \(after)" }

    init(_ goal: String, _ before: String, _ after: String) {
      (self.goal, self.before, self.after) = (goal, before, after)
    }
  }

  static let cases: [Case] = [
    Case("futures 1", "print x", "submit return x"),
    Case("futures 2", "submit return x", "submit return x"),
    Case("futures 3", "print x", "submit print ::: 1..3"),
    Case("futures 3", "print x", "map return ::: 1..3"),
    Case("futures 2 finished", "submit return x; wait", "map return ::: a"),
    Case("futures 1 failed", "submit return x; wait", "submit fail no; wait"),
    Case("futures 1 done", "print x", "submit fail no; wait"),
    Case("future 2 finished", "submit return x; wait", "submit return y; wait"),
    Case("future 1 cancelled", "print x", "pause; submit print x; cancel 1"),
    Case("future 1 pending", "print x", "pause; submit print x"),
    Case("task return x", "submit print x", "submit { return x }"),
    Case("value lo wor", "submit return hello; wait", "submit return 'hello world'; wait"),
    Case(
      "error went wrong", "submit return 'went wrong'; wait", "submit fail 'it went wrong'; wait"),
    Case("shown b[..]d", "print abc; print d", "print abcd"),
    Case("shown done: 1", "submit return x", "wait"),
    Case("shown from a task", "submit print x; wait", "submit print 'from a task'; wait"),
    Case("shown boom", "print x", "fail boom"),
    Case("refused no future 7", "print 'no future 7'", "result 7"),
    Case("refused TimeoutError", "submit gate g", "result 1 --timeout 0.01"),
    Case("seen 1", "submit return x; wait", "result 1"),
    Case("seen 2", "submit return ::: x y; result 1", "as_completed do { }"),
    Case("seen 1", "submit fail x; wait", "exception 1"),
    Case("pool", "print x", "submit print x"),
    Case("pool", "print x", "pool new"),
    Case("pool workers 3", "pool new -w 2", "pool new -w 3"),
    Case("pool workers 3", "print x", "with pool -w 3 { }"),
    Case("pool workers 3", "pool new a -w 2", "pool resize 3"),
    Case("pool closed", "pool new", "shutdown"),
    Case("pool closed", "print x", "with pool { print x }"),
    Case("defined greet", "let greet = x", "def greet { print hello }"),
    Case("waited", "submit print x", "wait"),
    Case("waited", "result 9", "result $(submit return x)"),
    Case("waited", "cancel all", "with pool { submit print x }"),
    Case("ran jobs", "print jobs", "jobs"),
    Case("ran on_done", "submit return x", "add-done-callback 1 { }"),
    Case("callbacks 2", "submit return x; wait; on_done 1 { }", "on_done 1 { }"),
  ]

  @Test("each holds after what reaches it, and not before", arguments: cases)
  func goal(one: Case) async throws {
    let script = "tutorial 1\n\(one.before)\nprogress\n\(one.after)\nprogress\n"
    let run = try await runLessons(script, files: lesson(goal: one.goal))
    #expect(run.output.contains("1  Step  now\n"), "too early: \(run.output)")
    #expect(run.output.contains("1  Step  done\n"), "not reached: \(run.output)")
    #expect(run.status == 0)
  }

  @Test("what was there when the step began does not count")
  func sinceTheStepBegan() async throws {
    for goal in ["futures 1", "seen 1", "pool", "pool closed", "waited", "shown x", "callbacks 1"] {
      let script = """
        tutorial 1
        play
        with pool { submit return x; on_done 1 { }; result 1 }
        next
        progress
        """
      let run = try await runLessons(script, files: lesson(goal: goal))
      #expect(run.output.contains("1  Step  now\n"), "\(goal): \(run.output)")
    }
  }

  @Test("all of several must hold") func several() async throws {
    let files = lesson(goal: "futures 1\nwaited\ndefined x")
    let run = try await runLessons(
      "tutorial 1\nsubmit print y; wait\nprogress\ndef x { }\n", files: files)
    #expect(run.output.contains("1  Step  now\n") && run.output.contains("Lesson 1 is done"))
  }

  @Test("what the tutorial and help say is not shown by the learner") func notShown() async throws {
    let files = lesson(goal: "shown print x")
    let run = try await runLessons(
      "tutorial 1\nanswer\nhistory\nhelp time\nprogress\nprint print x", files: files)
    #expect(run.output.contains("1  Step  now\n") && run.output.contains("Lesson 1 is done"))
  }

  @Test(
    "what is no goal is refused with what would be right",
    arguments: [
      ("", "unknown goal  (there are: futures N,"), ("future", "future ID STATE"),
      ("futures", "this goal is written: futures N, or futures N STATE"),
      ("futures 0", "futures N"), ("futures 1 ended", "futures N STATE"), ("future x done", "ID"),
      ("seen", "seen N"), ("pool open", "pool, or pool workers N, or pool closed"),
      ("pool workers", "pool workers N"), ("shown", "shown TEXT"), ("defined a b", "defined NAME"),
      ("ran nosuch", "ran COMMAND"), ("waited 1", "waited"), ("callbacks x", "callbacks N"),
      ("everything", "unknown goal everything"),
    ])
  func unknown(line: String, message: String) {
    let error = #expect(throws: Goal.Unknown.self) { try Goal(line) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("the page for authors has each goal, as it is meant") func page() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/PoolShell/Lessons/README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(rows == Goal.words.map { "| `\($0.usage)` | \($0.meaning) |" })
    for state in Goal.State.allCases { #expect(text.contains("`\(state.rawValue)`")) }
  }

  @Test("each word of the table is understood") func words() throws {
    for (usage, _) in Goal.words {
      let examples = ["N": "1", "ID": "1", "STATE": "done", "NAME": "x", "COMMAND": "wait"]
      let line = usage.split(separator: " ").map { examples[String($0)] ?? String($0) }
        .joined(separator: " ")
      #expect(throws: Never.self, "\(line)") { try Goal(line) }
    }
  }
}
