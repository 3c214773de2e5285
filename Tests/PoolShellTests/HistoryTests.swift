import TestSupport
import Testing

@testable import PoolShell

/// What `history` keeps and shows.
@Suite("history", .timeLimit(.minutes(5)))
struct HistoryTests {
  @Test(
    "the last N, and those with a text in them, with their numbers",
    arguments: [
      ShellCase("let a = 1\nlet b = 2\nhistory 2", "2  let b = 2\n3  history 2"),
      ShellCase("let a = 1\nhistory 0"),
      ShellCase("let a = 1\nhistory 99", "1  let a = 1\n2  history 99"),
      ShellCase(
        "let a = 1\nlet b = 2\nhistory --find 'a ='", "1  let a = 1\n3  history --find 'a ='"),
      ShellCase(
        "let a = 1\nlet b = 2\nlet aa = 1\nhistory --find let 1", "4  history --find let 1"),
      ShellCase("let a = 1\nlet b = 2\nprint\nhistory 1 --find =", "\n4  history 1 --find ="),
      ShellCase("let A = 1\nhistory -f=a\nhistory -f zz", "2  history -f=a\n3  history -f zz"),
    ])
  func shows(expected: ShellCase) async throws {
    try await expected.check()
  }

  @Test("as JSON a line for each")
  func json() async throws {
    let run = try await runShell("{\n  print x\n}\nhistory") { $0.isJSON = true }
    #expect(run.output.contains(#"{"command":"history","number":1,"line":"{\n  print x\n}"}"#))
  }

  @Test("entries of earlier sessions come first, numbered before this session's")
  func preload() {
    let history = History()
    history.preload(["one", "two\n  more"])
    history.typed("three")
    #expect(history.numbered().map(\.0) == [1, 2, 3])
    #expect(history.numbered().map(\.1) == ["one", "two\n  more", "three"])
    #expect(history.numbered(containing: "o", last: 1).map(\.1) == ["two\n  more"])
  }

  @Test("what is typed again is there once, at the end, with a number of its own")
  func duplicates() {
    let history = History()
    history.preload(["one", "two"])
    for entry in ["three", "one", "one", "two"] { history.typed(entry) }
    #expect(history.numbered().map(\.1) == ["three", "one", "two"])
    #expect(history.numbered().map(\.0) == [3, 5, 6])
  }

  @Test("of many the last thousand are kept, with their numbers")
  func many() {
    let history = History()
    history.preload((1...1500).map { "old \($0)" })
    for index in 1...2500 { history.typed("new \(index)") }
    let entries = history.numbered()
    #expect(entries.count == 1000)
    #expect(entries.first?.0 == 3001 && entries.first?.1 == "new 1501")
    #expect(entries.last?.0 == 4000 && entries.last?.1 == "new 2500")
  }

  @Test("what is typed is one entry, however many commands and lines it has")
  func typed() async throws {
    let run = try await onShellThread {
      try inTime("the end") {
        let shell = ShellUnderTest()
        shell.session.history.preload(["print old"])
        shell.session.history.typed("print a; print b\nfor i in 1 {\n  print c\n}; history")
        return shell.run("print a; print b\nfor i in 1 {\n  print c\n}; history")
      }
    }
    #expect(
      run.output == """
        a
        b
        c
        1  print old
        2  print a; print b
           for i in 1 {
             print c
           }; history

        """)
  }
}
