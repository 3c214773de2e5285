import FoundationEssentials
import TestSupport

/// What the lessons have a learner type, as scripts: without what a program cannot say.
///
/// A lesson shows errors on purpose, and commands that only the shell has a use for.
enum LessonScripts {
  private static let folder =
    (#filePath.components(separatedBy: "/Tests/").first ?? ".") + "/Sources/PoolShell/Lessons/en"

  /// Lessons whose programs are only compiled: they wait for ever, or tell which worker runs what, or look at states
  /// that are others a moment later.
  private static let onlyCompiled = ["deadlock", "names", "life", "cancelling"]

  /// The names of all lessons, without `.md`.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".md") && $0.first?.isNumber == true }
      .map { String($0.dropLast(3)) }.sorted()
  }()

  /// A lesson as a script.
  struct Lesson: Sendable {
    var script: CodeScript
    /// What poolsh says to it; `nil` if it is not run.
    var expected: ProgramRun?
    /// How many commands it has, and how many the lesson has.
    var kept: Int
    var all: Int
  }

  private static let turnstile = Turnstile(places: 4)
  private static let scripts = Result { try Folder() }

  /// Each is made once, for both languages.
  private static let prepared = Dictionary(
    uniqueKeysWithValues: names.map { name in
      (name, Task { try await turnstile.passing { try await prepare(name) } })
    })

  static func lesson(_ name: String) async throws -> Lesson {
    guard let lesson = prepared[name] else { throw OutOfPatience(name) }
    return try await lesson.value
  }

  /// The commands of a lesson that are translated and that run without an error.
  private static func prepare(_ name: String) async throws -> Lesson {
    var entries = try entries(of: name)
    let all = entries.count
    let path = try scripts.get()("\(name).poolsh")
    let isRun = !onlyCompiled.contains { name.contains($0) }
    let script = CodeScript(name: name, path: path, comparison: isRun ? .inAnyOrder : .notAtAll)
    var expected: ProgramRun?
    while true {
      try scripts.get().write(
        "\(name).poolsh", Array((entries.joined(separator: "\n") + "\n").utf8))
      let code = try await poolsh("-c", "code \"$1\"", path)
      if code.status != 0 {
        try drop(&entries, code.errors, script)
        continue
      }
      if !isRun { break }
      let run = try await poolsh("--quiet", "--on-error", "continue", path)
      expected = run
      guard run.errors.contains("\(path):") else { break }
      try drop(&entries, run.errors, script)
    }
    return Lesson(script: script, expected: expected, kept: entries.count, all: all)
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
