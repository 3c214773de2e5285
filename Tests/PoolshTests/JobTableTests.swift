import FoundationEssentials
import TestSupport
import Testing

/// The README's table of everyday jobs: both sides of a row are run, and do the same.
@Suite(.fewAtOnce) struct JobTableTests {
  /// A row of the table.
  struct Job: Sendable, CustomTestStringConvertible {
    let name: String
    let today: String
    let here: String
    var testDescription: String { name }

    /// The tool that the left side is about.
    var tool: String {
      ["xargs", "parallel", "pueue"].first { today.contains("\($0) ") } ?? "bash"
    }

    var isInstalled: Bool {
      ["/usr/bin/", "/bin/", "/usr/local/bin/"].contains {
        FileManager.default.fileExists(atPath: $0 + tool)
      }
    }
  }

  static let jobs: [Job] = {
    let parts = ReadmeTests.text.components(separatedBy: "<!-- jobs -->\n")
    guard parts.count == 2, let table = parts[1].components(separatedBy: "<!-- /jobs -->").first
    else { return [] }
    return table.split(separator: "\n").dropFirst(2).compactMap { row in
      let bar = "\u{1}"
      let cells = row.replacing("\\|", with: bar).split(separator: "|").map {
        $0.replacing(bar, with: "|").trimming { $0 == " " || $0 == "`" }
      }
      return cells.count == 3 ? Job(name: cells[0], today: cells[1], here: cells[2]) : nil
    }
  }()

  @Test("README.md has the table, and in it something of each tool")
  func isThere() {
    #expect(Self.jobs.count >= 10)
    #expect(Set(Self.jobs.map(\.tool)) == ["xargs", "parallel", "bash", "pueue"])
    for job in Self.jobs { #expect(job.here.contains("poolsh ")) }
  }

  @Test(
    "what is typed today and what is typed here do the same", arguments: jobs.filter(\.isInstalled)
  )
  func doTheSame(_ job: Job) async throws {
    // Without its daemon it does nothing.
    if job.tool == "pueue", try await shell("pueue status && jq --version").status != 0 { return }
    let today = try await outcome(of: job.today, job)
    let here = try await outcome(of: job.here, job)
    #expect(here.output == today.output)
    #expect(here.files == today.files)
    #expect(!today.output.isEmpty || today.files.count > Self.files(for: job).count)
  }

  private static let files = [
    "a.log": "one\ntwo\n", "b.log": "", "c d.log": "three\n",
    "books.csv": "Eco,Baudolino\nBöll, Ansichten \n",
    "names": "ada\nbob\ncy\ndan\neve\nfay\ngil\n", "x y.txt": "x\n", "new\nline.txt": "y\n",
  ]

  /// Names with blanks are left out where what is typed today cannot take them.
  private static func files(for job: Job) -> [String: String] {
    files.filter { !(job.today.contains("ls *") && $0.key.contains(" ")) }
  }

  /// What a line of shell writes, and which files there are when it has run in a folder of its own.
  private func outcome(
    of line: String, _ job: Job
  ) async throws -> (output: String, files: [String: [UInt8]]) {
    // GNU parallel leaves files in the user's.
    let home = try Folder()
    let folder = try Folder()
    for (name, text) in Self.files(for: job) { try folder.write(name, text) }
    let run = try await run(
      Launch(["-c", line]) {
        $0.program = "/bin/bash"
        $0.directory = folder.path
        $0.environment["HOME"] = home.path
      })
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      files[name] = try Folder.bytes(of: folder.path + "/" + name)
    }
    return (run.output, files)
  }
}

extension StringProtocol {
  fileprivate func trimming(_ isDropped: (Character) -> Bool) -> String {
    String(drop(while: isDropped).reversed().drop(while: isDropped).reversed())
  }
}
