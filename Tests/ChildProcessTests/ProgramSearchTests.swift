import ChildProcess
import TestSupport
import Testing

@Suite struct ProgramSearchTests {
  @Test func firstExecutableFileInPath() async throws {
    let first = try TemporaryDirectory()
    let second = try TemporaryDirectory()
    _ = try first.write("tool", "#!/bin/sh\necho not executable\n")
    _ = try second.write("tool", "#!/bin/sh\necho second\n", mode: 0o755)
    let path = "PATH=/nosuch:\(first.path):\(second.path)"
    #expect(try await run("tool") { $0.environment = [path] }.output.text == "second\n")
  }

  @Test func directoryInPathIsNotTaken() async throws {
    let first = try TemporaryDirectory()
    let second = try TemporaryDirectory()
    _ = try await run("mkdir", [first("tool")])
    _ = try second.write("tool", "#!/bin/sh\necho second\n", mode: 0o755)
    let path = "PATH=\(first.path):\(second.path)"
    #expect(try await run("tool") { $0.environment = [path] }.output.text == "second\n")
  }

  @Test func environmentWithoutPath() async throws {
    #expect(try await run("true") { $0.environment = ["A=1"] }.status == .exited(0))
  }

  /// An empty entry is the current directory: the child's.
  @Test(arguments: ["", ".", "/nosuch:"]) func relativeEntries(path: String) async throws {
    let directory = try TemporaryDirectory()
    _ = try directory.write("tool", "#!/bin/sh\necho here\n", mode: 0o755)
    let outcome = try await run("tool") {
      $0.environment = ["PATH=\(path)"]
      $0.directory = directory.path
    }
    #expect(outcome.output.text == "here\n")
  }

  @Test func relativeProgramIsSeenFromTheDirectory() async throws {
    let directory = try TemporaryDirectory()
    _ = try directory.write("tool", "#!/bin/sh\necho here\n", mode: 0o755)
    let outcome = try await run("./tool") { $0.directory = directory.path }
    #expect(outcome.output.text == "here\n")
  }

  @Test func scriptWithoutAnInterpreterLine() async throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("script", "echo \"$0\" \"$1\"\nexit 4\n", mode: 0o755)
    let outcome = try await run(file, ["a b"])
    #expect(outcome.output.text == "\(file) a b\n")
    #expect(outcome.status == .exited(4))
    let found = try await run("script", ["c"]) {
      $0.environment = ["PATH=."]
      $0.directory = directory.path
    }
    #expect(found.output.text == "./script c\n")
  }
}
