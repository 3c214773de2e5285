import Testing

@testable import PoolShell

/// How the process is called.
@Suite("Invocation")
struct InvocationTests {
  private func input(_ invocation: Invocation) -> String {
    switch invocation.input {
    case .standardInput: "stdin"
    case .file(let path): "file \(path)"
    case .text(let text): "text \(text)"
    }
  }

  @Test(
    "where commands come from, and the arguments",
    arguments: [
      ([], "stdin", []), (["-"], "stdin", []), (["-", "a"], "stdin", ["a"]),
      (["x"], "file x", []), (["x", "a", "b c"], "file x", ["a", "b c"]),
      (["x", "-w", "4", "--json", "--"], "file x", ["-w", "4", "--json", "--"]),
      (["-c", "print x"], "text print x", []),
      (["-c", "print $1", "a", "-b"], "text print $1", ["a", "-b"]),
      (["--command", "x"], "text x", []), (["--command=x y"], "text x y", []),
      (["-c", ""], "text ", []),
      (["-w", "4", "x"], "file x", []), (["-w4", "x"], "file x", []),
      (["--", "-x"], "file -x", []),
      (["--json", "-c", "x", "y"], "text x", ["y"]), (["--quiet"], "stdin", []),
      (["x", ""], "file x", [""]), (["-c", "$HOME {} *", "{}"], "text $HOME {} *", ["{}"]),
    ] as [([String], String, [String])])
  func inputs(words: [String], expected: String, arguments: [String]) throws {
    let invocation = try Invocation(words)
    #expect(input(invocation) == expected)
    #expect(invocation.arguments == arguments)
  }

  @Test("the settings")
  func settings() throws {
    let plain = try Invocation([]).settings
    #expect(plain.workers == nil && !plain.isJSON && !plain.isEchoing && !plain.isQuiet)
    #expect(plain.onError == .stop)
    let all = try Invocation(
      ["-w", "4", "--json", "--echo", "--quiet", "--on-error", "continue", "f"]).settings
    #expect(all.workers == 4 && all.isJSON && all.isEchoing && all.isQuiet)
    #expect(all.onError == .continue)
    #expect(plain.clock == .real)
    #expect(try Invocation(["--virtual-time", "f"]).settings.clock == .virtual)
    #expect(try Invocation(["--on_error=stop", "-q", "--workers=2047"]).settings.workers == 2047)
  }

  @Test("options that ask for one answer")
  func asking() throws {
    #expect(try Invocation(["--help"]).wantsHelp && Invocation(["-h"]).wantsHelp)
    #expect(try Invocation(["--version"]).wantsVersion && Invocation(["-V"]).wantsVersion)
    let none = try Invocation(["x", "--help", "--version"])
    #expect(!none.wantsHelp && !none.wantsVersion)
  }

  @Test(
    "what is wrong is one line that says so",
    arguments: [
      (["--nonsense"], "unknown option --nonsense"),
      (["--jsn"], "unknown option --jsn (did you mean --json?)"),
      (["-w"], "needs N"), (["-w", "0"], "at least 1, not 0"), (["-w", "x"], "not x"),
      (["-w", "-1"], "not -1"), (["-w", "2048"], "at most 2047"), (["-c"], "needs COMMANDS"),
      (["--on-error", "maybe"], "--on-error is stop or continue, not maybe"),
      (["--on-error"], "needs"),
      (["--json=yes"], "--json takes no value"),
      (["-x"], "unknown option -x"),
    ])
  func refused(words: [String], message: String) throws {
    let error = try #require(throws: ShellError.self) { try Invocation(words) }
    #expect(error.line.contains(message) && !error.line.contains("\n"), "\(error.line)")
  }

  @Test("help names every option, within 100 columns")
  func help() {
    let names = [
      "-c", "-w", "--json", "--echo", "--quiet", "--on-error", "--version", "--help",
    ]
    for option in names { #expect(Invocation.help.contains(option), "\(option) is not in --help") }
    for line in Invocation.help.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    #expect(Invocation.help.contains("130 interrupted"))
  }
}
