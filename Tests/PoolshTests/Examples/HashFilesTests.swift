import TestSupport
import Testing

/// `examples/hash-files.poolsh` against the shell line that it replaces.
@Suite(.serialized, .fewAtOnce) struct HashFilesTests {
  private let script = ExamplesFolder.path(of: "hash-files")

  private static let awkwardNames = [
    "plain", "two words", "it's", "say \"hi\"", "ünïcödé-文件", "-dash", "{}", "{#}", "$HOME",
    "$(id)", "*", "a;b", "back\\slash", "tab\there", " leading", "trailing ", ":::", "1..3",
    "#hash", "é",
    "folder/nested file", "folder/日本語", "other folder/x",
  ]

  @Test func saysWhatSha256sumSays() async throws {
    let folder = try Folder()
    for (index, name) in Self.awkwardNames.enumerated() {
      let bytes = (0..<(index * 5000)).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try folder.write("files/\(name)", bytes)
    }
    let run = try await poolsh(script, "files") { $0.directory = folder.path }
    let expected = try await shell(
      "find files -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum --"
    ) { $0.directory = folder.path }
    #expect(expected.lines.count == Self.awkwardNames.count)
    #expect(run.output == expected.output)
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func hasNothingToSayOfAnEmptyFolder() async throws {
    let folder = try Folder()
    let run = try await poolsh(script, folder.path)
    #expect(run.output == "")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func takesALinkToAFolder() async throws {
    let folder = try Folder()
    try folder.write("real/a", "one")
    let run = try await shell("ln -s real link && poolsh '\(script)' link") {
      $0.directory = folder.path
    }
    #expect(run.lines.map { $0.split(separator: " ").last } == ["link/a"])
  }

  /// A file that cannot be read is reported at its place, and the others are hashed.
  @Test func reportsAFileThatVanishes() async throws {
    let folder = try Folder()
    for name in ["a", "b", "c"] { try folder.write("files/\(name)", name) }
    // The program is written by the shell: a file that this process has just written may not be executed
    // while another thread starts a child.
    let run = try await shell(
      """
      mkdir bin
      cat > bin/sha256sum << 'END'
      #!/bin/sh
      case $2 in */b) rm "$2" ;; esac
      exec /usr/bin/sha256sum "$@"
      END
      chmod +x bin/sha256sum
      PATH=$PWD/bin:$PATH exec poolsh '\(script)' files
      """
    ) { $0.directory = folder.path }
    #expect(run.lines.map { $0.split(separator: " ").last } == ["files/a", "files/c"])
    #expect(run.errors.contains("[2] error: sha256sum: exit status 1: "))
    #expect(run.errors.contains("files/b: No such file or directory"))
    #expect(run.errors.contains("error: 1 of 3 items failed: 2\n"))
    #expect(run.status == 3)
  }

  @Test func wantsAFolder() async throws {
    let run = try await poolsh(script, "/nonexistent")
    #expect(run.output == "")
    #expect(run.errors.lines.first == "\(script):7:20: error: /nonexistent is not a folder")
    #expect(run.status == 3)
    let bare = try await poolsh(script)
    #expect(bare.errors.lines.first?.contains(": error: there is no argument $1") == true)
    #expect(bare.status == 3)
  }
}
