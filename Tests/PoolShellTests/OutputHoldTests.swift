import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// What is written to the terminal while a program in the foreground has it.
@Suite(.timeLimit(.minutes(5))) struct OutputHoldTests {
  private let shown = Recorder()
  private let errors = Recorder()

  private func makeOutput(_ change: (inout Output.Streams) -> Void = { _ in }) -> Output {
    var streams = Output.Streams()
    streams.isOutputTerminal = true
    streams.isErrorTerminal = true
    streams.isInteractive = true
    change(&streams)
    let other = streams.areOneTerminal ? shown : errors
    return Output(
      standardOutput: { [shown] in shown.append($0) }, standardError: { other.append($0) },
      streams: streams)
  }

  @Test func bothStreamsComeAfterwardsInTheirOrder() {
    let output = makeOutput()
    output.leavingTerminal {
      for number in 1...3 {
        output.write("out \(number)\n")
        output.writeError("err \(number)\n")
      }
      #expect(shown.text == "")
    }
    #expect(shown.text == "out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n")
    output.write("at once\n")
    #expect(shown.text.hasSuffix("err 3\nat once\n"))
  }

  @Test func twoTerminalsGetTheirOwn() {
    let output = makeOutput { $0.areOneTerminal = false }
    output.leavingTerminal {
      output.write("out\n")
      output.writeError("err\n")
      #expect(shown.text == "" && errors.text == "")
    }
    #expect(shown.text == "out\n" && errors.text == "err\n")
  }

  /// A program in the foreground is no reason to hold back what goes elsewhere.
  @Test func aPipeGetsItsLinesAtOnce() {
    let output = makeOutput { $0.isOutputTerminal = false }
    output.leavingTerminal {
      output.write("out\n")
      #expect(shown.text == "out\n")
    }
  }

  @Test func muchIsKeptAndComesWhole() {
    let output = makeOutput()
    let line = String(repeating: "x", count: 99) + "\n"
    output.leavingTerminal {
      for _ in 0..<50_000 { output.write(line) }
    }
    #expect(shown.bytes.count == 5_000_000)
    #expect(shown.bytes.count { $0 == UInt8(ascii: "\n") } == 50_000)
  }

  @Test func whatComesWhileTheRestIsWrittenComesBehindIt() async throws {
    let output = makeOutput()
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 2)
      for _ in 0..<20 {
        let writers = try (0..<2).map { writer in
          try pool.submit { for number in 0..<200 { output.write("\(writer) \(number)\n") } }
        }
        output.leavingTerminal {}
        for writer in writers { try writer.result() }
      }
      pool.shutdown()
    }
    let lines = shown.text.split(separator: "\n")
    #expect(lines.count == 20 * 2 * 200)
    for writer in 0..<2 {
      let numbers = lines.filter { $0.hasPrefix("\(writer) ") }.compactMap { Int($0.dropFirst(2)) }
      #expect(numbers == (0..<20).flatMap { _ in Array(0..<200) })
    }
  }

  /// The last words say it when the process ends: nothing is written twice.
  @Test func theEndOfTheProcessWritesWhatIsKept() {
    let output = makeOutput()
    output.leavingTerminal {
      output.write("kept\n")
      output.endHold()
      #expect(shown.text == "kept\n")
    }
    #expect(shown.text == "kept\n")
  }

  @Test func withoutAFileItIsKeptInMemory() {
    let held = HeldBytes(directories: ["", "/nonexistent"])
    for byte in UInt8(0)..<200 { withUnsafeBytes(of: byte) { held.append($0) } }
    #expect(held.takeNext() == Array(0..<200))
    #expect(held.takeNext() == [])
  }
}
