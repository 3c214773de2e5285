import ChildProcess
import Glibc
import TestSupport
import Testing

@Suite(.fewAtOnce) struct SpawnErrorTests {
  @Test func programThatIsNotThere() async throws {
    try await expect("nosuch: command not found", ENOENT, "nosuch")
    try await expect("/nosuch/x: no such file", ENOENT, "/nosuch/x")
    try await expect("'': command not found", ENOENT, "")
    try await expect("/etc/passwd/x: cannot start: Not a directory", ENOTDIR, "/etc/passwd/x")
  }

  @Test func directoryIsNoProgram() async throws {
    try await expect("/tmp: is a directory", EACCES, "/tmp")
  }

  @Test func fileThatIsNotExecutable() async throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("x.sh", "echo\n")
    try await expect("\(file): permission denied", EACCES, file)
    let path = directory.path
    try await expect("x.sh: permission denied", EACCES, "x.sh") {
      $0.environment = ["PATH=\(path)"]
    }
  }

  @Test func interpreterThatIsNotThere() async throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("x", "#!/nosuch/interpreter\n", mode: 0o755)
    try await expect("\(file): its interpreter was not found", ENOENT, file)
  }

  @Test func binaryThatIsNoProgram() async throws {
    let directory = try TemporaryDirectory()
    let file = directory("x")
    _ = try await sh("printf 'a\\0b\\n' > '\(file)'; chmod +x '\(file)'")
    try await expect("\(file): cannot execute this binary file", ENOEXEC, file)
  }

  @Test func directoryToStartIn() async throws {
    try await expect("cannot start in /nodir: no such directory", ENOENT, "true") {
      $0.directory = "/nodir"
    }
    try await expect("cannot start in /nodir: no such directory", ENOENT, "/bin/true") {
      $0.directory = "/nodir"
    }
    try await expect("cannot start in /etc/passwd: not a directory", ENOTDIR, "true") {
      $0.directory = "/etc/passwd"
    }
  }

  @Test func inputFile() async throws {
    let message = "cannot open input file /nosuch: No such file or directory"
    try await expect(message, ENOENT, "cat") { $0.input = .file("/nosuch") }
  }

  @Test func tooManyArguments() async throws {
    try await expect("true: argument list too long", E2BIG, "true") {
      $0.arguments = [String(repeating: "x", count: 10_000_000)]
    }
  }

  /// C would end the argument there.
  @Test func nullByte() async throws {
    try await expect("echo: an argument contains a null byte", EINVAL, "echo") {
      $0.arguments = ["a\0b"]
    }
  }

  private func expect(
    _ message: String, _ code: Int32, _ program: String,
    _ change: @escaping @Sendable (inout ChildCommand) -> Void = { _ in },
    at location: SourceLocation = #_sourceLocation
  ) async throws {
    let error = await #expect(throws: SpawnError.self, sourceLocation: location) {
      try await run(program, [], change)
    }
    #expect(error?.message == message, sourceLocation: location)
    #expect(error?.code == code, sourceLocation: location)
  }
}
