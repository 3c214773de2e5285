/// How far somebody has come in each lesson: one line a lesson, to be read by people, too.
///
/// ```
/// # poolsh tutorial: lesson, step to go on with, done
/// 01-why-a-pool 1 done
/// 02-your-first-future 4
/// ```
struct LessonProgress: Equatable, Sendable {
  /// The place in one lesson.
  struct Place: Equatable, Sendable {
    /// The step to go on with, from 1.
    var step = 1
    /// Whether its end was reached once.
    var isDone = false
  }

  /// A line that cannot be understood.
  struct Damaged: Error, Equatable {
    var line: Int
  }

  private static let mark = "# poolsh tutorial: lesson, step to go on with, done"

  /// By the names of the lessons; those that this program does not know are kept.
  private var places: [String: Place] = [:]

  init() {}

  init(_ text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first.map(String.init) == Self.mark else { throw Damaged(line: 1) }
    guard lines.last?.isEmpty == true else { throw Damaged(line: lines.count) }
    for (index, line) in lines.enumerated().dropFirst().dropLast() {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let isDone = words.count == 3 && words[2] == "done"
      guard words.count == 2 || isDone, !words[0].isEmpty, let step = Int(words[1]), step > 0,
        places[words[0]] == nil
      else { throw Damaged(line: index + 1) }
      places[words[0]] = Place(step: step, isDone: isDone)
    }
  }

  var text: String {
    let lines = places.sorted { $0.key < $1.key }.map { name, place in
      "\(name) \(place.step)\(place.isDone ? " done" : "")"
    }
    return ([Self.mark] + lines).map { $0 + "\n" }.joined()
  }

  subscript(name: String) -> Place? {
    get { places[name] }
    set { places[name] = newValue }
  }
}

/// The file in which it is kept.
package enum LessonProgressFile {
  /// Where it is by the XDG rules, beside the history; `nil` if the environment names no folder.
  package static func standardPath(_ environment: (String) -> String?) -> String? {
    func folder(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }  // others are to be ignored
    }
    // A home that does not exist is not made.
    let home = folder("HOME").flatMap { FileSystem.exists($0) ? $0 : nil }
    return (folder("XDG_STATE_HOME") ?? home.map { $0 + "/.local/state" })
      .map { $0 + "/poolsh/tutorial" }
  }

  /// What is kept; nothing if there is no file.
  ///
  /// - Throws: `LessonProgress.Damaged`; `FileSystem.Failure` if it cannot be read.
  static func load(_ path: String) throws -> LessonProgress {
    guard FileSystem.exists(path) else { return LessonProgress() }
    guard FileSystem.isRegular(path) else { throw FileSystem.Failure(path, "not a file") }
    return try LessonProgress(String(decoding: FileSystem.contents(of: path), as: UTF8.self))
  }

  /// Replaces it as a whole.
  static func save(_ progress: LessonProgress, to path: String) throws {
    try FileSystem.makeFolders(above: path)
    try FileSystem.write(path) { write in
      var text = progress.text
      try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }
  }
}
