import Testing

@testable import LineEditing

/// Text that waits, taken by whole lines.
@Suite struct LineQueueTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func append(_ text: String, to queue: inout LineQueue) {
    Array(text.utf8).withUnsafeBytes { queue.append($0) }
  }

  @Test func wholeLinesAreTaken() {
    var queue = LineQueue()
    append("one\ntwo\nth", to: &queue)
    #expect(queue.hasLine)
    #expect(text(queue.takeLines(about: 100)) == "one\ntwo\n")
    #expect(!queue.hasLine)
    #expect(queue.takeLines(about: 100) == [])
    append("ree", to: &queue)
    #expect(!queue.hasLine)
    queue.endLine()
    queue.endLine()
    #expect(text(queue.takeLines(about: 100)) == "three\n")
    #expect(queue.count == 0)
  }

  @Test func notMuchMoreThanWantedIsTaken() {
    var queue = LineQueue()
    append("one\ntwo\nthree\nfo", to: &queue)
    #expect(text(queue.takeLines(about: 2)) == "one\n")
    #expect(text(queue.takeLines(about: 4)) == "two\nthree\n")
    #expect(text(queue.takeAll()) == "fo")
    #expect(queue.takeAll() == [])
    append("x\n", to: &queue)
    #expect(text(queue.takeLines(about: 1)) == "x\n")
  }

  @Test(arguments: 1..<12)
  func whateverThePiecesNothingIsLost(wanted: Int) {
    var (queue, taken, expected) = (LineQueue(), "", "")
    for number in 0..<200 {
      let line = String(repeating: "\(number)", count: number % 5) + "\n"
      append(line, to: &queue)
      expected += line
      if number % 3 == 0 { taken += text(queue.takeLines(about: wanted)) }
    }
    while queue.hasLine { taken += text(queue.takeLines(about: wanted)) }
    #expect(taken == expected)
  }
}
