import FoundationEssentials
import TestSupport
import Testing

/// A thousand jobs of maps that halt, time out, try again and are killed: each is in `jobs` once, its attempts are in
/// the joblog, and the exit status says whether all was well.
@Suite(.serialized, .fewAtOnce) struct ManyLoggedJobsTests {
  /// A script of maps whose jobs carry a name in their command.
  private struct Script {
    var lines = ["pool new -w 8", NothingLeft.before]
    /// The names of all jobs.
    var names: [String] = []
    /// How many attempts the jobs of each map may have, and whether it may leave some out.
    var tries: [Int] = []
    var mayHalt: [Bool] = []
    private var generator: SeededGenerator

    init(seed: UInt64, maps: Int, jobs: Int, failures: Bool) {
      generator = SeededGenerator(seed: seed)
      for map in 0..<maps { add(map, jobs: jobs, failures) }
      lines += ["wait", NothingLeft.script, "set json on", "jobs"]
    }

    private mutating func add(_ map: Int, jobs: Int, _ failures: Bool) {
      let retries = generator.below(3)
      let halt = failures && generator.oneIn(2) ? " --halt \(policy)" : ""
      tries.append(retries + 1)
      mayHalt.append(!halt.isEmpty)
      let items = (0..<jobs).map { job in
        let name = "m\(map)j\(job)"
        names.append(name)
        return "': \(name); \(failures ? command : "true")'"
      }
      let limit = failures ? " --job-timeout 0.5" : ""
      if failures {
        lines.append("submit { sleep 0.0\(1 + generator.below(9)); try { kill running } }")
      }
      let options = "--joblog log --retries \(retries)\(limit)\(halt)"
      lines.append("map \(options) sh ::: \(items.joined(separator: " "))")
    }

    private var policy: String {
      mutating get {
        let when = ["now", "soon"][generator.below(2)]
        let why = ["fail", "success", "done"][generator.below(3)]
        let count =
          generator.oneIn(2) ? "\(1 + generator.below(9))" : "\(10 + generator.below(60))%"
        return "\(when),\(why)=\(count)"
      }
    }

    private var command: String {
      mutating get {
        let status = generator.oneIn(3) ? generator.below(256) : 0
        switch generator.below(30) {
        case 0..<6: return "exit \(status)"
        case 6..<8: return "kill -\(["TERM", "KILL", "HUP"][generator.below(3)]) $$"
        case 8..<14: return "head -c \(generator.below(200_000)) /dev/zero; exit \(status)"
        case 14..<18: return "seq \(generator.below(2000)) >&2; exit \(status)"
        case 18: return "sleep 60 & sleep 60"
        case 19: return "trap \"\" TERM; sleep 0.\(1 + generator.below(9)) & wait"
        default: return "sleep 0.00\(generator.below(9)); exit \(status)"
        }
      }
    }
  }

  @Test(arguments: [(7, true), (8, true), (9, false)])
  func areAccountedFor(seed: UInt64, failures: Bool) async throws {
    try await onThread {
      let maps = TestEnvironment.rounds(failures ? 20 : 4, sanitized: 2)
      let script = Script(seed: seed, maps: maps, jobs: 50, failures: failures)
      let (mark, folder) = (Marked(), try Folder())
      try folder.write("tmp/keep", "")
      try folder.write("script", script.lines.joined(separator: "\n"))
      let run = try RunningProgram(
        Launch(["--quiet", "--on-error", "continue", folder("script")]) {
          $0.environment = mark.environment.merging(["TMPDIR": folder("tmp")]) { $1 }
          $0.directory = folder.path
        }
      ).wait(.seconds(180))
      try mark.waitUntilGone()
      #expect(try Folder.names(in: folder("tmp")) == ["keep"])
      #expect(run.lines.contains(NothingLeft.word), "\(run.errors.suffix(500))")
      let states = try states(run)
      try check(states, script, log: folder.text("log"))
      #expect(
        Set(states.values) == (failures ? ["finished", "failed", "cancelled"] : ["finished"]))
      #expect(run.status == (failures ? 1 : 0), "\(run.errors.suffix(500))")
    }
  }

  /// The state of each job by its name.
  private func states(_ run: ProgramRun) throws -> [String: String] {
    let line = try #require(
      run.lines.last { $0.contains(#"{"command":"jobs""#) }, "\(run.errors.suffix(500))")
    let found = line.matches(of: /"state":"(\w+)","task":"sh ': (m\d+j\d+);/)
    return try Dictionary(found.map { (String($0.2), String($0.1)) }) { _, _ in
      throw SystemCallFailed("a job is twice in jobs", code: 0)
    }
  }

  private func check(_ states: [String: String], _ script: Script, log: String) throws {
    let lines = log.lines.dropFirst().map { line in
      line.firstMatch(of: /\t(-?\d+)\t(\d+)\tsh ': (m(\d+)j\d+);/)
    }
    var attempts: [String: [Bool]] = [:]
    for line in lines {
      let line = try #require(line, "a line of the log is not whole")
      attempts[String(line.3), default: []].append(line.1 == "0" && line.2 == "0")
    }
    #expect(Set(attempts.keys).isSubset(of: script.names))
    for name in script.names {
      let map = try #require(name.dropFirst().split(separator: "j").first.flatMap { Int($0) })
      let ends = attempts[name] ?? []
      #expect(ends.count <= script.tries[map], "\(name)")
      switch states[name] {
      case "finished": #expect(ends.last == true && !ends.dropLast().contains(true), "\(name)")
      case "failed": #expect(!ends.isEmpty && !ends.contains(true), "\(name)")
      case "cancelled", nil: #expect(ends.isEmpty && script.mayHalt[map], "\(name)")
      case let state?: Issue.record("\(name) is \(state)")
      }
    }
  }
}
