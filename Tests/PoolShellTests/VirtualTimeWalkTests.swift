import Testing

@testable import PoolShell

/// Whatever a script does, it ends in virtual time, and writes the same in every run.
@Suite("Virtual time: repeated runs", .timeLimit(.minutes(5)))
struct VirtualTimeWalkTests {
  private func run(_ script: String) async throws -> ShellRun {
    try await runShell(script) { $0.clock = .virtual }
  }

  @Test("random scripts of all that waits", arguments: 0..<40)
  func walk(seed: Int) async throws {
    var walk = VirtualTimeWalk(seed: seed)
    let script = walk.script()
    let first = try await run(script)
    for _ in 0..<3 {
      let again = try await run(script)
      #expect(
        again.output == first.output && again.errors == first.errors
          && again.status == first.status,
        "\(script)\n--- wrote\n\(first)\n--- and then\n\(again)")
    }
  }

  @Test("a thousand runs of one script")
  func thousand() async throws {
    let script = """
      set quiet on
      pool new -w 3 --initializer { let me = $worker }
      submit { sleep $item; print "$item $me" } ::: 2 1 1 3 2 1
      on_done 2 { print "callback on $worker" }
      wait first
      cancel 6
      try { result 4 --timeout 1 } catch { print $error }
      as_completed
      jobs
      """
    let first = try await run(script)
    #expect(first.status == 0 && first.output.contains("callback on ThreadPoolExecutor-0_1"))
    for _ in 0..<1000 {
      let again = try await run(script)
      guard again.output != first.output || again.errors != first.errors else { continue }
      Issue.record("wrote\n\(first)\n--- and then\n\(again)")
      return
    }
  }
}
