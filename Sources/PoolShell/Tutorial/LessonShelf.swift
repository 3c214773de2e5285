/// All lessons in one language.
struct LessonShelf: Sendable {
  let language: String
  let lessons: [Lesson]
  let words: LessonWords

  /// The lesson that comes after one; `nil` after the last.
  func next(after number: Int) -> Lesson? { number < lessons.count ? lessons[number] : nil }

  /// The lesson of that number, from 1, or of that name, or the only one with that in its name.
  ///
  /// - Returns: Its number; `nil` if there is none, or more than one.
  func number(of word: String) -> Int? {
    if let number = Int(word) { return (1...max(1, lessons.count)).contains(number) ? number : nil }
    let names = lessons.map(\.name)
    if let index = names.firstIndex(where: { $0 == word || LessonShelf.short($0) == word }) {
      return index + 1
    }
    let word = word.lowercased()
    let found = lessons.indices.filter {
      names[$0].contains(word) || lessons[$0].title.lowercased().contains(word)
    }
    return found.count == 1 ? found[0] + 1 : nil
  }

  /// A name without the number before it.
  static func short(_ name: String) -> String {
    let rest = name.drop { ("0"..."9").contains($0) }
    return rest.count < name.count && rest.first == "-" ? String(rest.dropFirst()) : name
  }
}

/// The files of the lessons in all languages.
struct LessonFiles: Sendable {
  struct File: Sendable {
    /// Without `.md`.
    var name: String
    var text: String
  }

  /// The language of which there is every file.
  static let original = "en"

  /// By language, in order of their names.
  private let files: [String: [File]]

  init(_ files: [String: [File]]) {
    self.files = files.mapValues { $0.sorted { $0.name < $1.name } }
  }

  /// The languages that there are lessons in, the original first.
  var languages: [String] {
    [Self.original] + files.keys.filter { $0 != Self.original }.sorted()
  }

  /// The file that is no lesson: what the tutorial itself says.
  static let words = "words"

  /// What a file holds; `nil` if there is none of that name.
  func text(of name: String, in language: String) -> String? {
    files[language]?.first { $0.name == name }?.text
  }

  /// The lessons in a language; one that is not translated comes in the original.
  ///
  /// - Throws: `ShellError` if a file is no lesson.
  func shelf(_ language: String) throws -> LessonShelf {
    let translated = Dictionary(
      (files[language] ?? []).map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    let originals = files[Self.original] ?? []
    let lessons = try originals.filter { $0.name != Self.words }.map { original in
      let text = translated[original.name]
      return try Self.lesson(
        named: original.name, text ?? original.text, text == nil ? Self.original : language)
    }
    let words = originals.first { $0.name == Self.words }.map { LessonWords($0.text) }
    return LessonShelf(
      language: language, lessons: lessons,
      words: LessonWords(translated[Self.words] ?? "", else: words))
  }

  private static func lesson(
    named name: String, _ text: String, _ language: String
  ) throws -> Lesson {
    do {
      return try LessonParser.lesson(named: name, text.utf8)
    } catch let error as LessonError {
      throw ShellError("Lessons/\(language)/\(name).md:\(error.line): \(error.message)")
    }
  }

  /// The language that somebody reads, by the variables of the environment (POSIX, LC_MESSAGES).
  func language(environment: (String) -> String?) -> String {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = names.compactMap(environment).first { !$0.isEmpty } ?? ""
    let language = String(locale.prefix { $0 != "_" && $0 != "." && $0 != "@" })
    return files[language] == nil ? Self.original : language
  }
}
