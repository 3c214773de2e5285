import Testing

@testable import PoolShell

/// Durations as users write and read them.
@Suite("Durations", .timeLimit(.minutes(5)))
struct DurationsTests {
  @Test(
    "what is a duration",
    arguments: [
      ("0", .zero), ("0.5", .milliseconds(500)), ("500ms", .milliseconds(500)), ("2s", .seconds(2)),
      ("1m", .seconds(60)), ("1h", .seconds(3600)), ("1.5m", .seconds(90)),
      (".5", .milliseconds(500)),
      ("2.", .seconds(2)), ("0.001", .milliseconds(1)), ("0.5ms", .microseconds(500)),
      ("007", .seconds(7)),
      ("0.000000001", .nanoseconds(1)), ("1000000", .seconds(1_000_000)),
    ] as [(String, Duration)])
  func parsed(text: String, duration: Duration) {
    #expect(Durations.parse(text) == duration)
  }

  @Test(
    "what is none",
    arguments: [
      "", "-1", "+1", "1e3", "inf", "nan", "0x10", "1.2.3", "1 s", "s", "ms", ".", "1d", "1ss",
      "1,5", "１", "-0",
      "1ns", "--timeout", "0..1",
    ])
  func refused(text: String) {
    #expect(Durations.parse(text) == nil)
  }

  @Test("however long, it does not overflow")
  func long() {
    #expect(Durations.parse(String(repeating: "9", count: 400)) ?? .zero >= .seconds(1_000_000_000))
    #expect(Durations.parse("99999999999h") ?? .zero >= .seconds(1_000_000_000))
  }

  @Test("as text")
  func texts() {
    #expect(Durations.text(.milliseconds(500)) == "0.5s")
    #expect(Durations.text(.seconds(2)) == "2s" && Durations.text(.zero) == "0s")
    #expect(Durations.text(.milliseconds(50)) == "0.05s" && Durations.text(.seconds(100)) == "100s")
    #expect(
      Durations.text(seconds: 0.514) == "0.51s" && Durations.text(seconds: 59.999) == "60.00s")
    #expect(
      Durations.decimal(0.0004, digits: 3) == "0.000"
        && Durations.decimal(12.3456, digits: 3) == "12.346")
    #expect(
      Durations.decimal(1.05, digits: 1) == "1.1" && Durations.decimal(3, digits: 2) == "3.00")
  }

  @Test(
    "in commands",
    arguments: [
      ShellCase("sleep 0; sleep 1ms; sleep .001; sleep 0.00001m; sleep 0s"),
      ShellCase("sleep 0..0.001; sleep 0..1ms; sleep 1ms..2ms; let n = 1; sleep 0..${n}ms"),
      ShellCase("let d = 1ms\nsleep $d; wait --timeout $d", "done: none\nnot done: none"),
      ShellCase(
        "sleep -1",
        errors:
          "-c:1:[..]: error: sleep: -1 is not a duration (such as 0.5, 500ms, 2s or 1m) [..]\n"
          + "[..]\n[..]",
        status: 3),
      ShellCase(
        "wait --timeout -1", errors: "-c:1:[..]: error: wait: -1 is not a duration[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "sleep 2..1", errors: "-c:1:7: error: sleep: 2..1 is no range of durations[..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "let d = 0..1ms\nsleep $d",
        errors: "-c:2:7: error: sleep: 0..1ms is not a duration[..]\n[..]\n[..]", status: 3),
    ])
  func commands(expected: ShellCase) async throws { try await expected.check() }
}
