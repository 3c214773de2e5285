import Foundation
import TestSupport
import Testing

@testable import PoolShell

/// How the work is named: NUL bytes, columns, groups; and that nothing is read too early.
@Suite("Items: columns, groups, NUL bytes, input that is not there yet", .timeLimit(.minutes(5)))
struct ItemSourceTests {
  @Test(
    "--colsep cuts items into columns",
    arguments: [
      ShellCase("map --colsep , print {2}-{1} ::: a,b 'c, d '", "b-a\nd-c"),
      ShellCase(
        "map --colsep , print \"[{1}][{2}][{3}]\" ::: a,b c,, ,d", "[a][b][]\n[c][][]\n[][d][]"),
      ShellCase("map --colsep , print x ::: a,b c", "x a b\nx c"),
      ShellCase("map --colsep , exec printf '<%s>\\n' {} ::: 'a b,c'", "<a b>\n<c>"),
      ShellCase("map --colsep , print {-1} {-2.} ::: x.y,z", "z x"),
      ShellCase("map --colsep '[0-9]+' print {3} {1} ::: a1b22c", "c a"),
      ShellCase("map --colsep '\\t' print {2} ::: \"$(sh 'printf \"a\\tb c\"')\"", "b c"),
      ShellCase("map --colsep ' ' print {2} ::: 'a b'", "b"),
      ShellCase("map --colsep ::: print {2} ::: 'a:::b'", "b"),
      ShellCase("map --colsep , { print $item1/$item2 } ::: a,b", "a/b"),
      ShellCase("map --zip --colsep - print {1}{2}{3}{4} ::: A-B C-D ::: e-f g-h", "ABef\nCDgh"),
      ShellCase("set quiet on\nsubmit --colsep , return {2} ::: a,b\nresult last", "b"),
      ShellCase(
        "map --colsep '(' print ::: a",
        errors: "-c:1:1: error: map: --colsep must be a regular expression, not ( (such as [..])\n"
          + "[..]\n[..]", status: 3),
      ShellCase(
        "map --colsep '' print ::: a",
        errors: "[..] error: map: --colsep must be a regular expression, not '' [..]\n[..]\n[..]",
        status: 3),
    ])
  func columns(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "-n gives each job so many items",
    arguments: [
      ShellCase("map -n 2 print ::: 1..5", "1 2\n3 4\n5"),
      ShellCase("map --max-args 3 exec printf '<%s>\\n' ::: 'a b' c", "<a b>\n<c>"),
      ShellCase("map -n 3 print {3}-{1} {-1} {#} ::: 1..4", "3-1 3 1\n-4 4 2"),
      ShellCase(
        "map -n 2 { print $item1 ${item2:-none} \"$item\" } ::: a b c", "a b a b\nc none c"),
      ShellCase("map -n2 print ::: a b", "a b"),
      ShellCase("map -n 2 print :::"),
      ShellCase("submit -n 2 print ::: a b\nwait", "[1] print a b\na b\ndone: 1\nnot done: none"),
      ShellCase(
        "map -n 2 print {3} ::: a b",
        errors: "-c:1:16: error: there is no item {3}: a job has 2\n[..]\n[..]", status: 3),
      ShellCase(
        "map -n 2 --zip print ::: a ::: b",
        errors: "-c:1:1: error: map: -n and --zip exclude each other (usage: [..]\n[..]\n[..]",
        status: 3),
      ShellCase(
        "map -n 0 print ::: a",
        errors: "[..]--max-args must be a whole number, at least 1[..]\n[..]\n[..]", status: 3),
      ShellCase(
        "submit -n 2 print a",
        errors: "-c:1:1: error: submit: --max-args needs items: ::: ITEM… [..]\n[..]\n[..]",
        status: 3),
    ])
  func groups(expected: ShellCase) async throws { try await expected.check() }

  @Test("-0: what stands between NUL bytes, newlines and all")
  func nullSeparated() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("items", "a b\0c\nd\0\0last")
    try await expectShell("map -0 print '<{}>' :::: \(path)", "<a b>\n<c\nd>\n<>\n<last>")
    try await expectShell("map --zip --null print :::: \(path) ::: 1", "a b 1")
    try await expectShell("set quiet on\nsubmit -0 return :::: \(path)\nresult 1", "a b")
    let run = try await runShell("map print :::: \(path)")
    #expect(run.errors.contains("NUL bytes) (items separated by NUL bytes need -0)"))
  }

  @Test("a long item, and items over the edge of what is read at once")
  func longItems() async throws {
    let folder = try TemporaryFolder()
    let lines = (0..<3).map { String(repeating: "\($0)", count: 70_000) } + ["end"]
    let path = try folder.write("items", lines.joined(separator: "\n"))
    try await expectShell("map return :::: \(path)", lines.joined(separator: "\n"))
  }

  @Test("what cannot be read in the middle ends the map; what was submitted is shown")
  func brokenInTheMiddle() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("items", [0x61, 0x0A, 0xFF, 0x0A, 0x62, 0x0A])
    let run = try await runShell("pool new -w 1\nmap --buffersize 1 print :::: \(path)")
    #expect(run.output == "pool pool1: 1 worker\na\n")
    #expect(run.errors.contains("\(path): not a text file (invalid UTF-8 or NUL bytes)"))
    #expect(run.status == 3)
  }

  // MARK: Input that is not there yet

  /// A named pipe that a test writes to while a map reads it.
  private final class Pipe: Sendable {
    let folder: TemporaryFolder
    let path: String

    init() throws {
      folder = try TemporaryFolder()
      path = folder.file("pipe")
      guard mkfifo(path, 0o600) == 0 else { throw OutOfPatience("a pipe") }
    }

    func open() throws -> FileHandle {
      try FileHandle(forWritingTo: URL(filePath: path))
    }
  }

  @Test(
    "what is done is shown while more input is waited for",
    arguments: ["", "--as-completed", "--buffersize 1", "--buffersize 2 --as-completed", "--tag"])
  func shownMeanwhile(options: String) async throws {
    let pipe = try Pipe()
    let isTagged = options == "--tag"
    let run = try await runShell(
      "map \(options) { print p$item; return v$item } :::: \(pipe.path)", in: ShellUnderTest()
    ) { shell in
      let writer = try pipe.open()
      for item in ["a", "b", "c"] {
        try writer.write(contentsOf: Data((item + "\n").utf8))
        let tag = isTagged ? "\(item)\t" : ""
        try shell.output.wait(for: "\(tag)p\(item)\n\(tag)v\(item)\n")
      }
      try writer.close()
    }
    #expect(run.errors.isEmpty && run.status == 0)
  }

  @Test("submit tells what it has submitted, and it runs, while more input is waited for")
  func submitMeanwhile() async throws {
    let pipe = try Pipe()
    let run = try await runShell(
      "submit { print got $item; open $item } :::: \(pipe.path)\ngate a", in: ShellUnderTest()
    ) { shell in
      let writer = try pipe.open()
      try writer.write(contentsOf: Data("a\n".utf8))
      try shell.output.wait(for: "got a\n")
      try writer.close()
    }
    #expect(run.output.hasPrefix("[1] ") && run.errors.isEmpty)
  }

  @Test(
    "Ctrl-C ends the wait for input", arguments: ["", "--as-completed", "--no-wait", "--dry-run"])
  func interrupted(options: String) async throws {
    let pipe = try Pipe()
    let run = try await runShell(
      "map \(options) print :::: \(pipe.path)\nprint next", in: ShellUnderTest(),
      isInteractive: true
    ) { shell in
      let writer = try pipe.open()
      try writer.write(contentsOf: Data("a\n".utf8))
      if options != "--no-wait" { try shell.output.wait(for: "a\n") }
      // It may come before the wait begins, or after: either way it ends the map.
      shell.session.interrupt.fire()
      try shell.output.wait(for: "next\n")
      try writer.close()
    }
    #expect(run.errors.contains("interrupted"), "\(run.errors)")
  }

  @Test("--timeout is also for the input")
  func timeout() async throws {
    let pipe = try Pipe()
    let run = try await runShell(
      "try { map --timeout 200ms print :::: \(pipe.path) } catch { print $error }",
      in: ShellUnderTest()
    ) { shell in
      let writer = try pipe.open()
      try shell.output.wait(
        for: "TimeoutError: 0 of 0 items were not finished, and the input was not at its end\n")
      try writer.close()
    }
    #expect(run.status == 0)
  }

  @Test("a task that waits for input is not one that stands still: gates stay closed")
  func inTask() async throws {
    let pipe = try Pipe()
    let run = try await runShell(
      "set quiet on\nsubmit { map { open $item } :::: \(pipe.path) }\ngate a\nprint through",
      in: ShellUnderTest()
    ) { _ in
      let writer = try pipe.open()
      // Longer than the session looks for who could open the gate.
      Thread.sleep(forTimeInterval: 0.3)
      try writer.write(contentsOf: Data("a\n".utf8))
      try writer.close()
    }
    #expect(run.output == "through\n" && run.errors.isEmpty)
  }

  @Test("two lists, one of which is not there yet: nothing is lost")
  func zipped() async throws {
    let pipe = try Pipe()
    for (option, expected) in [("--zip", "1 a\n2 b\n"), ("--cross", "1 a\n1 b\n2 a\n2 b\n")] {
      let run = try await runShell(
        "map \(option) print ::: 1 2 :::: \(pipe.path)", in: ShellUnderTest()
      ) { _ in
        let writer = try pipe.open()
        for item in ["a\n", "b", "\n"] { try writer.write(contentsOf: Data(item.utf8)) }
        try writer.close()
      }
      #expect(run.output == expected)
    }
  }
}
