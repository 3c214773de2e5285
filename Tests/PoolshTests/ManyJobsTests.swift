import FoundationEssentials
import TestSupport
import Testing

/// A thousand jobs that end in every way: nothing of them is left, and none is lost or counted twice.
@Suite(.serialized, .fewAtOnce) struct ManyJobsTests {
  private struct Script {
    var lines: [String] = []
    /// The state of those that end in one way only, by id.
    var states: [Int: String] = [:]
    private var generator: SeededGenerator

    init(seed: UInt64, jobs: Int) {
      generator = SeededGenerator(seed: seed)
      lines = ["pool new -w 16", NothingLeft.before]
      for id in 1...jobs { add(id) }
      lines += ["wait", NothingLeft.script, "set json on", "jobs"]
    }

    private mutating func add(_ id: Int) {
      let status = generator.oneIn(2) ? 0 : generator.below(256)
      switch generator.below(29) / 4 {
      case 0: submit(id, "sh 'exit \(status)'", status == 0)
      case 1:
        submit(id, "sh 'kill -\(["TERM", "KILL", "HUP", "USR1"][generator.below(4)]) $$'", false)
      case 2:
        submit(
          id, "sh 'head -c \(generator.below(300_000)) /dev/zero; exit \(status)'", status == 0)
      case 3: submit(id, "sh 'seq \(generator.below(3000)) >&2; exit \(status)'", status == 0)
      case 4: submit(id, "--retries \(generator.below(3)) sh 'exit \(status)'", status == 0)
      case 5:
        submit(
          id, "--timeout 0.0\(1 + generator.below(9)) exec sleep 0.0\(1 + generator.below(9))", nil)
      case 7: submit(id, "--timeout 0.05 sh 'trap \"\" TERM; sleep 60 & wait; sleep 60'", false)
      default:
        submit(
          id, "{ sleep 0.00\(generator.below(9)); exec true; sh 'exit \(status)' }", status == 0)
      }
      guard generator.oneIn(20) else { return }
      let victim = max(1, id - generator.below(20))
      states[victim] = nil
      lines.append("kill --grace 0.1 \(victim)")
    }

    private mutating func submit(_ id: Int, _ task: String, _ succeeds: Bool?) {
      lines.append("submit \(task)")
      states[id] = succeeds.map { $0 ? "finished" : "failed" }
    }
  }

  @Test func areAccountedForAndLeaveNothing() async throws {
    try await onThread {
      let count = TestEnvironment.rounds(1000, sanitized: 100)
      let script = Script(seed: 42, jobs: count)
      let (mark, folder) = (Marked(), try Folder())
      try folder.write("tmp/keep", "")
      try folder.write(
        "script",
        script.lines.joined(separator: "\n"))
      let run = try RunningProgram(
        Launch(["--quiet", folder("script")]) {
          $0.environment = mark.environment.merging(["TMPDIR": folder("tmp")]) { $1 }
        }
      ).wait(.seconds(180))
      try check(run, script, count)
      try mark.waitUntilGone()
      #expect(try Folder.names(in: folder("tmp")) == ["keep"])
    }
  }

  private func check(_ run: ProgramRun, _ script: Script, _ count: Int) throws {
    let lines = run.output.split(separator: "\n")
    let line = try #require(
      lines.last { $0.contains(#"{"command":"jobs""#) }, "\(run.errors.suffix(500))")
    let begin = try #require(line.firstIndex(of: "{"))
    let jobs = String(line[begin...])
    let futures = jobs.matches(of: /"id":(\d+),"state":"(\w+)"/).map {
      (id: Int($0.1), state: String($0.2))
    }
    try #require(futures.map(\.id) == Array(1...count).map(Optional.some))
    #expect(futures.allSatisfy { ["finished", "failed", "cancelled"].contains($0.state) })
    for (id, state) in script.states { #expect(futures[id - 1].state == state, "\(id)") }
    #expect(lines.contains { $0 == NothingLeft.word })
    let failed = futures.filter { $0.state == "failed" }.count
    let told = run.errors.firstMatch(of: /"?(\d+) failures were never looked at/)
    #expect(told.flatMap { Int($0.1) }.map { $0 <= failed && $0 > 0 } == true)
    #expect(run.status == 1)
  }
}
