import TestSupport
import Testing

@testable import PoolShell

/// `set clock`, `set seed`.
@Suite("set clock, set seed", .timeLimit(.minutes(5)))
struct VirtualClockTests {
  @Test("the clock can be changed while nothing is unfinished")
  func change() async throws {
    try await expectShell(
      """
      set clock
      set clock virtual
      set clock
      set quiet on
      submit { sleep 600; return x }
      result 1
      set clock real
      submit return y
      wait 2
      set clock virtual
      time sleep 60
      """,
      "clock real\nclock virtual\nx\ndone: 2\nnot done: none", errors: "time: 60.000s")
  }

  @Test("or it says what is unfinished")
  func refused() async throws {
    let rest = " (usage: set [NAME [VALUE]])\n[..]\n[..]"
    try await expectShell(
      "set quiet on; submit { gate g } ::: 1 2\ntry { set clock virtual } catch { print $error }\nopen g",
      "set: the clock cannot be changed while futures 1 2 are unfinished")
    try await expectShell(
      "set clock virtual; set quiet on; submit sleep 5; set clock virtual; set clock real",
      errors: "-c:1:[..]: error: set: the clock cannot be changed while future 1 is unfinished"
        + "\(rest)\nstopped: 1 running waited for", status: 3)
    try await expectShell(
      "set clock virtual; set quiet on; submit sleep 5; on_done 1 { sleep 9 }; wait; set clock real",
      "done: 1\nnot done: none",
      errors:
        "-c:1:[..]: error: set: the clock cannot be changed while a callback or an initializer "
        + "is running\(rest)", status: 3)
    try await expectShell(
      "set clock fast", errors: "-c:1:1: error: set: clock is real or virtual, not fast\(rest)",
      status: 3)
    try await expectShell(
      "set seed x", errors: "-c:1:1: error: set: seed is a whole number or default, not x\(rest)",
      status: 3)
  }

  @Test("a seed makes random sleeps the same in every run, whatever else happens")
  func seed() async throws {
    let script = """
      set seed 7
      set quiet on
      pool new -w 4
      submit { sleep 0..10; sleep 0..10 } ::: 1..4
      sleep 0..10
      wait
      jobs
      """
    let run = try await runShell(script) { $0.clock = .virtual }
    let same = try await runShell(script) { $0.clock = .virtual }
    let other = try await runShell(script.replacing("seed 7", with: "seed 8")) {
      $0.clock = .virtual
    }
    #expect(run.output == same.output && run.output != other.output, "\(run)")
    // Who runs at the same time makes no difference.
    let alone = try await runShell(
      script.replacing("-w 4", with: "-w 1").replacing("sleep 0..10\nwait", with: "wait")
    ) { $0.clock = .virtual }
    #expect(ran(alone) == ran(run) && Set(ran(run)).count == 4, "\(alone)")
  }

  private func ran(_ run: ShellRun) -> [Substring] {
    run.output.split(separator: "\n").filter { $0.contains("finished") }
      .compactMap { $0.split(separator: " ").dropFirst(4).first }
  }

  @Test("set seed begins again, and default is chance")
  func again() async throws {
    let times = { (errors: String) in errors.split(separator: "\n").map(String.init) }
    let run = try await runShell(
      "set seed 1; time sleep 0..9; time sleep 0..9; set seed 1; time sleep 0..9; set seed"
    ) { $0.clock = .virtual }
    let told = times(run.errors)
    #expect(told.count == 3 && told[0] == told[2] && told[0] != told[1], "\(run)")
    #expect(run.output == "seed 1\n")
    let chance = "set seed default; time sleep 0..9; set seed"
    let one = try await runShell(chance) { $0.clock = .virtual }
    let two = try await runShell(chance) { $0.clock = .virtual }
    #expect(one.output == "seed default\n" && one.errors != two.errors)
  }

  @Test("each attempt of a job, each callback and each worker draws for itself")
  func draws() {
    var numbers: [Double] = []
    for source in [Draws.Source.session, .task, .callback, .initializer] {
      for number in 0...2 {
        var draws = Draws(source, number: number)
        numbers.append(draws.next(in: 0...1, seed: 3))
        numbers.append(draws.next(in: 0...1, seed: 3))
      }
    }
    var draws = Draws(.task, number: 1)
    draws.attempt = 2
    numbers.append(draws.next(in: 0...1, seed: 3))
    #expect(Set(numbers).count == numbers.count && numbers.allSatisfy { 0...1 ~= $0 })
    var again = Draws(.session, number: 0)
    #expect(again.next(in: 0...1, seed: 3) == numbers[0])
    again.reset()
    #expect(again.next(in: 0...1, seed: 3) == numbers[0])
  }
}
