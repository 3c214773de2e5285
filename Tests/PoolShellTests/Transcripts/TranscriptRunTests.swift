import Testing

@testable import PoolShell

/// Running the sessions of a document.
@Suite("Running a document", .timeLimit(.minutes(5))) struct TranscriptRunTests {
  /// What is told of a document, without its summary.
  private func run(
    _ text: String, timeLimit: Duration = .seconds(60), isUpdating: Bool = false
  ) async throws -> (told: [String], totals: TranscriptTotals, document: String) {
    let folder = try TemporaryFolder()
    let path = try folder.write("doc.md", text)
    let (told, totals) = try await onShellThread {
      var told: [String] = []
      var file = TranscriptFile(path) { told.append($0.text.plain) }
      (file.runner.timeLimit, file.isUpdating) = (timeLimit, isUpdating)
      let totals = file.run()
      return (told.map { $0.replacing(folder.path + "/", with: "") }, totals)
    }
    let bytes = try folder.bytes("doc.md")
    return (told, totals, String(decoding: bytes, as: UTF8.self))
  }

  private func expectNothing(_ text: String, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let run = try await run(text)
    #expect(run.told == [], sourceLocation: sourceLocation)
    #expect(run.totals.status == 0, sourceLocation: sourceLocation)
  }

  @Test("a session that goes as it is written")
  func passes() async throws {
    try await expectNothing(
      """
      ```poolsh
      > submit return x
      [1] return x
      > result 1; print y
      x
      y
      > nosuch
      error: unknown command nosuch (to run a program: exec nosuch …; all commands: help)
      > for i in 1..2 {
      .   print $i
      . }
      1
      2
      ```
      """)
  }

  @Test("each block is a session of its own, unless it continues the one before")
  func sessions() async throws {
    try await expectNothing(
      """
      ```poolsh
      > let x = 1
      > submit return a
      [1] return a
      ```
      ```poolsh continue
      > print $x
      1
      > submit return b
      [2] return b
      ```
      ```poolsh
      > submit return c
      [1] return c
      > print ${x:-none}
      none
      ```
      """)
  }

  @Test("a difference is told with its line, and what came is not what was expected")
  func difference() async throws {
    let run = try await run("text\n```poolsh\n> print a\nb\n> print c\nc\n```\n")
    #expect(run.told == ["doc.md:4: > print a\n-b\n+a\n"])
    #expect(run.totals.status == 1 && run.totals.differences == 1 && run.totals.commands == 2)
  }

  @Test("what a short task prints stands below the command that has submitted it")
  func settles() async throws {
    try await expectNothing(
      """
      ```poolsh
      > submit print hello
      [1] print hello
      hello
      > submit { gate g; print late }
      [2] { gate g; print late }
      > open g
      late
      ```
      """)
  }

  @Test("what comes at the end of a session belongs to its last command")
  func end() async throws {
    try await expectNothing(
      """
      ```poolsh
      > submit { sleep 0.2; print late; fail boom }
      [1] { sleep 0.2; print late; fail boom }
      late
      1 failure was never looked at: 1
      ```
      """)
  }

  @Test("both streams are one, as wide and as clean as on a terminal")
  func terminal() async throws {
    try await expectNothing(
      """
      ```poolsh
      > sh 'echo out; echo err >&2'
      err
      out
      > sh 'printf "a\\033b"'
      a^[b
      > ! echo here; echo there >&2
      here
      there
      > ! exit 3
      error: ! exit status 3
      > set color always
      > submit return x
      ^[[1m[1]^[[0m return x
      ```
      """)
  }

  @Test("a command that is not whole, and a prompt too few")
  func wholeness() async throws {
    let run = try await run("```poolsh\n> print {\n> print a\n. print b\na\nb\n```\n")
    #expect(
      run.told == [
        "doc.md:2: > print {\n+error: this block is never closed\n",
        "doc.md:4: error: the command before is whole: this line must begin with the prompt '> '\n",
      ])
    #expect(run.totals.status == 1)
  }

  @Test("a line that goes on behind a backslash needs its next line")
  func backslash() async throws {
    let run = try await run("```poolsh\n> print a \\\n> print b\na\nb\n```\n")
    #expect(
      run.told == [
        "doc.md:2: > print a \\\n+a\n",
        "doc.md:3: error: the command goes on after a \\: its next line begins with the prompt '. '\n",
        "doc.md:4: > print b\n-a\n b\n",
      ])
  }

  @Test("a block that fails must fail")
  func fails() async throws {
    try await expectNothing("```poolsh fails\n> fail boom\n...\n> try { fail } catch { }\n```\n")
    let run = try await run("```poolsh fails\n> print a\na\n```\n```poolsh\n> fail b\n...\n```\n")
    #expect(
      run.told == [
        "doc.md:1: error: no command of this block fails, as it says\n",
        "doc.md:7: > fail b\n ...\n+error: b\n",
      ])
  }

  @Test("what stands behind the end of a session is told")
  func exit() async throws {
    let run = try await run(
      "```poolsh\n> exit\n> print a\na\n> print b\n```\n```poolsh continue\n> print c\n```\n")
    #expect(run.told == ["doc.md:3: error: not run: the session has ended before\n"])
    #expect(run.totals.status == 1 && run.totals.commands == 1)
  }

  @Test(
    "a block that takes too long is interrupted, and the others are run",
    arguments: [
      "sleep 1h", "submit sleep 1h; wait", "gate g", "! sleep 1000", "exec sleep 1000",
      "repeat 1000000 { sleep 0.01 }",
    ])
  func hang(command: String) async throws {
    // One task goes on, so that somebody could open the gate.
    let run = try await run(
      """
      ```poolsh
      > submit return ok
      [1] return ok
      > let nothing = $(submit sleep 1h)
      > \(command)
      > print never
      ```
      ```poolsh
      > print a
      b
      ```
      """, timeLimit: .milliseconds(500))
    #expect(
      run.told == [
        "doc.md:5: error: the block takes more than 0.5s; it had come to this\n",
        "doc.md:10: > print a\n-b\n+a\n",
      ])
  }

  @Test("a block that gets no time at all has not passed")
  func noTime() async throws {
    let run = try await run("```poolsh\n> sleep 1h\n```\n", timeLimit: .zero)
    #expect(run.told.count == 1 && run.totals.status == 1)
  }

  @Test("an end that takes too long is interrupted")
  func hangAtEnd() async throws {
    let run = try await run(
      "```poolsh\n> submit sleep 1h\n[1] sleep 1h\n```\n", timeLimit: .milliseconds(500))
    #expect(
      run.told == ["doc.md:2: error: the session does not end within 0.5s after this\n"])
  }

  @Test("an update writes what came; then all is as written")
  func update() async throws {
    let text =
      "# T\n\n```poolsh\n> print a\nb\n> submit return x ::: 1..3\n...\n[3] return y 3\n```\n"
    let run = try await run(text, isUpdating: true)
    #expect(run.told == ["doc.md: 2 answers rewritten\n"] && run.totals.status == 0)
    #expect(
      run.document
        == "# T\n\n```poolsh\n> print a\na\n> submit return x ::: 1..3\n...\n[3] return x 3\n```\n")
    try await expectNothing(run.document)
  }

  @Test("an update leaves alone what did not come to its end")
  func updateOfHang() async throws {
    let text = "```poolsh\n> print a\n> sleep 1h\nx\n> print b\ny\n```\n"
    let run = try await run(text, timeLimit: .milliseconds(300), isUpdating: true)
    #expect(run.document == "```poolsh\n> print a\na\n> sleep 1h\nx\n> print b\ny\n```\n")
    #expect(run.totals.status == 1)
  }

  @Test("a document with nothing to run, and one that cannot be read")
  func others() async throws {
    let empty = try await run("# T\n")
    #expect(empty.told == ["doc.md: nothing to run: no block has the tag poolsh\n"])
    #expect(empty.totals.status == 0)
    let skipped = try await run("```poolsh skip\n> a\n```\n")
    #expect(skipped.told == [] && skipped.totals.skipped == 1 && skipped.totals.commands == 0)
    let malformed = try await run("```poolsh x y\n> a\n")
    #expect(malformed.told.count == 3 && malformed.totals.status == 2)
  }
}
