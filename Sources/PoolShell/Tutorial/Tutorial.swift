import ConcurrentFutures

/// The lessons, and how far somebody has come in them; shared by a session and those of its lessons.
package final class Tutorial: Sendable {
  private struct State {
    var files: LessonFiles?
    /// Those that were read.
    var shelves: [String: LessonShelf] = [:]
    /// Where progress is kept; `nil` if it is not.
    var path: String?
    /// What is wrong with the file, until it was told.
    var complaint: String?
    /// Without a file, or after it has failed, for this session.
    var progress = LessonProgress()
    var hasExplained = false
  }

  private let state = Monitor(State())

  /// Has progress kept from now on; nothing is read before somebody asks for it.
  package func remember(in path: String) { state.withLock { $0.path = path } }

  /// Has other lessons than those that are built in.
  func use(_ files: LessonFiles) {
    state.withLock { state in
      state.files = files
      state.shelves = [:]
    }
  }

  var files: LessonFiles {
    if let files = state.withLock({ $0.files }) { return files }
    let files = EmbeddedLessons.files
    state.withLock { $0.files = files }
    return files
  }

  /// The lessons in a language; `nil` is the user's.
  ///
  /// - Throws: `ShellError` if there are none, or if one is not as it must be.
  func shelf(_ language: String? = nil) throws -> LessonShelf {
    let files = files
    let language = language ?? files.language(environment: HostProcess.environment)
    guard files.languages.contains(language) else {
      throw ShellError(
        "no lessons in \(language)", hint: "there are: \(files.languages.joined(separator: ", "))")
    }
    if let shelf = state.withLock({ $0.shelves[language] }) { return shelf }
    let shelf = try files.shelf(language)
    state.withLock { $0.shelves[language] = shelf }
    return shelf
  }

  /// Whether the commands of lessons have not been explained yet in this session.
  func explains() -> Bool {
    state.withLock { state in
      defer { state.hasExplained = true }
      return !state.hasExplained
    }
  }

  // MARK: Progress

  /// How far somebody has come: what the file says, which others may have changed.
  var progress: LessonProgress {
    guard let path = state.withLock({ $0.path }) else { return state.withLock { $0.progress } }
    do {
      let progress = try LessonProgressFile.load(path)
      state.withLock { $0.progress = progress }
      return progress
    } catch let damaged as LessonProgress.Damaged {
      let reason = "\(path): line \(damaged.line) cannot be understood; the lessons begin afresh"
      // Put right at once, so that it is told once.
      save(LessonProgress(), to: path)
      state.withLock { $0.complaint = reason }
      return LessonProgress()
    } catch {
      return giveUp(error)
    }
  }

  /// Changes what is kept of one lesson, or of all.
  func update(_ change: (inout LessonProgress) -> Void) {
    var progress = progress
    let former = progress
    change(&progress)
    guard progress != former else { return }
    state.withLock { $0.progress = progress }
    if let path = state.withLock({ $0.path }) { save(progress, to: path) }
  }

  private func save(_ progress: LessonProgress, to path: String) {
    do {
      try LessonProgressFile.save(progress, to: path)
    } catch {
      _ = giveUp(error)
    }
  }

  /// From now on nothing is kept in the file.
  private func giveUp(_ error: any Error) -> LessonProgress {
    state.withLock { state in
      state.path = nil
      state.complaint = "how far you come is not kept: \(ShellError(wrapping: error).message)"
      return state.progress
    }
  }

  /// What is to be told of the file, once.
  func takeComplaint() -> String? {
    state.withLock { state in
      defer { state.complaint = nil }
      return state.complaint
    }
  }
}
