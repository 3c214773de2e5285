import FoundationEssentials
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

/// Items and placeholders, side by side with GNU parallel where it is installed.
@Suite(.fewAtOnce) struct ParallelTests {
  private static let isInstalled =
    (try? Folder.bytes(of: "/usr/bin/parallel").count).map { $0 > 100_000 } ?? false

  private static let items =
    "a/b.c.d /top.x dir/ plain .rc foo. .. a.b/c 'it'\\''s' 'two  words' '$HOME' 'a;b' é.txt x//y.z"

  @Test(
    .enabled(if: isInstalled),
    arguments: [
      "'<%s>\\n' {} ::: ITEMS", "'<%s>\\n' {.} {/} {//} {/.} ::: ITEMS",
      "'<%s>\\n' {1} {1.} {1/} {1//} {1/.} {-1} {-1/.} ::: ITEMS", "'<%s>\\n' {#} x{}y ::: ITEMS",
      "'<%s>\\n' ::: ITEMS", "-n 2 '<%s>\\n' {} ::: ITEMS", "-n 3 '<%s>\\n' {1} {3} {-1} ::: ITEMS",
      "-n 4 '<%s>\\n' ::: ITEMS", "--zip '<%s>\\n' {2}{1} {} ::: ITEMS ::: ITEMS",
      "--zip '<%s>\\n' {-1/} {-2.} ::: ITEMS ::: ITEMS",
      "--cross '<%s>\\n' {2} {1} ::: ITEMS ::: 1 2",
      "--tag '<%s>\\n' ::: ITEMS", "--zip --tag '<%s>\\n' {1} ::: ITEMS ::: ITEMS",
      "-n 2 --tag '<%s>\\n' ::: ITEMS", "--colsep , '<%s>\\n' {2} {1} ::: a,b 'c , d' e,, ,f 'g h'",
      "--colsep , '<%s>\\n' {} ::: a,b 'c , d' e,, ,f 'g h'",
      "--colsep '[0-9]+' '<%s>\\n' {3} ::: a1b22c d4", "--colsep , --tag '<%s>\\n' {1} ::: a,b c,d",
      "--zip --colsep - '<%s>\\n' {4} {3} {2} {1} ::: A-B C-D ::: e-f g-h",
      "-0 '<%s>\\n' :::: nul", "'<%s>\\n' :::: lines", "-0 -n 2 '<%s>\\n' {2} :::: nul",
    ])
  func sameAsParallel(_ words: String) async throws {
    let words = words.replacing("ITEMS", with: Self.items)
    let folder = try Folder()
    try folder.write("nul", "a b\0c\nd\0e\0")
    try folder.write("lines", "a  b\n\n c\nlast")
    let (options, rest) = Self.split(words)
    let theirs = options.replacing("--zip", with: "--link").replacing("--cross", with: "")
      .replacing("-n ", with: "-N ")
    try folder.write("ours", "map \(options) exec printf \(rest)\n")
    let change: @Sendable (inout Launch) -> Void = {
      $0.directory = folder.path
      $0.environment["HOME"] = folder.path
    }
    let today = try await shell("parallel -k -q \(theirs) printf \(rest)", change: change)
    let here = try await shell("poolsh ours", change: change)
    #expect(!today.output.isEmpty)
    #expect(here.output == today.output, "\(words)\n\(here.errors)\(today.errors)")
  }

  private static func split(_ words: String) -> (options: String, rest: String) {
    guard let place = words.firstRange(of: "'<") else { return ("", words) }
    return (String(words[..<place.lowerBound]), String(words[place.lowerBound...]))
  }
}
