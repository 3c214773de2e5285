import TestSupport
import Testing

/// Standard streams that are full, closed, or no longer read.
@Suite(.serialized, .fewAtOnce) struct OutputEndTests {
  /// `| head -1`: no message, no text of a signal, and what was accepted still runs.
  @Test func aReaderThatLeavesLosesNoWork() async throws {
    let folder = try Folder()
    let run = try await shell(
      """
      poolsh -w 2 --quiet -c 'submit exec touch ::: 1..20
      for i in 1..100000 { print $i }
      submit exec touch never' | head -1
      """
    ) { $0.directory = folder.path }
    #expect(run.output == "1\n")
    #expect(run.errors == "")
    let files = try Folder.names(in: folder.path)
    #expect(files.sorted() == (1...20).map(String.init).sorted())
  }

  /// A task's output has nowhere to go either; the task and the others go on.
  @Test func tasksThatPrintLoseNoWork() async throws {
    let folder = try Folder()
    let run = try await shell(
      """
      poolsh -w 2 --quiet -c 'submit { print $item; print $item; exec touch $item } ::: 1..20
      ' | head -1
      """
    ) { $0.directory = folder.path }
    #expect(run.lines.count == 1)
    #expect(run.errors == "")
    #expect(try Folder.names(in: folder.path).count == 20)
  }

  @Test func endsAsIfTheSignalHadEndedIt() async throws {
    let run = try await shell(
      "{ poolsh -c 'for i in 1..100000 { print $i }'; echo $? > status; } | head -1; cat status")
    #expect(run.output == "1\n141\n")
  }

  static let writers = [
    "print x", "submit return 1\nwait", "exec echo x", "map return ::: 1..3", "submit print x",
    "submit sh 'echo x'\nresult 1", "jobs", "submit { exec echo x; return y }",
  ]

  @Test(arguments: writers)
  func aFullDiskIsAnError(_ commands: String) async throws {
    let run = try await poolsh(commands: commands) { $0.output = .path("/dev/full") }
    #expect(run.errors.contains("cannot write to standard output: No space left on device"))
    #expect(run.status == 3)
  }

  @Test(arguments: writers)
  func aClosedOutputIsAnError(_ commands: String) async throws {
    let run = try await poolsh(commands: commands) { $0.output = .closed }
    #expect(run.errors.contains("cannot write to standard output: Bad file descriptor"))
    #expect(run.status == 3)
  }

  @Test(arguments: ["--help", "--version"])
  func aPageThatCannotBeWrittenIsAnError(_ option: String) async throws {
    let run = try await run(Launch([option]) { $0.output = .path("/dev/full") })
    #expect(run.errors.contains("No space left on device"))
    #expect(run.status != 0)
  }

  /// Who writes nothing needs no output.
  @Test func silenceNeedsNoOutput() async throws {
    let run = try await poolsh(commands: "let x = $(submit return 1); let y = $(wait $x)") {
      $0.output = .closed
    }
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func aClosedInputIsNoScript() async throws {
    let run = try await run(Launch([]) { $0.input = .closed })
    #expect(run.outputBytes == [])
    #expect(run.errors.contains("Bad file descriptor"))
    #expect(run.status != 0)
  }

  @Test func aScriptNeedsNoInput() async throws {
    let folder = try Folder()
    let file = try folder.write("s.poolsh", "print x\nexec readlink /proc/self/fd/0\n! cat\n")
    let run = try await run(Launch([file]) { $0.input = .closed })
    #expect(run.output == "x\n/dev/null\n")
  }

  /// What is written to a stream must never end up in a file that got the stream's number.
  @Test(arguments: 0...2)
  func aClosedStreamNeverBecomesAFile(_ stream: Int) async throws {
    let folder = try Folder()
    let reading = "exec 3< fifo; head -c 1 <&3 > first; readlink /proc/$PPID/fd/\(stream) > link;"
    let commands = """
      let value = $(submit exec head -c 300000 /dev/zero)
      let reader = $(submit sh '\(reading) cat <&3 > rest')
      save $value fifo
      """
    try folder.write("save.poolsh", commands)
    let run = try await shell("mkfifo fifo; poolsh -c \"$(cat save.poolsh)\" \(stream)>&-") {
      $0.directory = folder.path
    }
    #expect(run.outputBytes == [])
    #expect(try folder.bytes("rest") == [UInt8](repeating: 0, count: 299_999))
    #expect(!(try folder.text("link").contains("fifo")))
  }
}
