import TestSupport
import Testing

@testable import PoolShell

/// The exact order of everything in virtual time, and what is refused there.
@Suite("Order in virtual time", .timeLimit(.minutes(5)))
struct VirtualOrderTests {
  @Test("what can go on goes on before the next command, so that states are certain")
  func states() async throws {
    try await expectVirtually(
      """
      with pool -w 1 {
        submit sleep 2
        submit sleep 0.1
        print "First task running=$(running 1)"
        print "Second task running=$(running 2)"
        cancel 2
      }
      """,
      """
      [1] sleep 2
      [2] sleep 0.1
      First task running=true
      Second task running=false
      [2] cancelled
      """)
  }

  @Test("wait first is over with the first; the others of that moment come after it")
  func waitFirst() async throws {
    try await expectVirtually(
      "set quiet on; submit { sleep 1 } ::: a b c; wait first; wait first; wait",
      """
      done: 1
      not done: 2 3
      done: 2
      not done: 3
      done: 3
      not done: none
      """)
  }

  @Test("the worker that is free first in the order of starts takes a job", arguments: 1...8)
  func workers(count: Int) async throws {
    let names = (0..<16).map { "\($0 + 1) ThreadPoolExecutor-0_\($0 % count)" }
    try await expectVirtually(
      "set quiet on; pool new -w \(count); submit { sleep 1; print $item $worker } ::: 1..16",
      names.joined(separator: "\n"))
  }

  @Test("callbacks run on the worker of their task, before anything with a higher id")
  func callbacks() async throws {
    try await expectVirtually(
      """
      set quiet on
      pool new -w 2
      submit { sleep 1; print "task $item" } ::: 1 2 3
      on_done 1 2 { print "callback $id on $worker"; sleep 3; print "rested $id" }
      on_done 1 { print "second $id" }
      wait
      jobs
      """,
      """
      task 1
      callback 1 on ThreadPoolExecutor-0_0
      task 2
      callback 2 on ThreadPoolExecutor-0_1
      rested 1
      second 1
      rested 2
      task 3
      done: 1..3
      not done: none
      id  state     worker                  waited    ran  task
       1  finished  ThreadPoolExecutor-0_0   0.00s  1.00s  [..]
       2  finished  ThreadPoolExecutor-0_1   0.00s  1.00s  [..]
       3  finished  ThreadPoolExecutor-0_0   4.00s  1.00s  [..]
      """)
  }

  @Test("initializers begin in the order of workers, and each worker has its own variables")
  func initializers() async throws {
    try await expectVirtually(
      """
      set quiet on
      pool new -w 2 --thread-name-prefix T --initializer { let me = $worker; print "hello $me"; sleep 1 }
      submit { sleep 1; print "$item $me $worker" } ::: a b c
      """,
      "hello T_0\nhello T_1\na T_0 T_0\nb T_1 T_1\nc T_0 T_0")
    try await expectVirtually(
      """
      set quiet on
      pool new p -w 2 --initializer { sleep 1; fail broken }
      submit print never ::: 1 2
      on_done 1 2 { print "$id $state" }
      wait
      """, "1 failed\n2 failed\ndone: 1 2\nnot done: none",
      errors: """
        exception in initializer of pool p: broken
        exception in initializer of pool p: broken
        2 failures were never looked at: 1 2
        """, status: 1)
  }

  // MARK: Nobody can go on

  @Test("a wait that nobody can end is an error at once")
  func hopeless() async throws {
    let place = "\n[..]\n[..]\n"
    try await expectVirtually(
      "set quiet on; submit gate g; wait", "",
      errors: "-c:1:30: error: nothing is left that could open gate g\(place)"
        + "stopped: 1 running waited for", status: 3)
    try await expectVirtually(
      "gate g", "",
      errors: "-c:1:1: error: nothing is left that could open gate g\n[..]\n[..]", status: 3)
    try await expectVirtually(
      "set quiet on; pause; submit print x; result 1", "pool main: paused",
      errors: "-c:1:38: error: [..] paused[..]\(place)stopped: 1 queued cancelled", status: 3)
  }

  @Test("at the end closed gates fail, and paused pools go on, at once")
  func end() async throws {
    try await expectVirtually(
      "set quiet on; submit { sleep 5; gate g }; submit print x", "x",
      errors: "1 failure was never looked at: 1", status: 1)
    try await expectVirtually(
      "set quiet on; pool new p; pause; submit { sleep 60; print x }",
      "pool p: paused\nx",
      errors: "pool p: resumed, because it is shut down")
  }

  @Test("a deadlock among tasks is said at its moment")
  func deadlock() async throws {
    try await expectVirtually(
      "set quiet on; pool new -w 1; submit { sleep 60; let id = $(submit print x); wait $id }\ntime wait",
      "x\ndone: 1\nnot done: none",
      errors: """
        deadlock: [1] waits for [2], which is queued in the same pool pool1, [..]
        time: 60.000s
        1 failure was never looked at: 1
        """, status: 1)
  }

  @Test("a task that sleeps is killed at once, and so is one between two attempts")
  func kill() async throws {
    try await expectVirtually(
      """
      set quiet on
      submit { sleep 100; print never }
      submit --retries 1 --backoff 1h fail x
      sleep 5
      time kill 1 2
      jobs
      """,
      """
      [1] killed
      [2] killed
      id  state   worker                  waited    ran  task
       1  failed  ThreadPoolExecutor-0_0   0.00s  5.00s  { sleep 100; print never }
       2  failed  ThreadPoolExecutor-0_1   0.00s  5.00s  fail x
      """, errors: "time: 0.000s")
  }

  @Test("after an error, what runs has its time")
  func stop() async throws {
    try await expectVirtually(
      "set quiet on; pool new -w 1; submit { sleep 60; print ran }; submit print never; fail x",
      "ran",
      errors: "-c:1:82: error: x\n[..]\n[..]\nstopped: 1 queued cancelled, 1 running waited for",
      status: 3)
  }

  // MARK: What takes real time

  @Test(
    "programs are refused, in one line",
    arguments: [
      ("exec ls", "ls"), ("sh ls", "sh"), ("fetch file:///x", "curl"), ("! ls", "the line"),
      ("let x = $(exec ls)", "ls"), ("submit exec ls; result 1", "ls"),
    ])
  func programs(script: String, name: String) async throws {
    let run = try await runShell("set quiet on; " + script) { $0.clock = .virtual }
    let message =
      "error: cannot run \(name): programs take real time, and the clock is virtual (set clock real)\n"
    #expect(run.status == 3 && run.errors.contains(message), "\(run)")
  }

  @Test("an item that is a program fails at its place")
  func programItems() async throws {
    let run = try await runShell("map exec echo ::: a b") { $0.clock = .virtual }
    #expect(run.errors.contains("[2] error: cannot run echo: ") && run.status == 3, "\(run)")
  }
}
