import TestSupport
import Testing

@testable import PoolShell

/// `submit --priority`: which of the queued jobs begins first.
@Suite("Priorities", .timeLimit(.minutes(5)))
struct PriorityTests {
  private static let prologue =
    "pool new -w 1\nsubmit { open started; gate g }\ngate started\n"

  /// What a script's jobs print, in order.
  private func printed(_ script: String, _ rest: String = "wait") async throws -> String {
    let run = try await runShell(Self.prologue + script + "\nopen g\n" + rest) { $0.isQuiet = true }
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(separator: "\n").filter { !$0.contains("done:") }
      .joined(separator: " ")
  }

  @Test(
    "the highest first, first in first out inside one, and also before those that came before",
    arguments: [
      ("submit print ::: a b\nsubmit --priority 5 print ::: c d\nsubmit print e", "c d a b e"),
      ("submit --priority -1 print a\nsubmit print b\nsubmit --priority 1 print c", "c b a"),
      ("submit --priority 0 print a\nsubmit print b", "a b"),
      (
        "submit print a\nsubmit --priority 2 print b\npause\nsubmit --priority 3 print c\nresume",
        "pool pool1: paused pool pool1: resumed c b a"
      ),
      ("submit --priority 1 print ::: a b c\ncancel 3\nsubmit print d", "[3] cancelled a c d"),
      ("submit print a\nsubmit --after 1 --priority 1 print b\nsubmit print c", "b a c"),
    ])
  func order(script: String, printed: String) async throws {
    #expect(try await self.printed(script) == printed)
  }

  @Test("jobs and their counts are as without")
  func counts() async throws {
    try await ShellCase(
      Self.prologue + "submit --priority 1 return ::: 1..3\nsubmit return x\npools\ncancel 2\n"
        + "shutdown --no-wait --cancel-futures\nwait 2..5\nopen g",
      "pool pool1: 1 worker\n[1] { open started; gate g }\n[2] return 1\n[3] return 2\n[4] return 3\n"
        + "[5] return x\n* pool1: 1 worker, 1 started, 0 idle, 4 queued\n[2] cancelled\n"
        + "pool pool1: shut down, 3 cancelled\ndone: 2..5\nnot done: none"
    ).check()
  }

  @Test("a shutdown still runs all of them")
  func shutdown() async throws {
    #expect(
      try await printed("submit print a\nsubmit --priority 1 print b", "shutdown") == "b a")
  }

  @Test("a pool whose initializer fails fails them")
  func brokenPool() async throws {
    let run = try await runShell(
      "pool new -w 1 --initializer { gate g; fail boom }\nsubmit return a\n"
        + "submit --priority 1 return b\nsubmit --after 1 return c\nopen g\nwait\nstate 1\nstate 2\nstate 3"
    ) { $0.isQuiet = true }
    #expect(run.output == "done: 1..3\nnot done: none\nfailed\nfailed\nskipped\n")
  }

  @Test("a priority is a whole number")
  func wrong() async throws {
    try await ShellCase(
      "submit --priority high print x",
      errors: "-c:1:8: error: submit: --priority must be a whole number, not high (usage: [..])\n"
        + "[..]\n[..]", status: 3
    ).check()
  }

  @Test("the heap gives the best, and of equal ones the first, whatever went in")
  func heap() {
    var random = SeededGenerator(seed: 5)
    var heap = PriorityHeap<Int>()
    var model: [(priority: Int, number: Int)] = []
    for number in 0..<5000 {
      if random.below(100) < 55 {
        let priority = random.below(5) - 2
        heap.push(number, priority: priority)
        model.append((priority, number))
      } else {
        let best = model.indices.min {
          (-model[$0].priority, model[$0].number) < (-model[$1].priority, model[$1].number)
        }
        #expect(heap.pop() == best.map { model.remove(at: $0).number })
      }
      #expect(heap.count == model.count)
    }
    let rest = model.sorted { (-$0.priority, $0.number) < (-$1.priority, $1.number) }
    #expect(heap.removeAll() == rest.map(\.number))
    #expect(heap.pop() == nil)
  }
}
