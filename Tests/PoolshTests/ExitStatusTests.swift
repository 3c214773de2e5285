import TestSupport
import Testing

/// What the exit status says, and the last words on standard error that go with it.
@Suite(.serialized, .fewAtOnce) struct ExitStatusTests {
  static let endings: [(String, Int32, String)] = [
    ("print x", 0, ""),
    ("submit return x; result 1", 0, ""),
    ("submit fail boom; exception 1", 0, ""),
    ("submit fail boom; try { result 1 } catch { }", 0, ""),
    ("submit sleep 0; submit gate g; cancel 2; open g", 0, ""),
    ("submit fail boom", 1, "1 failure was never looked at: 1\n"),
    ("submit fail boom; wait", 1, "1 failure was never looked at: 1\n"),
    ("submit fail a; submit return b; submit fail c", 1, "2 failures were never looked at: 1 3\n"),
    ("submit gate closed", 1, "1 failure was never looked at: 1\n"),
    ("false_alarm_1=1", 3, "-c:1:1: error: unknown command"),
    ("print x; fail boom; print unreached", 3, "-c:1:10: error: boom\n"),
    ("submit fail boom; result 1", 3, "-c:1:19: error: boom\n"),
    ("exit", 0, ""),
    ("exit 0; print unreached", 0, ""),
    ("exit 7", 7, ""),
    ("for i in 1..3 { exit 255 }", 255, ""),
    ("submit fail boom; exit", 1, "1 failure was never looked at: 1\n"),
    ("submit fail boom; exit 5", 5, "1 failure was never looked at: 1\n"),
    ("exit 256", 3, "-c:1:6: error: exit: STATUS must be from 0 to 255"),
    ("exit well", 3, "-c:1:6: error: exit: STATUS must be a whole number"),
    ("submit exit 4; exception 1", 0, ""),
  ]

  @Test(arguments: endings)
  func saysHowItEnded(_ commands: String, _ status: Int32, _ lastWords: String) async throws {
    let run = try await poolsh(commands: commands)
    #expect(run.status == status)
    if lastWords.isEmpty {
      #expect(run.errors == "")
    } else {
      #expect(run.errors.hasPrefix(lastWords), "\(run.errors)")
    }
    #expect(!run.lines.contains("unreached"))
  }

  @Test func exitRunsWhatIsQueued() async throws {
    let run = try await poolsh(
      commands: "with pool -w 1 { submit print ::: 1..5; exit 4 }; print unreached")
    #expect(run.lines.filter { !$0.hasPrefix("[") } == ["1", "2", "3", "4", "5"])
    #expect(run.status == 4)
  }

  @Test func onErrorContinueGoesOn() async throws {
    let run = try await poolsh(
      "--on-error", "continue", "-c", "fail one\nprint two\npritn three\nprint four\n")
    #expect(run.output == "two\nfour\n")
    #expect(run.errors.contains("-c:1:1: error: one\n"))
    #expect(run.errors.contains("-c:3:1: error: unknown command pritn"))
    #expect(run.status == 1)
  }

  /// The end of the input is no reason to drop work.
  @Test func theEndOfInputRunsWhatIsQueued() async throws {
    let run = try await poolsh("-w", "1", "-c", "submit print ::: 1..20")
    #expect(run.lines.suffix(20) == (1...20).map(String.init)[...])
    #expect(run.status == 0)
  }
}
