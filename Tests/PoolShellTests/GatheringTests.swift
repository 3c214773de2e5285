import ConcurrentFutures
import TestSupport
import Testing

@testable import PoolShell

/// Lines of a script that submits line after line are written together, in order.
@Suite("Gathered output", .timeLimit(.minutes(5)))
struct GatheringTests {
  private let chunks = Recorder()

  private func makeOutput(canGather: Bool = true) -> Output {
    Output(
      standardOutput: { [chunks] in Self.note("out:", $0, in: chunks) },
      standardError: { [chunks] in Self.note("err:", $0, in: chunks) }, canGather: canGather)
  }

  private static func note(
    _ stream: String, _ bytes: UnsafeRawBufferPointer, in chunks: Recorder
  ) {
    (Array(stream.utf8) + bytes).withUnsafeBytes { chunks.append($0) }
  }

  private func write(_ text: String, to output: Output) {
    LineBytes.with(id: nil, text) { output.write($0) }
  }

  @Test func linesAreHeldBackUntilTheGatheringEnds() {
    let output = makeOutput()
    output.gather()
    write("a", to: output)
    write("b", to: output)
    #expect(chunks.text == "")
    output.endGathering()
    #expect(chunks.text == "out:a\nb\n")
    write("c", to: output)
    #expect(chunks.text == "out:a\nb\nout:c\n")
  }

  /// Between the last flush and the end of the gathering a worker's line stayed behind, and came after later ones.
  @Test func noLineStaysBehindWhenTheGatheringEnds() async throws {
    let (output, isOver) = (makeOutput(), Guarded(false))
    let counts = try await onThread {
      try withThreadPool(maxWorkers: 2) { writers in
        let lines = try (0..<2).map { writer in
          try writers.submit { writeLines(of: writer, to: output, until: isOver) }
        }
        for _ in 0..<20_000 {
          output.gather()
          output.endGathering()
        }
        isOver.withLock { $0 = true }
        return try lines.map { try $0.result() }
      }
    }
    let written = chunks.text.replacing("out:", with: "").split(separator: "\n")
    for writer in 0..<2 {
      let own = written.filter { $0.hasPrefix("\(writer) ") }
      #expect(own.compactMap { Int($0.dropFirst(2)) } == Array(0..<counts[writer]))
    }
  }

  private func writeLines(of writer: Int, to output: Output, until isOver: Guarded<Bool>) -> Int {
    var count = 0
    while !isOver.withLock({ $0 }) {
      write("\(writer) \(count)", to: output)
      count += 1
    }
    return count
  }

  @Test func anErrorComesAfterWhatWasSaidBefore() {
    let output = makeOutput()
    output.gather()
    write("a", to: output)
    output.writeError("e\n")
    write("b", to: output)
    output.write("c\n")
    #expect(chunks.text == "out:a\nerr:e\nout:b\nout:c\n")
  }

  @Test func muchIsWrittenAtOnce() {
    let output = makeOutput()
    output.gather()
    write(String(repeating: "a", count: 1 << 14), to: output)
    #expect(!chunks.text.isEmpty)
  }

  @Test func onATerminalNothingIsHeldBack() {
    let output = makeOutput(canGather: false)
    output.gather()
    write("a", to: output)
    #expect(chunks.text == "out:a\n")
  }

  @Test("a submit's line comes before its task's, and both before the next command's")
  func orderOfAScript() async throws {
    let submits = (1...3).map { "submit print x\(11 * $0)\n" }.joined()
    let run = try await runShell("set workers 1\n\(submits)wait\nprint end\n")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.suffix(3) == ["done: 1..3", "not done: none", "end"])
    for id in 1...3 {
      let told = lines.firstIndex(of: "[\(id)] print x\(11 * id)")
      let printed = lines.firstIndex(of: "x\(11 * id)")
      #expect(try #require(told) < #require(printed))
    }
  }
}

@Suite("What wait all leaves", .timeLimit(.minutes(5)))
struct WaitAllTests {
  @Test("a wait all that ran out of time leaves the rest to the next wait")
  func timeout() async throws {
    let run = try await runShell(
      "submit gate g\nsubmit print x\nresult 2\nwait all -t 0\nopen g\nwait first\nwait all")
    #expect(
      run.output.hasSuffix(
        "done: none\nnot done: 1\ndone: 1\nnot done: none\ndone: none\nnot done: none\n"),
      "\(run.output)")
  }

  @Test("failures of tasks and of broken pools are told at the end")
  func unseen() async throws {
    let run = try await runShell(
      "submit fail a\nsubmit print x\npool new p -w 1 --initializer { fail b }\nsubmit print y\nwait"
    )
    #expect(run.status == 1)
    #expect(run.errors.hasSuffix("2 failures were never looked at: 1 3\n"), "\(run.errors)")
  }
}

@Suite struct LineBytesTests {
  @Test(arguments: [(1, "[1] é\n"), (9, "[9] é\n"), (10, "[10] é\n"), (100_203, "[100203] é\n")])
  func aLineHasItsNumber(id: Int, expected: String) {
    LineBytes.with(id: id, "é") { #expect(String(decoding: $0, as: UTF8.self) == expected) }
  }

  @Test func theLongestNumberFits() {
    LineBytes.with(id: .max, "") {
      #expect(String(decoding: $0, as: UTF8.self) == "[9223372036854775807] \n")
    }
  }
}

/// Lines that come together are one unit, and still each is read when its turn comes.
@Suite struct LineChunkTests {
  @Test func commandsOfOneChunkShareTheirUnit() throws {
    let chains = try parse("a\nb\n c")
    #expect(chains[0].unit === chains[1].unit)
    #expect(chains.map(\.line) == [1, 2, 3])
    #expect(chains.map { $0.unit.place(of: $0.chain.first.range.start).line } == [1, 2, 3])
  }

  @Test func aLongTextIsReadAcrossItsChunks() throws {
    let line = "print '" + String(repeating: "x", count: 97) + "\n'"
    let chains = try parse((1...500).map { "\(line) \($0)\n" }.joined())
    #expect(chains.count == 500)
    #expect(chains.map(\.line) == (1...500).map { 2 * $0 - 1 })
    for (index, chain) in chains.enumerated() {
      let last = chain.chain.first.arguments[2].range
      #expect(chain.unit.text(last) == "\(index + 1)")
      #expect(chain.unit.place(of: last.start).line == 2 * index + 2)
    }
  }

  @Test func aBadLineIsAnErrorWhenItsTurnComes() throws {
    var parser = Parser(source: TextSource(name: "test", bytes: Array("a\r\nb".utf8) + [0xFF, 10]))
    #expect(try parser.next()?.line == 1)
    #expect(throws: SyntaxError.self) { try parser.next() }
    parser.discardLine()
    #expect(try parser.next() == nil)
  }
}
