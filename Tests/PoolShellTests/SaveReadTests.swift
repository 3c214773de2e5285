import Testing

@testable import PoolShell

/// `save` and `read`: exact bytes.
@Suite("save and read", .timeLimit(.minutes(5)))
struct SaveReadTests {
  @Test("read gives the bytes of a file")
  func read() async throws {
    let folder = try TemporaryFolder()
    for bytes in [[], [10], Array("a\nb".utf8), Array(UInt8.min...UInt8.max)] {
      let path = try folder.write("file", bytes)
      let shell = ShellUnderTest()
      let run = try await runShell("read \(path)", in: shell) { _ in }
      #expect(shell.output.bytes == bytes && run.status == 0)
    }
    let text = try folder.write("text", "a b\nc\n\n")
    try await expectShell("let x = $(read \(text))\nprint \"<$x>\"", "<a b\nc>")
    try await expectShell("for l in $(read \(text)) { print \"<$l>\" }", "<a b>\n<c>")
  }

  @Test(
    "save writes a value: bytes exactly, text as a line",
    arguments: [
      ("return 'a b'", "a b\n"), ("return", ""), ("sleep 0", ""), ("sh 'printf \"a\\nb\"'", "a\nb"),
      ("exec printf '\\n\\n'", "\n\n"), ("sh ':'", ""), ("fibonacci 10", "55\n"),
      ("return ''", "\n"),
      ("{ submit return x ::: 1..2 }", "2 3\n"), ("read /dev/null", ""),
    ])
  func save(command: String, content: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("out", "something longer that was there before\n")
    let run = try await runShell("submit \(command)\nsave 1 \(path)")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
    #expect(String(decoding: try folder.bytes("out"), as: UTF8.self) == content)
  }

  @Test("save writes every byte there is")
  func saveBytes() async throws {
    let folder = try TemporaryFolder()
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write("in", bytes)
    try await expectShell(
      "set quiet on\nsubmit read \(path)\nsubmit exec cat \(path)\nsave 1 \(path).1\n"
        + "save last \(path).2"
    )
    #expect(try folder.bytes("in.1") == bytes)
    #expect(try folder.bytes("in.2") == bytes)
  }

  @Test("save waits for the future, and raises its failure")
  func waits() async throws {
    let folder = try TemporaryFolder()
    let out = folder.file("out")
    try await expectShell(
      """
      set quiet on
      submit { gate g; return late }
      submit open g
      save 1 \(out)
      read \(out)
      submit fail boom
      try { save last \(out) } catch { print $error }
      read \(out)
      """, "late\nboom\nlate")
  }

  @Test(
    "files that cannot be read or written",
    arguments: [
      ("read /no/such", "/no/such: No such file or directory"), ("read /", "/: Is a directory"),
      ("save 1 /no/such/file", "/no/such/file: No such file or directory"),
      ("save 1 /", "/: Is a directory"), ("save 1 /dev/full", "/dev/full: No space left on device"),
      ("save 1 ''", "[..]: No such file or directory"),
      ("read ''", "[..]: No such file or directory"),
    ])
  func unreachable(command: String, message: String) async throws {
    try await expectShell(
      "let id = $(submit return x); let w = $(wait)\n\(command)",
      errors: "-c:2:1: error: \(message)\n  \(command)\n  ^", status: 3)
    try await expectShell(
      "let id = $(submit return x)\nsubmit \(command)\nexception 2", "[2] \(command)\n\(message)")
  }
}
