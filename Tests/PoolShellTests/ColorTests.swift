import TestSupport
import Testing

@testable import PoolShell

/// Colour is for the eye: the words stay, and values never hold it.
@Suite("Colour", .timeLimit(.minutes(5)))
struct ColorTests {
  /// Runs a script in colour; escape sequences are shown as `<31>` and the like.
  private func run(_ script: String, _ choice: ColorChoice = .always) async throws -> ShellRun {
    var run = try await runShell(script) { $0.color = choice }
    run.output = Self.visible(run.output)
    run.errors = Self.visible(run.errors)
    return run
  }

  private static func visible(_ text: String) -> String {
    text.replacing(/\u{1B}\[(\d+)m/) { "<\($0.1)>" }
  }

  @Test(arguments: [
    ("submit return 1", "<1>[1]<0> return 1\n"),
    ("map --no-wait return ::: a b", "<1>[1..2]<0> 2 futures\n"),
    ("set quiet on\nsubmit return x\nresult 1\nstate 1", "x\n<32>finished<0>\n"),
    ("set quiet on\nsubmit sleep 0\nas_completed", "<1>[1]<0> <32>finished<0>\n"),
    ("set quiet on\nsubmit return a\nas_completed", "<1>[1]<0> a\n"),
    ("set quiet on\nsubmit fail b\nas_completed", "<1>[1]<0> <31>error:<0> b\n"),
    (
      "set quiet on\nset workers 1\nsubmit gate g\nsubmit print x\ncancel 2\nopen g",
      "<1>[2]<0> <2>cancelled<0>\n"
    ),
    ("print 'error: mine'", "error: mine\n"), ("pool new p -w 2", "pool p: 2 workers\n"),
  ])
  func answersAreColoured(script: String, expected: String) async throws {
    let run = try await run(script)
    #expect(Expected.matches(run.output, expected), "\(run.output)")
  }

  @Test func errorsAreColoured() async throws {
    var run = try await run("print a\n  fail boom")
    #expect(
      run.errors == "<1>-c:2:3:<0> <31>error:<0> boom\n    fail boom\n    <31>^<0>\n",
      "\(run.errors)")
    run = try await self.run("map fail ::: x || print caught")
    #expect(run.errors == "<1>[1]<0> <31>error:<0> x\n" && run.output == "caught\n")
  }

  /// The columns are where they are without colour.
  @Test func tablesKeepTheirColumns() async throws {
    let script = """
      set quiet on
      set workers 1
      submit return a
      submit fail b
      wait
      jobs
      info 2
      """
    let (colored, plain) = (try await run(script), try await run(script, .never))
    #expect(
      colored.output.contains("<1>id<0>  <1>state<0>     <1>worker<0> "), "\(colored.output)")
    #expect(colored.output.contains(" 1  <32>finished<0>  ThreadPoolExecutor-0_0  "))
    #expect(colored.output.contains(" 2  <31>failed<0>    ThreadPoolExecutor-0_0  "))
    #expect(colored.output.contains("state: <31>failed<0>\n"))
    #expect(colored.output.contains("<31>error:<0> b\n"))
    #expect(Self.words(colored.output.replacing(/<\d+>/, with: "")) == Self.words(plain.output))
  }

  /// The words without the times, which differ from run to run.
  private static func words(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace).filter { $0.wholeMatch(of: /[\d.]+m?s/) == nil }
  }

  @Test func valuesHoldNoColour() async throws {
    let script = """
      set quiet on
      submit fail b
      wait
      let x = $(state 1)
      for a in $x { print "[$a]" }
      print $(jobs 1) | $(cancel 1)
      """.replacing(" | ", with: " ")
    let run = try await run(script)
    #expect(run.output.contains("\n[failed]\n"), "\(run.output)")
    #expect(!run.output.contains("<"))
  }

  @Test func jsonIsNeverColoured() async throws {
    let run = try await runShell("submit fail a\nwait\nstate 1\njobs\nprint x\nfail b") {
      $0.color = .always
      $0.isJSON = true
    }
    #expect(!(run.output + run.errors).contains("\u{1B}") && run.status == 3)
  }

  @Test func autoJudgesEachStreamByItself() {
    var streams = Output.Streams()
    streams.isErrorTerminal = true
    #expect(!streams.coloring(.auto).output && streams.coloring(.auto).error)
    #expect(streams.coloring(.always).output && !streams.coloring(.never).error)
    streams.isOutputTerminal = true
    #expect(streams.coloring(.auto).output)
    streams.avoidsColor = true
    #expect(!streams.coloring(.auto).output && !streams.coloring(.auto).error)
    #expect(streams.coloring(.always).output)
    (streams.avoidsColor, streams.understandsEscapes) = (false, false)
    #expect(!streams.coloring(.auto).output && !streams.coloring(.auto).error)
  }

  /// On a terminal our own colours pass, and nobody else's.
  @Test func ourColoursPassTheCleaning() async throws {
    try await onShellThread {
      var streams = Output.Streams()
      (streams.isOutputTerminal, streams.isErrorTerminal) = (true, true)
      streams.isInteractive = true
      let script = """
        set workers 1
        submit return "a\u{1B}[31mb"
        as_completed
        submit fail "c\u{1B}[31md"
        as_completed
        fail "e\u{1B}[31mf"
        print "g\u{1B}[31mh"
        """
      let shell = ShellUnderTest(isMerged: true, streams: streams)
      let run = try inTime("the end") { shell.run(script, isInteractive: true) }
      #expect(
        Self.visible(run.output) == """
          <1>[1]<0> return "a^[[31mb"
          <1>[1]<0> a^[[31mb
          <1>[2]<0> fail "c^[[31md"
          <1>[2]<0> <31>error:<0> c^[[31md
          <31>error:<0> e^[[31mf
          g^[[31mh

          """)
    }
  }

  @Test func theChoiceIsASettingAndAnOption() async throws {
    let run = try await runShell(
      "set color always\nstate 1 || print x\nset color never\nset\nset color red")
    #expect(run.output.hasPrefix("x\nclock real\ncolor never\n"))
    #expect(run.errors.hasPrefix("-c:5:1: error: set: color is auto, always or never, not red "))
    #expect(try Invocation(["--color", "always"]).settings.color == .always)
    #expect(try Invocation([]).settings.color == .auto)
    #expect(throws: ShellError.self) { try Invocation(["--color=red"]) }
  }
}
