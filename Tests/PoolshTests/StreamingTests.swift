import Glibc
import TestSupport
import Testing

/// `map … :::: -` while its input is still being written, and with more of it than fits anywhere.
@Suite(.serialized, .fewAtOnce) struct StreamingTests {
  /// The writer of the input waits for the answer to each line before it writes the next.
  @Test(arguments: ["", "--buffersize 4", "--as-completed"])
  func answersEachLineBeforeTheNext(_ options: String) async throws {
    let run = try await shell(
      """
      mkfifo answers
      exec 3<> answers
      for item in a b c; do echo $item; read answer <&3; done |
        poolsh -c 'map \(options) print got :::: -' | tee answers
      """)
    #expect(run.output == "got a\ngot b\ngot c\n")
    #expect(run.status == 0)
  }

  @Test func takesAnEndlessInput() async throws {
    let run = try await shell(
      "yes x | poolsh -c 'map --buffersize 16 print :::: -' | head -2000 | uniq -c")
    #expect(run.lines.map { $0.split(separator: " ").joined(separator: " ") } == ["2000 x"])
  }

  /// From where standard input stands, not from the beginning of the file that it is.
  @Test func goesOnWhereTheInputStands() async throws {
    let run = try await shell(
      "printf 'a\\nb\\nc\\n' > items; { read first; poolsh -c 'map print :::: -'; } < items")
    #expect(run.output == "b\nc\n")
  }

  /// With as many records as there are lines it would.
  @Test(arguments: ["print", "exec true", "--as-completed --tag print"])
  func doesNotGrowWithTheInput(_ command: String) async throws {
    let isProgram = command.hasPrefix("exec")
    let few = try await peak(of: isProgram ? 200 : 3_000, command)
    let many = try await peak(of: isProgram ? 1_200 : 30_000, command)
    // In KiB; 27,000 records took 20 MiB.
    #expect(many < few + 4_096, "\(few) KiB for few lines, \(many) KiB for many")
  }

  /// The most memory that poolsh had while it mapped so many lines, in KiB; the last job reads it.
  private func peak(of lines: Int, _ command: String) async throws -> Int {
    let run = try await shell(
      """
      seq \(lines) | poolsh -w 4 -c "map --buffersize 64 \(command) :::: -
      sh 'grep VmHWM /proc/\\$PPID/status'" | tail -1
      """)
    let number = run.output.split(separator: " ").compactMap { Int($0) }.first
    return try #require(number, "\(run)")
  }

  @Test func controlCEndsTheWaitForInput() async throws {
    try await onThread {
      let folder = try Folder()
      let path = folder("items")
      guard mkfifo(path, 0o600) == 0 else { throw SystemCallFailed("mkfifo") }
      let terminal = try Terminal()
      try terminal.expect("> ")
      try terminal.type("map print got :::: \(path)\n")
      let writer = open(path, O_WRONLY | O_CLOEXEC)
      defer { close(writer) }
      try #require(write(writer, "a\n", 2) == 2)
      try terminal.expect("got a\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("interrupted\n> ")
      try terminal.check("print next", answers: "next\n")
      // What is typed is an input like any other, and nothing of it is lost.
      try terminal.type("map print got :::: -\nb\n")
      try terminal.expect("got b\n")
      try terminal.type(Terminal.controlC)
      try terminal.expect("interrupted\n> ")
      try terminal.check("print next", answers: "next\n")
    }
  }
}
