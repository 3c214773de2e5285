import ConcurrentFutures
import Foundation
import TestSupport
import Testing

// The README's library example, letter for letter from here
func squares() throws -> [Int] {
  try withThreadPool(maxWorkers: 4) { pool in
    // Python: pool.map(fn, range(5))
    try pool.map(0..<5) { $0 * $0 }.values()
  }
}

func firstOfTwo() throws -> String {
  let pool = try ThreadPoolExecutor(maxWorkers: 2, threadNamePrefix: "race")
  let held = Promise<Void>()
  let slow = try pool.submit {
    try held.future.result()
    return "slow"
  }
  let quick = try pool.submit { "quick" }
  quick.addDoneCallback { future in print("callback:", try future.result()) }

  let (done, notDone) = wait(for: [slow, quick], until: .firstCompleted)
  print("done: \(done.count), not done: \(notDone.count)")
  try held.setResult()
  for future in asCompleted(notDone) { print("then:", try future.result()) }
  pool.shutdown()
  return try done[0].result()
}

func fromATask() async throws -> Int {
  let pool = ThreadPoolExecutor()
  // Blocking work, off the cooperative pool.
  return try await pool.submit { 6 * 7 }.value
}
// to here.

@Suite("README", .timeLimit(.minutes(5)))
struct ReadmeTests {
  @Test("the library example is the code above")
  func exampleIsThisCode() throws {
    let here = try String(contentsOfFile: #filePath, encoding: .utf8)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let code = try #require(between("letter from here\n", "// to here.", in: here))
    let block = try #require(between("```swift\nimport ConcurrentFutures\n\n", "```", in: readme))
    #expect(code == block)
  }

  private func between(_ start: String, _ end: String, in text: String) -> String? {
    guard let first = text.range(of: start) else { return nil }
    guard let last = text.range(of: end, range: first.upperBound..<text.endIndex) else {
      return nil
    }
    return String(text[first.upperBound..<last.lowerBound])
  }

  @Test("the library example does what it says")
  func exampleWorks() async throws {
    let (numbers, winner) = try await onThread { (try squares(), try firstOfTwo()) }
    #expect(numbers == [0, 1, 4, 9, 16])
    #expect(winner == "quick")
    #expect(try await fromATask() == 42)
  }
}
