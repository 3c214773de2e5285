import TestSupport
import Testing

/// Tab, at the prompt.
@Suite(.serialized, .fewAtOnce) struct CompletionTests {
  @Test func theOnlyCandidateIsTaken() async throws {
    try await inAWindow { terminal in
      try terminal.type("as_c")
      try terminal.press(.tab)
      try terminal.expect("> as_completed", column: 15)
    }
  }

  @Test func severalAreListedWithAWordOnEach() async throws {
    try await inAWindow { terminal in
      try terminal.type("sh")
      try terminal.press(.tab, .tab)
      try terminal.settle()
      let lines = terminal.screen.text.split(separator: "\n").map(String.init)
      #expect(lines.contains { $0.hasPrefix("sh ") && $0.count > 10 })
      #expect(lines.contains { $0.hasPrefix("shutdown ") && $0.count > 20 })
      try terminal.expect("> sh", column: 4)
      try terminal.type("u")
      try terminal.press(.tab)
      try terminal.expect("> shutdown", column: 11)
    }
  }

  @Test func nothingIsABell() async throws {
    try await inAWindow { terminal in
      try terminal.type("qqq")
      try terminal.press(.tab)
      try terminal.settle()
      #expect(terminal.screen.bells == 1)
      try terminal.expect("> qqq", column: 5)
    }
  }

  @Test func optionsIdsPoolsAndNames() async throws {
    try await inAWindow { terminal in
      try terminal.run("set notify off; pool new unusual -w 1")
      try terminal.run("submit --as mine { gate never } ::: 1 2")
      try terminal.run("def greeting { print hello }; let meaning = 42")
      for (typed, completed) in [
        ("submit --ti", "submit --timeout"), ("wait @m", "wait @mine"),
        ("pool use un", "pool use unusual"), ("greet", "greeting"),
        ("print $mea", "print $meaning"),
      ] {
        try terminal.type(typed)
        try terminal.press(.tab)
        try terminal.settle()
        #expect(terminal.edited.hasPrefix("> " + completed), "\(terminal.picture)")
        try terminal.press(.control("u"))
      }
      // Only what waits can be cancelled, and what it is stands beside it.
      try terminal.type("cancel ")
      try terminal.press(.tab)
      try terminal.settle()
      #expect(
        terminal.screen.text.contains("\n2        pending  { gate never }"), "\(terminal.picture)")
      #expect(!terminal.screen.text.contains("\n1        "), "\(terminal.picture)")
    }
  }

  @Test func pathsAreQuoted() async throws {
    try await inAWindow { terminal in
      let folder = terminal.home.folder
      try folder.write("files/my notes.txt", "x")
      try folder.write("files/日本.txt", "y")
      try terminal.type("read \(folder("files"))/my")
      try terminal.press(.tab, .enter)
      try terminal.wait(for: "the content") { $0.text.hasSuffix("\nx\n>") }
      try terminal.type("read \(folder("files"))/日")
      try terminal.press(.tab, .enter)
      try terminal.wait(for: "the content") { $0.text.hasSuffix("\ny\n>") }
    }
  }

  @Test func inTheMiddleOfALineThatWraps() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (20, 10) }) { terminal in
      try terminal.type("as_c --timeout 5 0123456789")
      try terminal.press(.home, .controlRight)
      try terminal.settle()
      for _ in 0..<2 where terminal.place.column < 6 { try terminal.press(.controlRight) }
      try terminal.settle()
      try terminal.press(.tab)
      try terminal.settle()
      #expect(terminal.edited == "> as_completed --tim\neout 5 0123456789")
    }
  }
}
