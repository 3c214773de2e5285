import ConcurrentFutures
import TestSupport
import Testing

/// The examples of the documentation's landing page, as they stand there.
@Suite("Documentation", .timeLimit(.minutes(5)))
struct DocumentationTests {
  private let urls = ["one", "two", "three"]

  private func readFile(_ path: String) throws -> String { "\(path)!" }
  private static func download(_ url: String) throws -> String { "\(url)!" }

  @Test("submit and result")
  func overview() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 8)
      let answer = try pool.submit { 6 * 7 }
      #expect(try answer.result() == 42)
      pool.shutdown()
    }
  }

  @Test("a scope in a task")
  func asyncScope() async throws {
    let path = "path"
    let size = try await withThreadPool(maxWorkers: 4) { pool in
      try await pool.submit { try readFile(path).count }.value
    }
    #expect(size == 5)
  }

  @Test("many at once")
  func many() async throws {
    let urls = urls
    try await onThread {
      let pages = OrderLog<Int>()
      try withThreadPool(maxWorkers: 10) { pool in
        // In input order.
        for result in try pool.map(urls, { try Self.download($0) }) {
          pages.append(try result.get().count)
        }

        // As they land.
        let futures = try urls.map { url in try pool.submit { try Self.download(url) } }
        for future in asCompleted(futures) {
          if let error = try future.exception() { Issue.record("\(error)") }
        }

        // The first one is enough.
        let (done, notDone) = wait(for: futures, until: .firstCompleted)
        for future in notDone { future.cancel() }
        #expect(done == futures)
      }
      #expect(pages.entries == [4, 4, 6])
    }
  }
}
