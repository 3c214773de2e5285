import ChildProcess
import TestSupport
import Testing

@testable import PoolShell

/// `kill`: what runs is ended, its programs too, and nothing else begins.
@Suite("kill", .timeLimit(.minutes(5)))
struct KillTests {
  @Test(
    "a task is woken wherever it stands, and begins nothing more",
    arguments: [
      "sleep 3600", "gate never", "wait 1", "result 1", "as_completed 1",
      "primes 1000000000", "repeat 1000000000 let x = 1",
      "try { sleep 3600 } catch { print caught }", "sleep 3600 || print never",
      "let x = $(sleep 3600)", "submit gate never; wait", "submit gate never; as_completed",
    ])
  func wherever(task: String) async throws {
    let script = """
      set quiet on
      submit gate other
      submit { open up; \(task); print never }
      gate up
      kill 2
      exception 2
      state 2
      open other
      open never
      """
    let run = try await runShell(script) { $0.workers = 4 }
    #expect(run.output == "[2] killed\nkilled\nfailed\n", "\(run)")
    #expect(run.errors == "" && run.status == 0, "what was killed counts as looked at: \(run)")
  }

  /// Runs a script up to `gate go` with its first task's program running.
  private func whileItRuns(
    _ script: String, _ act: @escaping @Sendable (ShellUnderTest) throws -> Void = { _ in },
    configure: (inout Settings.Values) -> Void = { _ in }
  ) async throws -> ShellRun {
    var values = Settings.Values()
    configure(&values)
    return try await runShell(script, in: ShellUnderTest(values)) { shell in
      try eventually("its program to run") { shell.session.children.count > 0 }
      try act(shell)
      shell.open("go")
    }
  }

  @Test("its program is ended, and the next one is not begun")
  func program() async throws {
    let run = try await whileItRuns(
      "submit { exec sleep 3600; sh 'echo never' }\ngate go\nkill 1\nexception 1\nresult 1")
    #expect(
      run.output
        == "[1] { exec sleep 3600; sh 'echo never' }\n[1] killed\nsleep: killed (SIGTERM)\n")
    #expect(run.errors.contains("error: sleep: killed (SIGTERM)") && run.status == 3)
  }

  @Test("a program that ignores TERM has the grace, and what it has started ends with it")
  func grace() async throws {
    let script = """
      submit sh 'trap "" TERM; sleep 3600 > /dev/null 2>&1 & echo $!; echo ready; wait; wait'
      gate go
      kill 1 --grace 0.05
      exception 1
      """
    let run = try await whileItRuns(script) { shell in
      try eventually("it to be deaf") {
        shell.session.futures[1]?.progress.job?.output.bytes(.output).count ?? 0 > 6
      }
    }
    #expect(run.output.contains("[1] killed\nsh: killed (SIGKILL)\n"), "\(run)")
    let child = run.output.split(separator: "\n").first { Int($0) != nil }
    let processID = try #require(child)
    let after = try await runShell("sh 'grep -s State: /proc/\(processID)/status || echo gone'")
    #expect(after.output == "gone\n" || after.output.contains("Z"), "\(after.output)")
  }

  @Test(
    "the first signal can be another one",
    arguments: [
      ("INT", "exit status 5"), ("sigint", "exit status 5"), ("2", "exit status 5"),
      ("KILL", "SIGKILL"), ("USR1", "SIGUSR1"),
    ])
  func signals(name: String, ending: String) async throws {
    let line = #"trap "exit 5" INT; echo ready; while :; do sleep 0.01; done"#
    let run = try await whileItRuns(
      "submit sh '\(line)'\ngate go\nkill --signal \(name) 1\nexception 1"
    ) { shell in
      try eventually("its trap to be set") {
        shell.session.futures[1]?.progress.job?.output.bytes(.output).isEmpty == false
      }
    }
    #expect(run.output.hasSuffix("[1] killed\nsh: killed (\(ending))\n"), "\(run)")
  }

  @Test(
    "what does not run is told and left alone",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit { open up; gate g }\nsubmit return x\ngate up\nkill 2\nopen g\nresult 2",
        "pool pool1: 1 worker\n[1] { open up; gate g }\n[2] return x\n"
          + "[2] not killed: pending (cancel takes it back)\nx"),
      ShellCase(
        "submit return x\nwait\nkill 1\nresult 1",
        "[1] return x\ndone: 1\nnot done: none\n[1] not killed: already finished\nx"),
      ShellCase(
        "submit fail x\nexception 1\nkill 1",
        "[1] fail x\nx\n[1] not killed: already failed"),
      ShellCase(
        "set quiet on\nsubmit { open up; sleep 3600 }\nsubmit return x\ngate up\nwait 2\n"
          + "print $(kill 2) $(kill 1)", "done: 2\nnot done: none\nfalse true"),
      ShellCase(
        "submit { kill 1; print never }\nexception 1",
        "[1] { kill 1; print never }\nkilled"),
    ])
  func others(expected: ShellCase) async throws { try await expected.check() }

  @Test("one that ends by itself just then is what it is")
  func late() async throws {
    let run = try await whileItRuns(
      "submit sh 'trap \"exit 0\" TERM; while :; do sleep 0.01; done'\ngate go\nkill 1\nstate 1")
    #expect(run.output.hasSuffix("[1] killed\nfailed\n"), "\(run)")
  }

  @Test("in JSON")
  func json() async throws {
    let run = try await whileItRuns(
      "submit exec sleep 3600\nsubmit return x\nwait 2\ngate go\nkill all"
    ) {
      _ in
    } configure: {
      $0.isJSON = true
    }
    let lines = run.output.split(separator: "\n").suffix(2)
    #expect(
      lines == [
        #"{"command":"kill","id":1,"value":"true","state":"failed"}"#,
        #"{"command":"kill","id":2,"value":"false","state":"finished"}"#,
      ])
  }

  @Test(
    "nonsense is refused, and kills nothing",
    arguments: [
      ("kill", "SEL is missing"), ("kill 7", "no future 7"),
      ("kill 1 --signal NOPE", "NOPE is no signal (such as TERM, INT, HUP or KILL)"),
      ("kill 1 --signal 0", "0 is no signal"), ("kill 1 --signal STOP", "STOP does not end"),
      ("kill 1 --grace soon", "soon is not a duration"),
    ])
  func refused(command: String, message: String) async throws {
    let run = try await runShell(
      "submit { open up; gate g; return x }\ngate up\ntry { \(command) } catch { print $error }\n"
        + "open g\nresult 1")
    #expect(run.output.contains(message), "\(run)")
    #expect(run.output.hasSuffix("x\n") && run.status == 0)
  }
}
