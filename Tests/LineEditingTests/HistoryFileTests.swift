import FoundationEssentials
import Glibc
import LineEditing
import Testing
import TestSupport

@Suite struct HistoryFileTests {
  private let folder = TemporaryFolder()

  private var path: String { folder.path + "/state/poolsh/history" }

  private func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/state/poolsh", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
  }

  /// Everything that is there, read by a session that begins now.
  private func loaded() throws -> [String] { try HistoryFile(path: path).load() }

  // MARK: Keeping

  @Test func whatIsAddedIsThereInTheNextSession() throws {
    let file = HistoryFile(path: path)
    #expect(try file.load() == [])
    for entry in ["print a", "for i in 1..2 {\n  print $i\n}", "print \\ \"日本\"", ""] {
      try file.append(entry)
    }
    #expect(try loaded() == ["print a", "for i in 1..2 {\n  print $i\n}", "print \\ \"日本\""])
    #expect(
      try text(path) == """
        #poolsh-history-1
        print a
        for i in 1..2 {\\n  print $i\\n}
        print \\\\ "日本"

        """)
  }

  @Test func itIsForTheUserAlone() throws {
    try HistoryFile(path: path).append("secret")
    #expect(mode(path) == 0o600)
    #expect(mode(folder.path + "/state/poolsh") == 0o700)
    #expect(mode(folder.path + "/state") == 0o700)
  }

  @Test func nothingIsCreatedByReading() throws {
    #expect(try loaded() == [])
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/state"))
  }

  @Test func ofEqualCommandsTheLastStays() throws {
    let file = HistoryFile(path: path)
    for entry in ["a", "b", "a", "c", "b"] { try file.append(entry) }
    #expect(try loaded() == ["a", "c", "b"])
  }

  @Test func anEmptyFileIsOurs() throws {
    try write("", to: path)
    try HistoryFile(path: path).append("a")
    #expect(try text(path) == "#poolsh-history-1\na\n")
  }

  @Test(arguments: ["#pool", "#poolsh-history-1", "#poolsh-history-1\nwhole\nrm -rf /ho"])
  func aCrashInTheMiddleOfAWriteCostsThatCommandOnly(_ rest: String) throws {
    try write(rest, to: path)
    let whole = rest.contains("whole") ? ["whole"] : []
    #expect(try loaded() == whole)
    try HistoryFile(path: path).append("next")
    #expect(try loaded() == whole + ["next"])
  }

  @Test func aFileThatIsRemovedIsMadeAnew() throws {
    let file = HistoryFile(path: path)
    try file.append("a")
    unlink(path)
    try file.append("b")
    #expect(try loaded() == ["b"])
  }

  // MARK: Growing

  @Test func aLongFileIsWrittenAnew() throws {
    let file = HistoryFile(path: path, limit: 5)
    for number in 1...10 { try file.append("print \(number)") }
    #expect(try file.load() == (6...10).map { "print \($0)" })
    #expect(try text(path).split(separator: "\n").count == 11)
    try file.append("print 11")
    #expect(try file.load() == (7...11).map { "print \($0)" })
    #expect(try text(path).split(separator: "\n").count == 6)
    #expect(mode(path) == 0o600)
    #expect(try names() == ["history"])
  }

  @Test func aLinkStaysALink() throws {
    let target = folder.path + "/target"
    try write("#poolsh-history-1\n", to: target)
    symlink(target, path)
    let file = HistoryFile(path: path, limit: 1)
    for entry in ["a", "b", "c"] { try file.append(entry) }
    #expect(try file.load() == ["c"])
    #expect(try text(target) == "#poolsh-history-1\nc\n")
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path + "/state/poolsh")
  }

  // MARK: What is not ours

  @Test(arguments: [
    "_HiStOrY_V2_\nprint\\040a\n", "print a\nprint b\n", "\n", "#poolsh-history-2\na\n",
    "\u{7F}ELF\u{0}\u{0}", "x",
  ])
  func anotherFileIsLeftAlone(_ contents: String) throws {
    try write(contents, to: path)
    let reader = HistoryFile(path: path)
    #expect(throws: HistoryFile.Failure.self) { try reader.load() }
    try reader.append("not kept, and not told again")
    let writer = HistoryFile(path: path)
    #expect(throws: HistoryFile.Failure.self) { try writer.append("a") }
    try writer.append("b")
    #expect(try text(path) == contents)
  }

  @Test func theMessageNamesTheFile() throws {
    try write("x", to: path)
    let failure = #expect(throws: HistoryFile.Failure.self) { try loaded() }
    #expect(failure?.message == "\(path): not a history of poolsh; it is left as it is")
  }

  @Test func whatIsNoFileIsLeftAlone() throws {
    try write("", to: path)
    unlink(path)
    mkfifo(path, 0o600)
    #expect(throws: HistoryFile.Failure.self) { try loaded() }
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(path: path).append("a") }
    unlink(path)
    mkdir(path, 0o700)
    #expect(throws: HistoryFile.Failure.self) { try loaded() }
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(path: path).append("a") }
    rmdir(path)
    symlink("/dev/null", path)
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(path: path).append("a") }
    unlink(path)
    symlink(folder.path + "/nothing", path)
    #expect(throws: HistoryFile.Failure.self) { try HistoryFile(path: path).append("a") }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/nothing"))
  }

  @Test func aFolderThatCannotBeMadeIsToldOnce() throws {
    let file = HistoryFile(path: "/dev/null/poolsh/history")
    let failure = #expect(throws: HistoryFile.Failure.self) { try file.append("a") }
    #expect(failure?.message.contains("Not a directory") == true)
    try file.append("b")
    #expect(try file.load() == [])
  }

  /// What is there can still be recalled.
  @Test func aFileThatCannotBeWrittenToIsRead() throws {
    try write("#poolsh-history-1\na\n", to: path)
    chmod(path, 0o400)
    chmod(folder.path + "/state/poolsh", 0o500)
    defer { chmod(folder.path + "/state/poolsh", 0o700) }
    #expect(try loaded() == ["a"])
  }

  @Test func aFileThatSomebodyKeepsLockedIsGivenUp() throws {
    try write("#poolsh-history-1\n", to: path)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    let failure = #expect(throws: HistoryFile.Failure.self) { try loaded() }
    #expect(failure?.message.hasSuffix("another process keeps it locked") == true)
  }

  // MARK: Where it is

  @Test(
    arguments: [
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/poolsh/history"),
      (["HOME": "/h"], "/h/.local/state/poolsh/history"),
      (["XDG_STATE_HOME": "relative", "HOME": "/h"], "/h/.local/state/poolsh/history"),
      (["XDG_STATE_HOME": "", "HOME": "/h"], "/h/.local/state/poolsh/history"),
      (["XDG_STATE_HOME": "relative", "HOME": "also"], nil), ([:], nil),
      (["HOME": "/missing"], nil), (["XDG_STATE_HOME": "/missing"], "/missing/poolsh/history"),
    ] as [([String: String], String?)])
  func isWhereTheRulesSay(_ environment: [String: String], _ path: String?) {
    #expect(HistoryFile.standardPath({ environment[$0] }, isFolder: { $0 != "/missing" }) == path)
  }
}
