import Testing

@testable import PoolShell

/// `:::: FILE`: an item per line, taken as it is.
@Suite("map: lines of files", .timeLimit(.minutes(5)))
struct MapFileTests {
  private func output(_ text: String) async throws -> String {
    let folder = try TemporaryFolder()
    let path = try folder.write("items", text)
    let run = try await runShell("map print '<{}>' :::: \(path)")
    #expect(run.status == 0 && run.errors.isEmpty)
    return run.output
  }

  @Test("a line is an item as it stands: no pattern, no range, no quotes, no comment")
  func lines() async throws {
    #expect(try await output("a\nb\n") == "<a>\n<b>\n")
    #expect(try await output("a\nb") == "<a>\n<b>\n")
    #expect(try await output("") == "")
    #expect(try await output("\n\n") == "<>\n<>\n")
    let odd = [
      "1..3", "*", " a  b ", "$HOME", "$(fail x)", "# c", "'q", "::: -- --zip", "{}", "é🙂",
    ]
    let expected = odd.map { "<\($0)>\n" }.joined()
    #expect(try await output(odd.joined(separator: "\n")) == expected)
  }

  @Test("several files, several lists")
  func several() async throws {
    let folder = try TemporaryFolder()
    let one = try folder.write("one", "a\nb\n")
    let two = try folder.write("two", "c\n")
    try await expectShell("map print :::: \(one) \(two)", "a\nb\nc")
    try await expectShell("map print :::: \(folder.path)/*", "a\nb\nc")
    try await expectShell("map --zip print :::: \(one) ::: 1..9", "a 1\nb 2")
    try await expectShell("map --cross print ::: 1 2 :::: \(one)", "1 a\n1 b\n2 a\n2 b")
    try await expectShell("let f = \(two)\nsubmit return x :::: $f", "[1] return x c")
  }

  @Test("what is no file of text is an error that names it")
  func errors() async throws {
    let folder = try TemporaryFolder()
    let binary = try folder.write("binary", [0x61, 0xFF, 0x0A])
    let zero = try folder.write("zero", [0x61, 0x00, 0x0A])
    for (path, reason) in [
      ("/no/such", "No such file or directory"), (folder.path, "Is a directory"),
      (binary, "not a text file (invalid UTF-8 or NUL bytes)"),
      (zero, "not a text file (invalid UTF-8 or NUL bytes)"),
    ] {
      let run = try await runShell("map print :::: \(path)")
      #expect(run.errors.hasPrefix("-c:1:"), "\(run.errors)")
      #expect(run.errors.contains("\(path): \(reason)"), "\(run.errors)")
      #expect(run.output.isEmpty && run.status == 3)
    }
  }

  @Test("`-` is an error if the script itself is standard input")
  func standardInput() async throws {
    let shell = ShellUnderTest(readsScriptFromStandardInput: true)
    let run = try await runShell("map print :::: -", in: shell) { _ in }
    #expect(
      Expected.matches(
        run.errors,
        "-c:1:16: error: map: standard input is the script itself [..]\n[..]\n[..]\n"))
    #expect(run.status == 3)
  }
}
