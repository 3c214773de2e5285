import Testing

/// `cancel` and the predicates, in each state.
@Suite("cancel, and the states", .timeLimit(.minutes(5)))
struct CancelTests {
  private static let ending = "\nlet seen = $(exception 2)\nopen g"

  @Test(
    "C-38 only what has not begun is cancelled",
    arguments: [
      ("cancel 1", "[1] not cancelled: already finished"),
      ("cancel 2", "[2] not cancelled: already failed"),
      ("cancel 3", "[3] not cancelled: running on ThreadPoolExecutor-0_0"),
      ("cancel 4", "[4] cancelled"),
      ("cancel 5", "[5] cancelled"),
      ("cancel 4 && print all", "[4] cancelled\nall"),
      ("cancel 4..5 && print all", "[4] cancelled\n[5] cancelled\nall"),
      (
        "cancel 3..4 || print some",
        "[3] not cancelled: running on ThreadPoolExecutor-0_0\n"
          + "[4] cancelled\nsome"
      ),
      ("cancel pending", "[4] cancelled"),
      ("cancel 4; cancel 4; state 4", "[4] cancelled\n[4] cancelled\ncancelled"),
      (
        "cancel 1; cancel 2; cancel 3; state 1; state 2; state 3",
        "[1] not cancelled: already finished\n[2] not cancelled: already failed\n"
          + "[3] not cancelled: running on ThreadPoolExecutor-0_0\nfinished\nfailed\nrunning"
      ),
      ("let x = $(cancel 4)\nprint \"<$x>\"", "<true>"),
      ("let x = $(cancel 1 4)\nprint \"<$x>\"", "<false>"),
    ])
  func cancel(command: String, said: String) async throws {
    try await expectShell(Prologue.states + command + Self.ending, Prologue.statesOutput + said)
  }

  @Test(
    "C-39 the predicates in each state",
    arguments: [
      ("running", [false, false, true, false, false]), ("done", [true, true, false, false, true]),
      ("cancelled", [false, false, false, false, true]),
      ("failed", [false, true, false, false, false]),
    ])
  func predicates(name: String, answers: [Bool]) async throws {
    let commands = (1...5).map { "\(name) \($0)" }.joined(separator: "\n")
    let said = answers.map { "\($0)" }.joined(separator: "\n")
    try await expectShell(Prologue.states + commands + Self.ending, Prologue.statesOutput + said)
  }

  @Test("the states")
  func states() async throws {
    try await expectShell(
      Prologue.states + "for i in 1..5 { state $i }" + Self.ending,
      Prologue.statesOutput + "finished\nfailed\nrunning\npending\ncancelled")
  }

  @Test(
    "false is no error, and what && and || take for false",
    arguments: [
      ShellCase(
        "submit return x\nlet w = $(wait)\nrunning 1\nrunning 1 && print a || print b\nprint c",
        "[1] return x\nfalse\nfalse\nb\nc"),
      ShellCase(
        "submit return x\nlet w = $(wait)\ndone 1 && print a || print b",
        "[1] return x\ntrue\na"),
      ShellCase(
        "submit return x\nlet w = $(wait)\nprint \"running=$(running 1)\"",
        "[1] return x\nrunning=false"),
      ShellCase("def no { return false }\nno && print a || print b", "false\nb"),
      ShellCase(
        "running all",
        errors: "no futures\n-c:1:[..]: error: running: needs exactly one "
          + "future, not 0 [..]\n[..]\n[..]", status: 3),
      ShellCase(
        "cancel", errors: "-c:1:1: error: cancel: SEL is missing [..]\n[..]\n[..]", status: 3),
      ShellCase("cancel all && print yes", "yes", errors: "no futures"),
    ])
  func falsehood(expected: ShellCase) async throws { try await expected.check() }

  @Test("the guide's example: a queued future is cancelled and never runs")
  func guide() async throws {
    try await expectShell(
      """
      with pool -w 1 {
        submit { open up; gate g }
        submit print never
        gate up
        print "Second task running=$(running 2)"
        cancel 2
        open g
      }
      """,
      """
      [1] { open up; gate g }
      [2] print never
      Second task running=false
      [2] cancelled
      """)
  }
}
