import TestSupport
import Testing

@testable import PoolShell

/// What reaches the two streams: whole lines, in order, and what happens when nobody reads.
@Suite("Output", .timeLimit(.minutes(5)))
struct OutputTests {
  @Test("lines of several tasks never mix")
  func wholeLines() async throws {
    let script = """
      set quiet on
      pool new -w 4
      def twice i { print $item$item$item$item $i; exec printf '%s\\n' $item-$i }
      submit { for i in 1..50 { twice $i } } ::: a b c d
      """
    let run = try await runShell(script)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 400 && run.status == 0)
    for item in ["a", "b", "c", "d"] {
      let own = lines.filter { $0.hasPrefix(item) }.map(String.init)
      let expected = (1...50).flatMap { ["\(item)\(item)\(item)\(item) \($0)", "\(item)-\($0)"] }
      #expect(own == expected)
    }
  }

  @Test("answers go to stdout, errors and notices to stderr")
  func streams() async throws {
    let run = try await runShell(
      "time print a\nwait failed\nmap fail ::: x || print caught\nsh 'echo e >&2; echo o'\nnosuch")
    #expect(run.output == "a\ndone: none\nnot done: none\ncaught\no\n")
    let pattern =
      "time: [..]s\nno failed futures\n[1] error: x\ne\n-c:5:1: error: unknown command[..]\n"
      + "[..]\n[..]\n"
    #expect(Expected.matches(run.errors, pattern), "\(run.errors)")
  }

  /// It came between `[1] ` and the value.
  @Test("what a program wrote to standard error comes before the line that tells its value")
  func errorsBeforeTheValue() async throws {
    let run = try await onShellThread {
      let shell = ShellUnderTest(isMerged: true)
      return try inTime("the end") {
        shell.run("set quiet on\nsubmit sh 'echo warning >&2; echo value'\nas_completed")
      }
    }
    #expect(run.output == "warning\n[1] value\n" && run.status == 0)
  }

  /// Runs a script whose standard output fails from some write on.
  private func run(_ script: String, failingWith failure: Output.Failure) async throws -> ShellRun {
    try await onShellThread {
      let errors = Recorder()
      let written = Recorder()
      let output = Output(
        standardOutput: { chunk in
          if written.text.contains("enough") { throw failure }
          written.append(chunk)
        }, standardError: { errors.append($0) })
      let session = Session(output: output, settings: Settings(.init()))
      let shell = Shell(session: session, source: TextSource(name: "-c", text: script))
      let status = shell.run()
      return ShellRun(output: written.text, errors: errors.text, status: status)
    }
  }

  @Test("when nobody reads any more, the script ends in silence, and what is queued runs")
  func closed() async throws {
    let folder = try TemporaryFolder()
    let script = """
      set quiet on
      submit sh 'touch \(folder.file("ran"))'
      print enough
      print more
      sh 'touch \(folder.file("never"))'
      """
    let run = try await run(script, failingWith: .closed)
    #expect(run.output == "enough\n" && run.errors.isEmpty && run.status == 141)
    #expect(folder.exists("ran") && !folder.exists("never"))
  }

  @Test("output that cannot be written is an error of the command")
  func full() async throws {
    let run = try await run(
      "print enough\nprint more\nprint never", failingWith: .cannotWrite("No space left on device"))
    let message = "cannot write to standard output: No space left on device"
    #expect(run.errors == "-c:2:1: error: \(message)\n  print more\n  ^\n")
    #expect(run.status == 3)
  }
}
