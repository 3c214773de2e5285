import Glibc
import TestSupport
import Testing

/// How the process refuses what it cannot do: one line on standard error, status 2, nothing run.
@Suite(.serialized, .fewAtOnce) struct RefusalTests {
  static let wrongOptions: [([String], String)] = [
    (["--bogus", "-c", "print x"], "unknown option --bogus"),
    (["--quite", "-c", "print x"], "unknown option --quite (did you mean --quiet?)"),
    (["-x"], "unknown option -x"),
    (["-c"], "--command needs COMMANDS"),
    (["-w", "0", "-c", "print x"], "--workers must be a whole number, at least 1, not 0"),
    (["-w", "-3", "-c", "print x"], "--workers must be a whole number, at least 1, not -3"),
    (["-w", "many", "-c", "print x"], "--workers must be a whole number, at least 1, not many"),
    (["-w", "2048", "-c", "print x"], "--workers must be at most 2047"),
    (["--json=yes", "-c", "print x"], "--json takes no value"),
    (["--on-error", "panic", "-c", "print x"], "--on-error is stop or continue, not panic"),
  ]

  @Test(arguments: wrongOptions)
  func refusesWrongOptions(_ arguments: [String], _ message: String) async throws {
    let run = try await run(Launch(arguments))
    #expect(run.outputBytes == [])
    #expect(run.errors.hasPrefix("poolsh: \(message)"), "\(run.errors)")
    #expect(run.errors.lines.count == 1)
    #expect(run.status == 2)
  }

  @Test func refusesAScriptThatIsNotThere() async throws {
    let run = try await poolsh("missing.poolsh")
    #expect(run.errors == "poolsh: missing.poolsh: No such file or directory\n")
    #expect(run.status == 2)
  }

  @Test func refusesADirectory() async throws {
    let run = try await poolsh("/tmp")
    #expect(run.errors == "poolsh: /tmp: Is a directory\n")
    #expect(run.status == 2)
  }

  /// For root there is no such file.
  @Test(.enabled(if: geteuid() != 0)) func refusesAScriptThatItMayNotRead() async throws {
    let folder = try Folder()
    let file = try folder.write("secret.poolsh", "print x\n", mode: 0)
    let run = try await poolsh(file)
    #expect(run.errors == "poolsh: \(file): Permission denied\n")
    #expect(run.status == 2)
  }

  /// The same for root, which is made somebody else.
  @Test(.enabled(if: geteuid() == 0)) func refusesRootsSecretsToOthers() async throws {
    let folder = try Folder()
    try folder.write("secret.poolsh", "print x\n", mode: 0o600)
    let run = try await shell(
      """
      cp "$(command -v poolsh)" poolsh && chmod 755 .
      exec setpriv --reuid 65534 --regid 65534 --clear-groups ./poolsh secret.poolsh
      """
    ) { $0.directory = folder.path }
    #expect(run.outputBytes == [])
    #expect(run.errors == "poolsh: secret.poolsh: Permission denied\n")
    #expect(run.status == 2)
  }
}
