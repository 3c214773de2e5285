import Testing
import TestSupport

/// The guide's three ways to download ten pages, against a server on this machine.
///
/// One page is missing and one never comes.
@Suite(.fewAtOnce) struct DownloadExampleTests {
  private static let names = [
    "concurrency", "concurrent", "concurrent.futures", "threading", "multiprocessing",
    "multiprocessing.shared_memory", "subprocess", "queue", "sched", "contextvars",
  ]
  private static let missing = "subprocess"
  private static let silent = "queue"

  @Test func oneAfterTheOther() async throws {
    let (run, log, _) = try await download("download-serial", together: 1)
    #expect(run.lines == Self.names.map(run.expectedLine))
    #expect(log.paths == Self.names.map { "/\($0).html" })
    #expect(log.mostAtOnce == 1)
  }

  @Test(arguments: ["download-submit", "download-as-completed"])
  func allAtOnce(_ script: String) async throws {
    let (run, log, _) = try await download(script, together: 10)
    #expect(run.lines.sorted() == Self.names.map(run.expectedLine).sorted())
    #expect(log.paths.sorted() == Self.names.map { "/\($0).html" }.sorted())
    #expect(log.mostAtOnce == 10)
  }

  /// What a run has said and left behind, beside the common checks.
  private struct Download: Sendable {
    let lines: [String]
    let address: String

    func expectedLine(_ name: String) -> String {
      let url = "\(address)/\(name).html"
      return [missing, silent].contains(name)
        ? ">Error downloading \(url)" : ">Saved \(url) to saved/\(name).html"
    }
  }

  private func download(
    _ script: String, together: Int
  ) async throws -> (Download, ServerLog, Folder) {
    let pages = Self.pages
    return try await onThread {
      let server = try LoopbackServer(pages, together: together)
      defer { server.stop() }
      let folder = try Folder()
      let launch = Launch([ExamplesFolder.path(of: script), server.address, "saved"]) {
        $0.directory = folder.path
      }
      let run = try RunningProgram(launch).wait()
      #expect(run.status == 0)
      #expect(run.errors == "")
      try checkFiles(folder, pages)
      return (Download(lines: run.lines, address: server.address), server.log, folder)
    }
  }

  /// What was served is there byte for byte, and nothing else.
  private func checkFiles(_ folder: Folder, _ pages: [String: LoopbackServer.Page]) throws {
    let files = Self.names.filter { $0 != Self.missing && $0 != Self.silent }.map { "\($0).html" }
    #expect(try Folder.names(in: folder("saved")) == files.sorted())
    for file in files {
      guard case .bytes(let bytes)? = pages["/\(file)"] else { continue }
      #expect(try folder.bytes("saved/\(file)") == bytes, "\(file)")
    }
  }

  /// Pages of many sizes, of bytes that are no text.
  private static let pages: [String: LoopbackServer.Page] = {
    var generator = SeededGenerator(seed: 1)
    var pages: [String: LoopbackServer.Page] = ["/\(silent).html": .silence]
    for (index, name) in names.enumerated() where name != missing && name != silent {
      let count = index * 40_000 + 1
      let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      pages["/\(name).html"] = .bytes(bytes)
    }
    return pages
  }()
}
