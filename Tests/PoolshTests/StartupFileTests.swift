import TestSupport
import Testing

/// The user's own commands at the beginning of an interactive session.
@Suite(.serialized, .fewAtOnce, .timeLimit(.minutes(5))) struct StartupFileTests {
  private static let settings = """
    def greet name { print "hello $name" }
    let color = blue
    pool new mine -w 3
    print welcome

    """

  /// A terminal whose user has a start-up file.
  private static func terminal(
    _ home: Home, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ScreenTerminal {
    try ScreenTerminal {
      $0.home = home
      $0.arguments = arguments
      $0.environment = environment
    }
  }

  @Test func theUsersCommandsAreReadFirst() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings(Self.settings)
      let terminal = try Self.terminal(home)
      try terminal.waitFor("pool mine: 3 workers\nwelcome\n>")
      try terminal.type("greet you; print $color; pool\n")
      try terminal.waitFor("hello you\nblue\npool mine: 3 workers\n>")
      try terminal.type("history\n")
      try terminal.waitFor("\n1  greet you; print $color; pool\n")
      #expect(!terminal.screen.text.contains("def greet"))
    }
  }

  @Test func anErrorIsToldWithItsPlaceAndTheRestIsRead() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings("let a = 1\nfail boom\nprnt x\nlet b = 2\nprint 'open\n")
      let terminal = try Self.terminal(home)
      try terminal.waitForCursor(after: "> ")
      let path = home.path + "/.config/poolsh/rc.poolsh"
      let written = String(decoding: terminal.written, as: UTF8.self)
        .replacing(/\u{1B}\[\d*m/, with: "").replacing("\r\n", with: "\n")
      #expect(written.contains("\(path):2:1: error: boom\n  fail boom\n  ^\n"), "\(written)")
      #expect(written.contains("\(path):3:1: error: unknown command prnt"))
      #expect(written.contains("\(path):5:7: error: this quote is never closed\n"))
      try terminal.type("print $a $b\n")
      try terminal.waitFor("\n1 2\n")
    }
  }

  @Test func itCanBeLeftOut() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings(Self.settings)
      let terminal = try Self.terminal(home, "--no-rc")
      try terminal.waitForCursor(after: "> ")
      #expect(!terminal.screen.text.contains("welcome"))
    }
  }

  @Test func aScriptReadsNone() async throws {
    let home = try Home()
    try home.writeSettings("print never")
    let run = try await poolsh(commands: "print a") { $0.environment = ["HOME": home.path] }
    #expect(run.output == "a\n" && run.errors.isEmpty && run.status == 0)
  }

  @Test func itIsWhereXDGSays() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings("print wrong")
      try home.folder.write("elsewhere/poolsh/rc.poolsh", "print right")
      let terminal = try Self.terminal(
        home, environment: ["XDG_CONFIG_HOME": home.folder("elsewhere")])
      try terminal.waitFor("right\n>")
    }
  }

  /// What lies about where one happens to be is not the user's.
  @Test func nothingIsReadFromTheCurrentFolder() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings("print right")
      for name in ["rc.poolsh", "poolsh/rc.poolsh", "conf/poolsh/rc.poolsh", ".poolshrc"] {
        try home.folder.write("here/\(name)", "print wrong")
      }
      let folder = home.folder
      let terminal = try Terminal {
        $0.directory = folder("here")
        $0.environment = ["HOME": home.path, "XDG_CONFIG_HOME": "conf"]
      }
      #expect(try terminal.expect("> ").hasSuffix("\nright\n"))
      let homeless = try Terminal {
        $0.directory = folder("here")
        $0.environment = ["HOME": "", "XDG_CONFIG_HOME": ""]
      }
      #expect(try homeless.expect("> ").hasSuffix("or exit\n"))
    }
  }

  @Test func exitEndsTheSession() async throws {
    try await onThread {
      let home = try Home()
      try home.writeSettings("exit 7\nprint never")
      let run = try Self.terminal(home).waitForEnd()
      #expect(run.status == 7)
    }
  }

  @Test func aFileThatCannotBeReadIsTold() async throws {
    try await onThread {
      let home = try Home()
      try home.folder.write("home/.config/poolsh/rc.poolsh/nothing", "")
      let terminal = try Terminal { $0.environment = ["HOME": home.path] }
      let greeting = try terminal.expect("> ")
      #expect(greeting.hasSuffix("error: \(home.path)/.config/poolsh/rc.poolsh: Is a directory\n"))
      try terminal.check("print x", answers: "x\n")
    }
  }
}
