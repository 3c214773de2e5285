import TestSupport
import Testing

/// `poolsh test`: documents whose sessions are run.
@Suite(.fewAtOnce) struct TranscriptProgramTests {
  private func test(
    _ words: String..., in folder: Folder, before options: [String] = []
  ) async throws -> ProgramRun {
    try await run(Launch(options + ["test"] + words) { $0.directory = folder.path })
  }

  static let good = "# A\n\n```poolsh\n> submit return x; result 1\n[1] return x\nx\n```\n"
  static let bad = "# B\n\n```poolsh\n> print a\nb\n> print c\nc\n```\n"

  @Test func whatIsAsWrittenPasses() async throws {
    let folder = try Folder()
    try folder.write("a.md", Self.good)
    let run = try await test("a.md", in: folder)
    #expect(run.output == "1 file, 1 block, 1 command: all as written\n")
    #expect(run.errors == "" && run.status == 0)
  }

  @Test func aDifferenceIsShownWithFileAndLine() async throws {
    let folder = try Folder()
    try folder.write("a.md", Self.good)
    try folder.write("b.md", Self.bad)
    let run = try await test("b.md", "a.md", in: folder)
    #expect(
      run.output == """
        b.md:5: > print a
        -b
        +a
        2 files, 2 blocks, 3 commands: 1 difference

        """)
    #expect(run.errors == "" && run.status == 1)
  }

  @Test func anUpdateWritesWhatCame() async throws {
    let folder = try Folder()
    try folder.write("b.md", Self.bad, mode: 0o640)
    let run = try await test("--update", "b.md", in: folder)
    #expect(run.output == "b.md: 1 answer rewritten\n1 file, 1 block, 2 commands: all as written\n")
    #expect(run.status == 0)
    #expect(try folder.text("b.md") == Self.bad.replacing("\nb\n", with: "\na\n"))
    #expect(try Folder.names(in: folder.path) == ["b.md"])
    let again = try await test("b.md", "--update", in: folder)
    #expect(again.output == "1 file, 1 block, 2 commands: all as written\n")
  }

  @Test func whatCannotBeRunIsToldAndTheRestIsRun() async throws {
    let folder = try Folder()
    try folder.write("a.md", Self.good)
    try folder.write("x.md", "```poolsh vrtual\n> a\n```\n```poolsh\n> b\n")
    let run = try await test("x.md", "none.md", ".", "a.md", in: folder)
    #expect(
      run.output == """
        x.md:1: error: unknown word vrtual behind the tag (did you mean virtual?)
        x.md:4: error: this block is not closed
        4 files, 1 block, 1 command: 3 files that cannot be run

        """)
    #expect(
      run.errors == "error: none.md: No such file or directory\nerror: .: Is a directory\n")
    #expect(run.status == 2)
  }

  @Test func aBlockThatHangsLosesNobodyElse() async throws {
    let folder = try Folder()
    try folder.write("h.md", "```poolsh\n> wait\n> sleep 1h\n```\n" + Self.bad)
    let run = try await test("--timeout", "0.5", "h.md", in: folder)
    #expect(
      run.output == """
        h.md:2: > wait
        +done: none
        +not done: none
        h.md:3: error: the block takes more than 0.5s; it had come to this
        h.md:9: > print a
        -b
        +a
        1 file, 2 blocks, 3 commands: 2 differences, 1 error

        """)
    #expect(run.status == 1)
  }

  @Test func programsThatHangAreGoneAfterwards() async throws {
    let folder = try Folder()
    try folder.write("h.md", "```poolsh\n> exec sh -c 'echo $$ > pid; exec sleep 1000'\n```\n")
    let run = try await test("--timeout", "1", "h.md", in: folder)
    #expect(run.status == 1)
    let process = try folder.text("pid").filter(\.isNumber)
    let look = try await shell("kill -0 \(process) 2>/dev/null && echo there || echo gone")
    #expect(look.output == "gone\n")
  }

  @Test func answersAreObjectsIfThatIsWanted() async throws {
    let folder = try Folder()
    try folder.write("b.md", Self.bad)
    let run = try await test("b.md", "none.md", in: folder, before: ["--json"])
    #expect(
      run.lines == [
        #"{"file":"b.md","line":5,"command":"print a","diff":["-b","+a"]}"#,
        #"{"files":2,"blocks":1,"skipped":0,"commands":2,"differences":1,"errors":0,"unreadable":1}"#,
      ])
    #expect(run.errors == #"{"error":"none.md: No such file or directory"}"# + "\n")
  }

  @Test func coloursTellWhatIsMissingFromWhatCame() async throws {
    let folder = try Folder()
    try folder.write("b.md", Self.bad)
    let run = try await test("b.md", in: folder, before: ["--color", "always"])
    #expect(
      run.lines.prefix(3) == [
        "\u{1B}[1mb.md:5:\u{1B}[0m > print a", "\u{1B}[31m-b\u{1B}[0m", "\u{1B}[32m+a\u{1B}[0m",
      ])
  }

  @Test func badCallsAreRefused() async throws {
    let folder = try Folder()
    let usage = "(usage: poolsh test [--update] [--timeout D] FILE…)"
    let cases: [([String], String)] = [
      ([], "poolsh: test: FILE is missing \(usage)\n"),
      (["--updat", "a"], "poolsh: test: unknown option --updat (did you mean --update?)\n"),
      (
        ["--timeout", "x", "a"],
        "poolsh: test: x is not a duration (such as 0.5, 500ms, 2s or 1m) \(usage)\n"
      ),
    ]
    for (words, error) in cases {
      let run = try await run(Launch(["test"] + words) { $0.directory = folder.path })
      #expect(run.errors == error && run.output == "" && run.status == 2)
    }
    for option in ["--quiet", "--echo", "--virtual-time"] {
      let run = try await test("a", in: folder, before: [option])
      #expect(run.errors.contains("only -w, --json and --color mean anything"))
      #expect(run.status == 2)
    }
  }

  @Test func aReportThatIsLostIsNoPass() async throws {
    let folder = try Folder()
    try folder.write("a.md", Self.good)
    let run = try await run(
      Launch(["test", "a.md"]) {
        $0.directory = folder.path
        $0.output = .path("/dev/full")
      })
    #expect(run.errors.hasPrefix("poolsh: cannot write to standard output: ") && run.status == 2)
  }

  @Test func theHelpTellsIt() async throws {
    #expect(try await poolsh("--help").output.contains("poolsh test --help"))
    let help = try await poolsh("test", "--help")
    for word in ["--update", "--timeout", "continue", "fails", "skip", "unordered", "virtual"] {
      #expect(help.output.contains(word))
    }
    #expect(help.status == 0 && help.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func aScriptOfThatNameCanStillBeRun() async throws {
    let folder = try Folder()
    try folder.write("test", "print from a script: $@\n")
    let script = try await run(Launch(["./test", "a.md"]) { $0.directory = folder.path })
    #expect(script.output == "from a script: a.md\n")
    let document = try await test("none.md", in: folder)
    #expect(document.status == 2)
    let argument = try await poolsh("-c", "print $1", "test")
    #expect(argument.output == "test\n")
  }
}
