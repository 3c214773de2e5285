import TestSupport
import Testing

@testable import PoolShell

/// `map --live`: whole lines as they come, each behind its item.
@Suite("map --live", .timeLimit(.minutes(5)))
struct LiveTests {
  @Test(
    "each line behind its item, where it belongs",
    arguments: [
      ShellCase(
        "map --live sh 'echo {}; echo e >&2; printf end' ::: 'x y'", "x y\tx y\nx y\tend",
        errors: "x y\te"),
      ShellCase(
        "map --live { print a; sh 'echo b'; exec echo c; return d } ::: x", "x\ta\nx\tb\nx\tc\nx\td"
      ),
      ShellCase("map --live { let v = $(sh 'echo never'); print $v$v } ::: x", "x\tnevernever"),
      ShellCase("map --live sh 'echo; echo; exit 0' ::: x", "x\t\nx\t"),
      ShellCase("map --live sh 'exit 0' ::: x", ""),
      ShellCase("print \"<$(map --live sh ': {}; echo out' ::: x)>\"", "x\tout\n<out>"),
      ShellCase(
        "map --live sh 'echo {}; exit {}' ::: 0 4", "0\t0\n4\t4",
        errors: "[2] error: sh: exit status 4\n[..]1 of 2 items failed: 2\n[..]\n[..]", status: 3,
        isUnordered: true),
      ShellCase(
        "set json on\nmap --live sh ': {}; echo a; echo b >&2' ::: x",
        #"{"command":"map","id":1,"item":"x","stream":"stdout","line":"a"}"# + "\n"
          + #"{"command":"map","id":1,"item":"x","stream":"stderr","line":"b"}"# + "\n"
          + #"{"command":"map","id":1,"index":0,"state":"finished"}"#, isUnordered: true),
    ])
  func lines(expected: ShellCase) async throws { try await expected.check() }

  @Test("a line comes as soon as it is whole, before the item's turn")
  func early() async throws {
    let run = try await runShell(
      "map --live { gate $item; sh \"echo $item\" } ::: slow fast", in: ShellUnderTest()
    ) { shell in
      shell.open("fast")
      try shell.output.wait(for: "fast\tfast\n")
      shell.open("slow")
    }
    #expect(run.output == "fast\tfast\nslow\tslow\n")
  }

  @Test("lines of many at once stay whole")
  func whole() async throws {
    let run = try await runShell(
      "map --live sh 'for i in $(seq 200); do printf \"%s\" {}{}{}{}; echo {}; done' ::: 1..8")
    var counts: [Substring: Int] = [:]
    for line in run.output.split(separator: "\n") { counts[line, default: 0] += 1 }
    #expect(counts.count == 8 && counts.values.allSatisfy { $0 == 200 }, "\(counts)")
  }

  @Test("the gatherer cuts behind newlines only, and forgets nothing")
  func gatherer() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let bytes = (0..<generator.below(200)).map { _ in generator.oneIn(5) ? 10 as UInt8 : 65 }
      var gatherer = LineGatherer()
      var taken: [UInt8] = []
      var position = 0
      while position < bytes.count {
        let end = min(bytes.count, position + 1 + generator.below(20))
        let part = gatherer.take(bytes[position..<end])
        #expect(part.isEmpty || part.last == 10)
        taken += part
        position = end
      }
      #expect(taken + gatherer.rest() == bytes)
    }
  }
}
