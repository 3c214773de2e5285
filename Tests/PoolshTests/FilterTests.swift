import Testing
import TestSupport

/// poolsh in a pipe, where `xargs -P` and GNU parallel stand otherwise.
@Suite(.serialized, .fewAtOnce) struct FilterTests {
  @Test func takesItsItemsFromAPipe() async throws {
    let run = try await shell("seq 2000 | poolsh -w 8 -c 'map return {}{} :::: -' | sha256sum")
    let expected = try await shell("seq 2000 | sed 's/.*/&&/' | sha256sum")
    #expect(run.output == expected.output)
    #expect(run.errors == "")
  }

  /// In input order, whatever ends first.
  @Test func keepsTheOrderOfXargsWithOneProcess() async throws {
    let folder = try Folder()
    for number in 1...60 { try folder.write("file \(number)", "content of \(number)\n") }
    let change: @Sendable (inout Launch) -> Void = { $0.directory = folder.path }
    let run = try await shell("ls | poolsh -w 8 -c 'map exec cat :::: -'", change: change)
    let expected = try await shell("ls | tr '\\n' '\\0' | xargs -0 -n 1 cat", change: change)
    #expect(run.lines.count == 60)
    #expect(run.output == expected.output)
  }

  /// Lines are items as they are: blanks, quotes, an empty one, one without an end.
  @Test func takesLinesAsTheyAre() async throws {
    let run = try await shell(
      "printf '%s\\n\\n%s\\n%s' ' a  b ' \"it's \\\"\\$x\\\" {} *\" last | "
        + "poolsh -c 'map return \"<{}>\" :::: -'")
    #expect(run.lines == ["< a  b >", "<>", "<it's \"$x\" {} *>", "<last>"])
  }

  @Test func theScriptItselfIsNoListOfItems() async throws {
    let run = try await shell("printf 'print a\\nmap print :::: -\\n' | poolsh")
    #expect(run.output == "a\n")
    #expect(run.errors.contains("stdin:2:16: error: map: standard input is the script itself"))
    #expect(run.status == 3)
  }

  /// Each answer is written as soon as it can be, not when the pipe's buffer is full.
  @Test func hidesNoAnswerInABuffer() async throws {
    let run = try await shell(
      """
      mkfifo answers
      poolsh -w 2 -c 'map sh "[ {} = 1 ] || read go < answers; echo {}" ::: 1 2' | {
        read first; echo "$first"; echo go > answers; cat
      }
      """)
    #expect(run.output == "1\n2\n")
    #expect(run.status == 0)
  }

  @Test func standardErrorIsNotInThePipe() async throws {
    let line = "echo out {}; echo err {} >&2; exit {}"
    let run = try await shell(
      "poolsh -c 'map sh \"\(line)\" ::: 0 7' 2> errors | cat; cat errors")
    #expect(
      run.lines.prefix(4) == ["out 0", "out 7", "err 0", "[2] error: sh: exit status 7: err 7"])
  }

  @Test func downloadsByteForByte() async throws {
    var generator = SeededGenerator(seed: 3)
    let bytes = (0..<1_000_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    try await onThread {
      let server = try LoopbackServer(["/data": .bytes(bytes)], together: 1)
      defer { server.stop() }
      let whole = try RunningProgram(Launch(["-c", "fetch \(server.address)/data"])).wait()
      #expect(whole.outputBytes == bytes)
      let missing = try RunningProgram(
        Launch(["-c", "fetch \(server.address)/none --output file"])
      ).wait()
      #expect(missing.errors.lines.first?.contains("error: curl: ") == true)
      #expect(missing.errors.contains("404"))
      #expect(missing.status == 3)
    }
  }
}
