import TestSupport
import Testing

/// Scripts that are wrong, from outside: what is right before the error runs, the place is told, status 3.
@Suite(.serialized, .fewAtOnce) struct BadInputTests {
  static let brokenTexts: [(String, String, String)] = [
    (
      "an open quote", "print a\nprint b \"x\ny",
      "2:9: error: this quote is never closed\n  print b \"x\n          ^\n"
    ),
    (
      "an open block", "print a\nfor i in 1..3 {\n  print $i\n",
      "2:15: error: this block is never closed\n  for i in 1..3 {\n                ^\n"
    ),
    (
      "an open substitution", "print a\nprint $(print b\n",
      "2:7: error: this '$(' is never closed\n  print $(print b\n        ^\n"
    ),
    (
      "an open quote in an open block", "print a\nwith pool {\n  print 'x\n",
      "3:9: error: this quote is never closed\n    print 'x\n          ^\n"
    ),
    (
      "a brace too many", "print a\n}\n",
      "2:1: error: "
    ),
    (
      "a pipe", "print a\nprint é b | sort\n",
      "2:11: error: "
    ),
    (
      "an unknown command", "print a\nsumbit sleep 1\n",
      "2:1: error: unknown command sumbit (did you mean submit?)\n  sumbit sleep 1\n  ^\n"
    ),
    (
      "an unknown command in a block", "print a\nfor i in 1 {\n\tpirnt $i\n}",
      "3:2: error: unknown command pirnt (did you mean print?)\n  \tpirnt $i\n  \t^\n"
    ),
    (
      "an unknown option", "print a\nsubmit --lable x sleep 1\n",
      "2:8: error: submit: unknown option --lable"
    ),
    (
      "a name that is not set", "print a\nprint \"b $missing\"\n",
      "2:10: error: $missing is not set"
    ),
  ]

  @Test(arguments: brokenTexts)
  func tellsThePlace(_ what: String, _ text: String, _ message: String) async throws {
    let folder = try Folder()
    try folder.write("broken.poolsh", text)
    let run = try await poolsh("broken.poolsh") { $0.directory = folder.path }
    #expect(run.output == "a\n")
    #expect(run.errors.hasPrefix("broken.poolsh:\(message)"), "\(run.errors)")
    #expect(run.status == 3)
  }

  @Test func theSameFromAPipeAndFromAnOption() async throws {
    let piped = try await shell("printf 'print a\\nprint \"x\\n' | poolsh")
    #expect(piped.output == "a\n")
    #expect(piped.errors.lines.first == "stdin:2:7: error: this quote is never closed")
    #expect(piped.status == 3)
    let option = try await poolsh(commands: "print a\nprint \"x\n")
    #expect(option.output == "a\n")
    #expect(option.errors.lines.first == "-c:2:7: error: this quote is never closed")
    #expect(option.status == 3)
  }

  static let wrongBytes: [([UInt8], String)] = [
    (Array("print a\nprint \u{e9}".utf8) + [0xFF, 0x0A], "2:8: error: invalid UTF-8 (byte 0xFF)"),
    (Array("print a\nprint b\0c\n".utf8), "2:8: error: NUL byte"),
    (Array("print a\n# ".utf8) + [0xC3, 0x28, 0x0A], "2:3: error: invalid UTF-8 (byte 0xC3)"),
    (Array("print a\nprint 'x\n".utf8) + [0x80] + Array("'\n".utf8), "3:1: error: invalid UTF-8"),
  ]

  @Test(arguments: wrongBytes)
  func refusesBytesThatAreNoText(_ text: [UInt8], _ message: String) async throws {
    let folder = try Folder()
    try folder.write("bytes.poolsh", text)
    let run = try await poolsh("bytes.poolsh") { $0.directory = folder.path }
    #expect(run.output == "a\n")
    #expect(run.errors.hasPrefix("bytes.poolsh:\(message)"), "\(run.errors)")
    #expect(run.status == 3)
  }

  @Test func takesABinaryFileForNoScript() async throws {
    let run = try await poolsh("/usr/bin/env")
    #expect(run.outputBytes == [])
    #expect(run.errors.hasPrefix("/usr/bin/env:1:"))
    #expect(run.errors.utf8.count < 2000)
    #expect(run.status == 3)
  }

  @Test func takesALineOfAMegabyte() async throws {
    let folder = try Folder()
    let word = String(repeating: "é", count: 500_000)
    try folder.write("long.poolsh", "print \(word) end\nprint $#\n")
    let run = try await poolsh(folder("long.poolsh"))
    #expect(run.output == "\(word) end\n0\n")
    #expect(run.status == 0)
  }

  @Test func showsOnlyTheMiddleOfALineOfAMegabyte() async throws {
    let folder = try Folder()
    let word = String(repeating: "x", count: 1_000_000)
    try folder.write("long.poolsh", "print \(word) $missing \(word)\n")
    let run = try await poolsh("long.poolsh") { $0.directory = folder.path }
    #expect(run.errors.hasPrefix("long.poolsh:1:1000008: error: $missing is not set"))
    #expect(run.errors.contains("x $missing x"))
    #expect(run.errors.utf8.count < 1000)
    #expect(run.status == 3)
  }

  @Test func takesWindowsTextFiles() async throws {
    let run = try await shell("printf '\\357\\273\\277print one\\r\\nprint two\\r\\n' | poolsh")
    #expect(run.output == "one\ntwo\n")
    #expect(run.status == 0)
  }

  /// Deeper than the language allows is an error; it takes no stack that is not there.
  @Test func refusesEndlessNesting() async throws {
    let run = try await shell(
      "{ echo 'print a'; yes '{' | head -100000 | tr '\\n' ' '; } | poolsh")
    #expect(run.output == "a\n")
    #expect(run.errors.contains("error: ") && run.errors.contains("200"))
    #expect(run.status == 3)
  }
}
