import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// `--delay` and `--max-load`: the gate as a pure value, and maps that go through it.
@Suite("--delay, --max-load", .timeLimit(.minutes(5)))
struct StartGateTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("between two starts there is the delay, whoever has ended meanwhile")
  func delay() {
    var gate = StartGate(delay: .seconds(2))
    func answer(_ now: UInt64, running: Int) -> StartGate.Answer {
      gate.answer(at: now, running: running, workers: 3) { 0 }
    }
    #expect(answer(5, running: 0) == .start)
    gate.started(at: 5)
    for running in 0...2 {
      #expect(answer(6, running: running) == .wait(until: 5 + 2 * Self.second))
      #expect(answer(5 + 2 * Self.second, running: running) == .start)
    }
  }

  @Test("no more than there are workers")
  func workers() {
    let gate = StartGate(delay: .seconds(1), maxLoad: 1)
    #expect(gate.answer(at: 0, running: 2, workers: 2) { 9 } == .waitForEnd)
  }

  @Test("above the load none starts, unless none runs; at it one does")
  func load() {
    let gate = StartGate(maxLoad: 1.5)
    #expect(gate.answer(at: 7, running: 1, workers: 4) { 1.6 } == .wait(until: 7 + Self.second))
    #expect(gate.answer(at: 7, running: 1, workers: 4) { 1.5 } == .start)
    #expect(gate.answer(at: 7, running: 0, workers: 4) { 99 } == .start)
  }

  @Test("the load is looked at only if it matters")
  func looks() {
    let never = { () -> Double in
      Issue.record("looked at")
      return 0
    }
    #expect(StartGate().answer(at: 0, running: 1, workers: 4, load: never) == .start)
    let gate = StartGate(maxLoad: 1)
    #expect(gate.answer(at: 0, running: 0, workers: 4, load: never) == .start)
  }

  @Test("an endless delay ends the starts, not the process")
  func endless() {
    var gate = StartGate(delay: .seconds(9_000_000_000))
    gate.started(at: Self.second)
    #expect(gate.answer(at: 1 << 60, running: 0, workers: 1) { 0 } != .start)
  }

  @Test(
    "loads",
    arguments: [
      ("4", 4), ("1.5", 1.5), ("0", 0), ("100%", 8), ("50%", 4), ("", nil), ("x", nil), ("-1", nil),
      ("1e3", nil), ("inf", nil), ("nan", nil), ("%", nil), ("1.2.3", nil), (".5", nil),
      ("1,5", nil),
    ] as [(String, Double?)])
  func loads(text: String, load: Double?) {
    #expect(StartGate.load(text, processors: 8) == load)
  }

  // MARK: Maps

  @Test(
    "all items come, in order",
    arguments: [
      "--delay 0", "--delay 1ms", "--max-load 0", "--max-load 100000", "--delay 1ms --max-load 0",
      "--delay 1ms --buffersize 1", "--max-load 0 --buffersize 2", "--delay 0 --buffersize 100",
    ])
  func values(options: String) async throws {
    let values = (1...20).map { "\($0)" }.joined(separator: "\n")
    try await expectShell("map \(options) return ::: 1..20", values)
    try await expectShell("map \(options) return :::")
    try await expectShell("result $(submit { map \(options) return ::: 1..20 })", values)
  }

  @Test("the next job does not begin before its time, though a worker is free")
  func waits() async throws {
    let shell = ShellUnderTest()
    let run = try await runShell(
      "map --delay 1h { open up; print $item } ::: 1 2", in: shell, isInteractive: true
    ) { shell in
      try shell.output.wait(for: "1\n")
      #expect(shell.session.futures.all.count == 1)
      shell.session.userInterrupts()
    }
    #expect(run.output == "1\n" && run.errors.contains("interrupted"), "\(run)")
  }

  @Test("never more at a time than workers, so that none begins the moment another ends")
  func overlap() async throws {
    let shell = ShellUnderTest()
    _ = try await runShell(
      "set quiet on; pool new -w 2; map --delay 1ms { open up$item; gate $item } ::: a b c",
      in: shell
    ) { shell in
      for name in ["upa", "upb"] {
        _ = try shell.session.gates.future(name).result(timeout: patience)
      }
      #expect(shell.session.futures.all.count == 2)
      shell.open("b")
      _ = try shell.session.gates.future("upc").result(timeout: patience)
      shell.open("a")
      shell.open("c")
    }
  }

  @Test("the time of the whole map goes on")
  func timeout() async throws {
    try await expectShell(
      "try { map --timeout 2s --delay 1h return ::: 1 2 } catch { print $error }",
      "1\nTimeoutError: 0 of 1 items were not finished, and the input was not at its end")
    try await expectShell(
      "try { map --timeout 2s --delay 1h { gate never } ::: 1 2 } catch { print $error }\nopen never",
      "TimeoutError: 1 of 1 items were not finished, and the input was not at its end")
  }

  @Test("a halt ends the starts")
  func halt() async throws {
    let run = try await runShell("map --delay 1ms --halt soon,fail=2 fail ::: 1..1000")
    #expect(run.errors.contains("halted by soon,fail=2: "), "\(run)")
    #expect(run.errors.contains("; the rest not started (first: [1] 1)\n"))
  }

  @Test("a pool that is shut down meanwhile is an error at the end")
  func refused() async throws {
    let run = try await runShell(
      "pool new p; map --delay 1ms { shutdown --no-wait p; return $item } ::: 1 2 3")
    #expect(run.output.contains("1\n") && run.status == 3, "\(run)")
  }

  @Test(
    "nonsense",
    arguments: ["--delay x", "--delay -1", "--max-load x", "--max-load -1", "--max-load ''"])
  func nonsense(options: String) async throws {
    let run = try await runShell("map \(options) print ::: 1")
    #expect(run.errors.split(separator: "\n").count == 3 && run.status == 3 && run.output.isEmpty)
    for option in ["--delay 1", "--max-load 1"] {
      let run = try await runShell("map \(option) --no-wait print ::: 1")
      #expect(run.errors.contains(" needs a map that waits: without --no-wait"))
    }
  }
}
