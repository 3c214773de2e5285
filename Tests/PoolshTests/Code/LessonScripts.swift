import FoundationEssentials
import TestSupport

/// What the lessons have a learner type, as scripts: without what a program cannot say.
///
/// A lesson shows errors on purpose, and commands that only the shell has a use for.
enum LessonScripts {
  private static let folder =
    (#filePath.components(separatedBy: "/Tests/").first ?? ".") + "/Sources/PoolShell/Lessons/en"

  /// Whether a lesson is about tasks that wait for ever, as their programs would.
  private static func deadlocks(_ file: String) -> Bool { file.contains("deadlock") }

  /// The names of all lessons, without `.md`.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".md") && $0.first?.isNumber == true && !deadlocks($0) }
      .map { String($0.dropLast(3)) }.sorted()
  }()

  /// The commands of a lesson that are translated and that run without an error.
  ///
  /// - Returns: The script, how many commands it has, and how many the lesson has.
  /// - Throws: What running poolsh throws.
  static func script(
    of name: String, in folder: Folder
  ) async throws -> (script: CodeScript, kept: Int, all: Int) {
    var entries = try entries(of: name)
    let all = entries.count
    let script = CodeScript(name: name, path: folder("\(name).poolsh"), comparison: .inAnyOrder)
    while true {
      try folder.write("\(name).poolsh", Array((entries.joined(separator: "\n") + "\n").utf8))
      let code = try await poolsh("-c", "code \"$1\"", script.path)
      if code.status != 0 {
        try drop(&entries, code.errors, script)
        continue
      }
      let run = try await poolsh("--quiet", "--on-error", "continue", script.path)
      guard run.errors.contains("\(script.path):") else { break }
      try drop(&entries, run.errors, script)
    }
    return (script, entries.count, all)
  }

  /// What is typed, an entry each.
  private static func entries(of name: String) throws -> [String] {
    let text = String(decoding: try Folder.bytes(of: "\(folder)/\(name).md"), as: UTF8.self)
    var entries: [String] = []
    for block in text.components(separatedBy: "```poolsh").dropFirst() {
      for line in (block.components(separatedBy: "\n```").first ?? "").lines.dropFirst() {
        if line.hasPrefix("> ") {
          entries.append(String(line.dropFirst(2)))
        } else if line.hasPrefix(". "), !entries.isEmpty {
          entries[entries.count - 1] += "\n" + line.dropFirst(2)
        }
      }
    }
    return entries.filter { entry in !onlyInShell.contains { entry.contains($0) } }
  }

  /// What a program does not tell, or tells otherwise each time.
  private static let onlyInShell = [
    "jobs", "info", "workers", "pools", "kill", "explain", "stats", "timeline", "$worker",
    "submit --timeout", "tutorial", "help", "history",
  ]

  /// Drops the entry at whose place the last error is.
  private static func drop(
    _ entries: inout [String], _ errors: String, _ script: CodeScript
  ) throws {
    let place = errors.lines.last { $0.hasPrefix("\(script.path):") }
    let number = place?.dropFirst(script.path.count + 1).prefix { $0.isNumber }
    guard let number = number.flatMap({ Int($0) }) else {
      throw OutOfPatience("a place in: \(errors)")
    }
    var line = 1
    for (index, entry) in entries.enumerated() {
      line += entry.lines.count
      if number < line {
        entries.remove(at: index)
        return
      }
    }
  }
}
