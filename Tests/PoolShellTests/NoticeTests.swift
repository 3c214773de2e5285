import TestSupport
import Testing

@testable import PoolShell

/// Who sits at the prompt is told of each end once, and never of what was shown anyway.
@Suite("Notices", .timeLimit(.minutes(5)))
struct NoticeTests {
  private static func on() -> Settings.Values {
    var values = Settings.Values()
    values.notifies = true
    return values
  }

  /// The notices among what was written.
  private static func notices(_ run: ShellRun) -> [String] {
    run.output.split(separator: "\n").map(String.init)
      .filter { $0.contains(/^(\[\d+\] )?(finished|failed)[ :]/) }
      .map { $0.replacing(#/ \d+\.\d\ds /#, with: " TIME ") }
  }

  /// Runs lines one after the other, the futures of each before the next prompt being done.
  private static func expectNotices(
    _ lines: [String], _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let run = try await atTheKeyboard(on()) { keyboard, shell in
      for line in lines { try keyboard.type(line) }
      // A worker may just have ended the future and be on its way to tell it.
      for notice in expected { try shell.output.wait(for: String(notice.prefix(10))) }
    }
    #expect(notices(run) == expected, "\(run.output)", sourceLocation: sourceLocation)
  }

  @Test("while the prompt is up, at once")
  func atOnce() async throws {
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("submit gate g")
      try keyboard.type("submit { gate h; fail boom }")
      try keyboard.waitForPrompt()
      shell.open("g")
      try shell.output.wait(for: "[1] finished")
      shell.open("h")
      try shell.output.wait(for: "[2] failed: boom\n")
    }
    #expect(Self.notices(run) == ["[1] finished TIME  gate g", "[2] failed: boom"])
  }

  @Test("what ends during a command is told after it, before the prompt")
  func afterTheCommand() async throws {
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("submit gate g")
      try keyboard.type("submit gate h")
      try keyboard.type("{ print begun; result 2; print ended }")
      try shell.output.wait(for: "begun\n")
      shell.open("g")
      try eventually("the first to end") { shell.session.futures[1]?.isDone == true }
      shell.open("h")
      try shell.output.wait(for: "[1] finished")
    }
    #expect(run.output.contains("begun\nended\n[1] finished"), "\(run.output)")
  }

  @Test(
    "never what was shown to be done",
    arguments: [
      "result 1", "as_completed", "wait", "wait 1", "exception 1", "{ wait 1; jobs }",
      "{ let x = $(wait); state 1 }", "{ let x = $(wait); done 1 }",
      "{ let x = $(wait); cancel 1 }", "{ let x = $(wait); info 1 }",
      "{ let x = $(result 1); print x }",
    ])
  func shown(_ command: String) async throws {
    try await Self.expectNotices(["submit return x; \(command)"], [])
  }

  @Test(
    "but what only a program has seen",
    arguments: ["let y = $(wait)", "let y = $(jobs)", "let y = $(state 1)"])
  func notShown(_ command: String) async throws {
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("{ submit sleep 0; let x = $(wait 1); \(command) }")
      try shell.output.wait(for: "[1] finished")
    }
    #expect(Self.notices(run) == ["[1] finished TIME  sleep 0"], "\(run.output)")
  }

  @Test("a failure in the done: of wait is told: that line does not say it")
  func failureInWait() async throws {
    try await Self.expectNotices(["{ submit fail boom; wait }"], ["[1] failed: boom"])
  }

  @Test("cancelled ones are no news")
  func cancelled() async throws {
    try await Self.expectNotices(
      [
        "pool new -w 1", "submit gate g", "submit print never", "let x = $(cancel 2)",
        "{ open g; result 1 }",
      ], [])
  }

  @Test("map shows its own; after an interrupt what goes on is news")
  func map() async throws {
    try await Self.expectNotices(["map return ::: 1..3"], [])
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("{ print up; map gate ::: g }")
      try shell.output.wait(for: "up\n")
      try eventually("the item to run") { shell.session.futures[1]?.state == .running }
      shell.session.userInterrupts()
      try shell.output.wait(for: "interrupted;")
      try keyboard.waitForPrompt()
      shell.open("g")
      try shell.output.wait(for: "[1] finished")
    }
    #expect(Self.notices(run).count == 1)
  }

  @Test("many at once are one line, and none is lost or told twice")
  func many() async throws {
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("set quiet on")
      try keyboard.type("submit { gate g } ::: 1..500")
      try keyboard.waitForPrompt()
      shell.open("g")
      try eventually("all to be told") {
        Self.told(shell.output.text) == 500
      }
    }
    #expect(Self.notices(run).count < 100, "\(run.output)")
    #expect(Self.told(run.output) == 500)
  }

  /// How many futures were told, singly or together.
  private static func told(_ text: String) -> Int {
    let singly = text.matches(of: /\n\[\d+\] finished/).count
    return text.matches(of: /finished: .* \((\d+)\)/).reduce(singly) { $0 + (Int($1.1) ?? 0) }
  }

  @Test("set notify off and on")
  func switched() async throws {
    let run = try await atTheKeyboard { keyboard, shell in
      try keyboard.type("submit gate a")
      try keyboard.type("{ open a; let x = $(wait) }")
      try keyboard.type("submit gate b")
      try keyboard.type("set notify on")
      try keyboard.type("{ open b; let x = $(wait) }")
      try shell.output.wait(for: "[2] finished")
      try keyboard.type("submit gate c")
      try keyboard.type("set notify off")
      try keyboard.type("{ open c; let x = $(wait) }")
    }
    #expect(Self.notices(run) == ["[2] finished TIME  gate b"], "\(run.output)")
  }

  @Test("a script that asks for them is told at once, and never otherwise")
  func script() async throws {
    let run = try await runShell("set notify on\nsubmit return x\nlet x = $(wait)")
    #expect(run.errors.contains("[1] finished"), "\(run)")
    #expect(try await runShell("submit return x\nlet x = $(wait)").errors == "")
  }

  @Test("callbacks run as ever")
  func callbacks() async throws {
    let run = try await atTheKeyboard(Self.on()) { keyboard, shell in
      try keyboard.type("submit { gate g; return 42 }")
      try keyboard.type("on_done 1 { print \"it is $result\" }")
      try keyboard.type("open g")
      try shell.output.wait(for: "it is 42\n")
      try shell.output.wait(for: "[1] finished")
    }
    #expect(Self.notices(run).count == 1)
  }
}
