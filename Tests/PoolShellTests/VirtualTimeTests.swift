import TestSupport
import Testing

@testable import PoolShell

/// `--virtual-time`: exact times, in an exact order, in no time.
@Suite("Virtual time", .timeLimit(.minutes(5)))
struct VirtualTimeTests {
  // MARK: Times

  @Test("minutes of sleep pass at once, and the table tells exact times")
  func table() async throws {
    try await expectVirtually(
      """
      set quiet on
      pool new -w 2
      submit sleep 10m
      submit sleep 90
      submit { sleep 30; fail late }
      wait --timeout 100
      jobs
      wait
      jobs
      """,
      """
      done: 2
      not done: 1 3
      id  state     worker                  waited      ran  task
       1  running   ThreadPoolExecutor-0_0   0.00s  100.00s  sleep 10m
       2  finished  ThreadPoolExecutor-0_1   0.00s   90.00s  sleep 90
       3  running   ThreadPoolExecutor-0_1  90.00s   10.00s  { sleep 30; fail late }
      done: 1 3
      not done: none
      id  state     worker                  waited      ran  task
       1  finished  ThreadPoolExecutor-0_0   0.00s  600.00s  sleep 10m
       2  finished  ThreadPoolExecutor-0_1   0.00s   90.00s  sleep 90
       3  failed    ThreadPoolExecutor-0_1  90.00s   30.00s  { sleep 30; fail late }
      """, errors: "1 failure was never looked at: 3", status: 1)
  }

  @Test(
    "time tells virtual time",
    arguments: [
      ("time sleep 600", "600.000"), ("time repeat 1000 sleep 0.001", "1.000"),
      ("time fibonacci 20", "0.000"), ("time map { sleep $item } ::: 1 2 3", "3.000"),
      ("time { submit sleep 2; wait --timeout 0.5 }", "0.500"),
      ("pool new -w 1; time map { sleep $item } ::: 1 2 3", "6.000"),
      ("time map --delay 10 { sleep 1 } ::: 1..4", "31.000"),
      ("time try { map --timeout 90 { sleep 60; sleep 60 } ::: 1 } catch { }", "90.000"),
      ("time { submit --timeout 5 sleep 60; wait }", "5.000"),
      ("time { submit --retries 2 --backoff 10 { sleep 1; fail x }; wait }", "33.000"),
      ("time with pool { submit sleep 60; submit sleep 61 }", "61.000"),
      ("submit sleep 60; time shutdown", "60.000"),
      ("submit { sleep 60; return x }; submit sleep 90; time race 1 2", "60.000"),
      ("submit sleep 60; time follow 1", "60.000"),
      ("pool new -w 1 --queue-limit 1; time submit { sleep 10 } ::: 1 2 3 4", "20.000"),
      ("submit { sleep 5; open g }; time gate g", "5.000"),
      ("submit sleep 5; submit --after 1 sleep 6; time as_completed", "11.000"),
      ("pool new -w 1 --initializer { sleep 7 }; time map return ::: x", "7.000"),
      ("submit sleep 5; on_done 1 { sleep 8 }; time shutdown", "13.000"),
      ("submit { sleep 100; print never }; sleep 1; time kill 1", "0.000"),
    ])
  func time(script: String, seconds: String) async throws {
    let run = try await runShell(script) { $0.clock = .virtual }
    #expect(run.errors.contains("time: \(seconds)s\n"), "\(run)")
  }

  @Test("info tells the times of each attempt, JSON the same numbers")
  func attempts() async throws {
    try await expectVirtually(
      """
      set quiet on
      submit --retries 1 --backoff 10 { sleep 1.5; fail x }
      sleep 12
      info 1
      set json on
      jobs
      kill 1
      """,
      """
      id: 1
      state: running
      task: { sleep 1.5; fail x }
      pool: main
      worker: ThreadPoolExecutor-0_0
      waited: 0.00s
      ran: 12.00s
      attempt 1: failed after 1.50s: x
      attempt 2: running for 0.50s
      {"command":"jobs","futures":[{"id":1,"state":"running","task":"{ sleep 1.5; fail x }",\
      "worker":"ThreadPoolExecutor-0_0","waited":0.000,"ran":12.000}]}
      {"command":"kill","id":1,"value":"true","state":"failed"}
      """)
  }

  @Test("no time passes while commands are read and computed")
  func standsStill() async throws {
    try await expectVirtually(
      "set quiet on; submit sleep 1; primes 10000; state 1; wait --timeout 0; state 1; jobs",
      """
      1229
      running
      done: none
      not done: 1
      running
      id  state    worker                  waited    ran  task
       1  running  ThreadPoolExecutor-0_0   0.00s  0.00s  sleep 1
      """)
  }

  // MARK: One moment

  @Test("what is due at the same moment goes in the order of ids")
  func ties() async throws {
    try await expectVirtually(
      "set quiet on; pool new -w 8; submit { sleep 5; print $item } ::: 1..8; sleep 5; print session",
      (1...8).map { "\($0)\n" }.joined() + "session")
    try await expectVirtually(
      "set quiet on; pool new -w 8; submit { sleep $item; print $item } ::: 3 1 2 1 3; wait",
      "1\n1\n2\n3\n3\ndone: 1..5\nnot done: none")
  }

  @Test("what is done at the moment of a timeout is done in time")
  func inTime() async throws {
    try await expectVirtually(
      "set quiet on; submit { sleep 2; return x }; result 1 --timeout 2\nsubmit sleep 2; wait --timeout 2",
      "x\ndone: 2\nnot done: none")
    // Whoever waits may have the lower id.
    try await expectVirtually(
      "set quiet on; submit { sleep 1; result 2 --timeout 1 }; submit { sleep 2; return y }; result 1",
      "y")
    try await expectVirtually(
      "set quiet on; map --timeout 2 { sleep 2; return $item } ::: a b", "a\nb")
  }

  @Test("a job that sleeps as long as it may has taken too long, by any clock")
  func limit() async throws {
    try await expectVirtually(
      "set quiet on; submit --timeout 2 sleep 2; exception 1", "timed out after 2s")
  }
}

/// Runs a script with the virtual clock, and compares everything that it writes.
func expectVirtually(
  _ script: String, _ output: String, errors: String = "", status: Int32 = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  try await ShellCase(script, output, errors: errors, status: status)
    .check(sourceLocation: sourceLocation) { $0.clock = .virtual }
}
