import FoundationEssentials
import LineEditing
import Testing
import TestSupport

/// Several sessions at once.
///
/// Each has the file open for itself, so threads are to each other what processes are.
@Suite struct HistoryFileSharingTests {
  private let folder = TemporaryFolder()

  private var path: String { folder.path + "/history" }

  private func lines() throws -> [String] {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test func everyCommandIsThereOnceAndWhole() async throws {
    let path = path
    let rounds = TestEnvironment.rounds(100)
    let failures = OrderLog<String>()
    try await onThread {
      try inLockstep(threads: 4, rounds: rounds) { thread, round in
        do {
          // Of many lengths, so that what is torn cannot fit together again.
          let text = String(repeating: "\(thread)", count: 1 + round * 37 % 5_000)
          try HistoryFile(path: path).append("\(thread) \(round) \(text)")
        } catch {
          failures.append("\(error)")
        }
      }
    }
    #expect(failures.entries == [])
    let lines = try lines().dropFirst()
    let expected = (0..<4).flatMap { thread in
      (0..<rounds).map { round in
        "\(thread) \(round) " + String(repeating: "\(thread)", count: 1 + round * 37 % 5_000)
      }
    }
    #expect(lines.sorted() == expected.sorted())
  }

  /// While one session writes the file anew, the others go on adding: to the new one.
  @Test func nothingIsLostWhenTheFileIsWrittenAnew() async throws {
    let path = path
    let (limit, rounds) = (400, TestEnvironment.rounds(300, sanitized: 60))
    let failures = OrderLog<String>()
    try await onThread {
      try inLockstep(threads: 4, rounds: rounds) { thread, round in
        do {
          let file = HistoryFile(path: path, limit: limit)
          if thread == 0 {
            for _ in 0..<20 { try file.append("again and again") }
            _ = try file.load()
          } else if round.isMultiple(of: 3) {
            try file.append("\(thread) \(round)")
          }
        } catch {
          failures.append("\(error)")
        }
      }
    }
    #expect(failures.entries == [])
    let entries = try HistoryFile(path: path, limit: limit).load()
    let expected = (1..<4).flatMap { thread in
      stride(from: 0, to: rounds, by: 3).map { "\(thread) \($0)" }
    }
    #expect(entries.filter { $0 != "again and again" }.sorted() == expected.sorted())
    #expect(try lines().count < rounds * 20, "the file was written anew")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["history"])
  }
}
