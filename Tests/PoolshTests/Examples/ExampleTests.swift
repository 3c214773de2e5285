import Glibc
import TestSupport
import Testing

/// Every script under `examples/` does what its comment says.
@Suite(.serialized, .fewAtOnce) struct ExampleTests {
  static let expectations: [String: Expectation] =
    Expectation.patterns.merging(Expectation.configuring) { $1 }
    .merging(Expectation.futures) { $1 }
    .merging(Expectation.callbacks) { $1 }
    .merging(Expectation.exceptions) { $1 }

  /// Those that need arguments.
  static let testedElsewhere = [
    "download-as-completed", "download-serial", "download-submit", "hash-files",
  ]

  @Test func everyScriptIsTested() throws {
    #expect(try ExamplesFolder.scripts == (Self.expectations.keys + Self.testedElsewhere).sorted())
  }

  @Test(arguments: expectations.keys.sorted())
  func doesWhatItsCommentSays(_ name: String) async throws {
    let run = try await poolsh("\(name).poolsh") { $0.directory = ExamplesFolder.path }
    let expectation = try #require(Self.expectations[name])
    expectation.check(run)
  }

  @Test func aPoolHasAsManyWorkersAsInPython() async throws {
    let run = try await shell("poolsh configure-workers.poolsh; nproc") {
      $0.directory = ExamplesFolder.path
    }
    let processors = try #require(run.lines.last.flatMap { Int($0) })
    #expect(run.lines.first.map(Expectation.workerCount) == min(32, processors + 4))
  }

  @Test(arguments: try ExamplesFolder.scripts)
  func tellsWhatItIsAbout(_ name: String) throws {
    let lines = try ExamplesFolder.lines(of: name)
    #expect(lines.first == "#!/usr/bin/env poolsh")
    #expect(lines.dropFirst().prefix(2).allSatisfy { $0.hasPrefix("# ") })
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(access(ExamplesFolder.path(of: name), X_OK) == 0)
  }
}
