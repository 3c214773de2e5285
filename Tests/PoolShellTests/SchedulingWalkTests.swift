import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// Random sessions with everything that keeps jobs from their workers.
@Suite("Scheduling, random sessions", .timeLimit(.minutes(5)))
struct SchedulingWalkTests {
  /// A script in which jobs wait for each other, have priorities, are cancelled and tried again while their pools are
  /// paused, resumed, resized and shut down.
  private func script(_ random: inout SeededGenerator, length: Int) -> String {
    var lines = [
      "pool new a -w 2", "pool new b -w 1 --queue-limit 5", "submit --pool a { gate g }",
      "submit --pool a { gate h; fail early }", "submit --pool main return x",
    ]
    for _ in 0..<length { lines.append(line(&random)) }
    lines += ["open g", "open h"]
    return lines.joined(separator: "\n")
  }

  private func line(_ random: inout SeededGenerator) -> String {
    let pool = ["a", "b", "main"][random.below(3)]
    let what = ["return $item", "fail $item", "{ sleep 1ms }", "{ submit --pool main return y }"]
    switch random.below(20) {
    case 0: return "try { pause \(pool) } catch { }"
    case 1, 2: return "resume \(pool)"
    case 3: return "pool resize \(1 + random.below(4)) \(pool)"
    case 4: return "cancel last"
    case 5: return "let answer = $(cancel pending)"
    case 6: return "try { retry last } catch { }"
    case 7: return "wait all -t 2ms"
    case 8 where random.oneIn(20): return "shutdown --no-wait \(pool)"
    case 9 where random.oneIn(20): return "shutdown --no-wait --cancel-futures \(pool)"
    case 10: return "open g"
    default:
      let after = random.oneIn(2) ? "--after\(random.oneIn(2) ? "-any" : "") last,1..2 " : ""
      let priority = random.oneIn(3) ? "--priority \(random.below(3)) " : ""
      let task = what[random.below(what.count)].replacing("$item", with: "{}")
      let items = task.hasPrefix("{ ") ? "" : " ::: p q"
      return "try { submit --pool \(pool) \(after)\(priority)\(task)\(items) } catch { }"
    }
  }

  @Test("every job ends, once, and the session too", arguments: 0..<12)
  func everyJobEnds(seed: Int) async throws {
    let rounds = TestEnvironment.rounds(3)
    try await onShellThread {
      var random = SeededGenerator(seed: UInt64(seed))
      for _ in 0..<rounds {
        var values = Settings.Values()
        values.isQuiet = true
        let script = self.script(&random, length: 5 + random.below(60))
        let shell = ShellUnderTest(values)
        let run = try inTime("the end of: \(script)") { shell.run(script) }
        let futures = shell.session.futures.all
        #expect(run.status == 0 || run.status == 1 || run.status == 3, "\(script)\n\(run)")
        #expect(futures.allSatisfy { $0.future.isDone }, "\(script)")
        #expect(shell.session.pools.everyOne.allSatisfy { $0.isOver }, "\(script)")
        // Who had to wait for all to finish ran only if they did.
        for record in futures where record.state == .finished {
          let causes = record.schedule?.causes.filter(\.mustFinish) ?? []
          #expect(causes.allSatisfy { shell.session.futures[$0.id]?.state == .finished })
        }
        for record in futures where record.state == .skipped {
          #expect(record.progress.start == nil)
        }
      }
    }
  }
}
