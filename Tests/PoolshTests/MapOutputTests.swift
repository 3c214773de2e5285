import TestSupport
import Testing

/// What jobs write side by side: never mixed, each stream where it belongs, byte for byte.
@Suite(.serialized, .fewAtOnce) struct MapOutputTests {
  /// Writes lines to both streams with other jobs in between.
  private static let chatter =
    "for i in 1 2 3 4 5; do echo out {} $i; echo err {} $i >&2; sleep 0.002; done"

  @Test(arguments: [
    "", "--as-completed", "--tag", "--as-completed --tag --buffersize 5", "--buffersize 3",
  ])
  func isNeverMixed(_ options: String) async throws {
    let run = try await poolsh(
      "-w", "8", "-c", "map \(options) sh '\(Self.chatter)' ::: 1..30")
    #expect(run.status == 0)
    for (stream, text) in [("out", run.output), ("err", run.errors)] {
      let isTagged = options.contains("--tag")
      let lines = text.lines
      try #require(lines.count == 150)
      var jobs: [Int] = []
      for start in stride(from: 0, to: 150, by: 5) {
        let job = try #require(Int(lines[start].split(separator: " ").dropFirst().first ?? ""))
        let tag = isTagged ? "\(job)\t" : ""
        #expect(Array(lines[start..<start + 5]) == (1...5).map { "\(tag)\(stream) \(job) \($0)" })
        jobs.append(job)
      }
      #expect(jobs.sorted() == Array(1...30))
      if !options.contains("--as-completed") { #expect(jobs == Array(1...30)) }
    }
  }

  @Test(arguments: ["", "--as-completed", "--buffersize 2"])
  func isByteForByte(_ options: String) async throws {
    var generator = SeededGenerator(seed: 11)
    let folder = try Folder()
    var blocks: [[UInt8]] = []
    for number in 1...6 {
      blocks.append(
        (0..<(number * 40_000)).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
      try folder.write("\(number)", blocks[number - 1])
    }
    let run = try await poolsh("-w", "4", "-c", "map \(options) exec cat ::: 1..6") {
      $0.directory = folder.path
    }
    if !options.contains("--as-completed") { #expect(run.outputBytes == blocks.flatMap(\.self)) }
    // In whatever order, each is there as a whole.
    var rest = run.outputBytes[...]
    while let block = blocks.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(block.count)
      blocks.removeAll { $0 == block }
    }
    #expect(rest.isEmpty && blocks.isEmpty)
  }
}
