import ChildProcess
import ConcurrentFutures
import Glibc
import TestSupport
import Testing

/// What a child has written, looked at while it runs: by other threads, and by a tap.
@Suite(.fewAtOnce) struct OutputSoFarTests {
  @Test func isThereWhileItRuns() async throws {
    try await onThread {
      let child = try ChildProcess.start(shell("printf one; printf two >&2; exec sleep 3600"))
      let outcome = Guarded<ChildOutcome?>(nil)
      startThread { [child] in
        let ended = child.wait()
        outcome.withLock { $0 = ended }
      }
      try eventually("its output") {
        child.outputCount(.output) == 3 && child.outputCount(.error) == 3
      }
      #expect(child.output(.output, from: 0, atMost: 10) == Array("one".utf8))
      #expect(child.output(.output, from: 1, atMost: 1) == Array("n".utf8))
      #expect(child.output(.error, from: 3, atMost: 10) == [])
      child.terminate()
      try eventually("its end") { outcome.withLock { $0 != nil } }
      #expect(child.output(.error, from: 0, atMost: 10) == Array("two".utf8))
    }
  }

  /// However it is cut, and wherever it is by then: in memory, in the file, in both.
  @Test func isAllOfItInEveryPlace() async throws {
    try await onThread {
      let child = try ChildProcess.start(
        ChildCommand(program: "seq", arguments: ["200000"]))
      let isOver = Guarded(false)
      startThread { [child] in
        _ = child.wait()
        isOver.withLock { $0 = true }
      }
      var taken: [UInt8] = []
      var generator = SeededGenerator(seed: 3)
      while true {
        let wasOver = isOver.withLock { $0 }
        let part = child.output(.output, from: taken.count, atMost: 1 + generator.below(100_000))
        taken += part
        if part.isEmpty, wasOver { break }
      }
      let expected = (1...200_000).reduce(into: "") { $0 += "\($1)\n" }
      #expect(taken == Array(expected.utf8))
    }
  }

  @Test func tapGetsEveryByteInOrder() async throws {
    try await onThread {
      var taken: [ChildStream: [UInt8]] = [:]
      let line = "seq 50000; seq 50001 60000 >&2"
      let outcome = try ChildProcess.start(shell(line)).wait(tap: { stream, chunk in
        taken[stream, default: []].append(contentsOf: chunk)
      })
      #expect(taken[.output] == outcome.output.bytes())
      #expect(taken[.error] == outcome.errorOutput.bytes())
      #expect(outcome.output.count == 288_894)
    }
  }

  @Test func anotherSignalThanTERM() async throws {
    try await onThread {
      let child = try ChildProcess.start(
        shell("trap 'exit 3' USR1; echo ready; while :; do sleep 0.01; done"))
      startThread { [child] in
        try? eventually("its trap") { child.outputCount(.output) > 0 }
        child.terminate(signal: SIGUSR1)
      }
      let outcome = child.wait()
      #expect(outcome.status == .exited(3) && outcome.ending == .terminated)
    }
  }
}
