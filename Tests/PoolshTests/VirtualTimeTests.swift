import Testing
import TestSupport

/// `--virtual-time` of the program itself.
@Suite(.serialized, .fewAtOnce) struct VirtualTimeTests {
  private let script = """
    set quiet on
    submit { sleep 600; print late } ; submit { sleep 300; print early }
    wait --timeout 450
    time wait
    jobs
    """
  private let output = """
    early
    done: 2
    not done: 1
    late
    done: 1
    not done: none
    id  state     worker                  waited      ran  task
     1  finished  ThreadPoolExecutor-0_0   0.00s  600.00s  { sleep 600; print late }
     2  finished  ThreadPoolExecutor-0_1   0.00s  300.00s  { sleep 300; print early }

    """

  @Test func isExactInEveryWayIn() async throws {
    let folder = try Folder()
    try folder.write("script", script)
    for line in [
      "poolsh --virtual-time -c \"$(cat script)\"", "poolsh --virtual-time script",
      "cat script | poolsh --virtual-time", "(echo set clock virtual; cat script) | poolsh",
    ] {
      let run = try await shell(line) { $0.directory = folder.path }
      #expect(run.output == output && run.status == 0, "\(line): \(run)")
      #expect(run.errors == "time: 150.000s\n")
    }
  }

  /// However slowly items come: no time passes until they are all there.
  @Test func waitsForItemsWithoutLettingTimePass() async throws {
    let map = "poolsh --virtual-time -c 'map { sleep $item; return $item } :::: -; jobs'"
    let slow = try await shell("(echo 3; sleep 0.2; echo 1; sleep 0.2; echo 2) | \(map)")
    let fast = try await shell("printf '3\\n1\\n2\\n' | \(map)")
    #expect(slow.output == fast.output && slow.output.hasPrefix("3\n1\n2\n"), "\(slow)")
    #expect(slow.output.contains("0_2   0.00s  2.00s"))
  }

  @Test func isThereAtThePrompt() async throws {
    try await atThePrompt { terminal in
      try terminal.run("set clock virtual")
      try terminal.run("set notify off")
      try terminal.check(
        "submit { sleep 1h; return woken }", answers: "[1] { sleep 1h; return woken }\n")
      try terminal.check("state 1", answers: "running\n")
      try terminal.check("result 1", answers: "woken\n")
      try terminal.check("submit sleep 1h", answers: "[2] sleep 1h\n")
      let run = try terminal.leave()
      #expect(run.status == 0)
    }
  }

  @Test func isInTheHelp() async throws {
    let run = try await shell("poolsh --help; poolsh -c 'help set'")
    #expect(run.output.contains("  --virtual-time "))
    #expect(
      run.output.contains("  clock real|virtual ") && run.output.contains("  seed N|default "))
  }
}
